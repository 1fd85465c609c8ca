import { openImportToken, sealImportToken } from '$lib/crypto/import-token';
import { openPrivateKey, sealPrivateKey } from '$lib/crypto/sealed-private-key';
import { open, seal } from '$lib/crypto/sealing';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { generateWrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { asciiToBytes, type Bytes } from '$lib/domain/bytes';
import { IMPORT_TOKEN_MAGIC, type ImportTokenClaims } from '$lib/domain/import-parameters';
import { beforeAll, describe, expect, test } from 'vitest';

const PLAINTEXT = asciiToBytes('plaintext');
const BOUND = asciiToBytes('bound');

const CLAIMS: ImportTokenClaims = {
	parametersId: '00000000-0000-4000-8000-000000000001',
	keyId: '00000000-0000-4000-8000-000000000002',
	wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
	publicKeySha256: 'ab'.repeat(32),
	issuedAtMs: 1_700_000_000_000,
	expiresAtMs: 1_700_086_400_000
};

let keys: Awaited<ReturnType<typeof generateServiceKeys>>;
let otherKeys: typeof keys;
beforeAll(async () => {
	[keys, otherKeys] = await Promise.all([generateServiceKeys(), generateServiceKeys()]);
});

test('no key of the service can be exported', async () => {
	for (const key of [keys.token, keys.sealing, keys.fingerprint]) {
		expect(key.extractable).toBe(false);
		await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
	}
});

describe('sealing', () => {
	test('gives back the plaintext and adds 28 bytes', async () => {
		const sealed = await seal(keys.sealing, PLAINTEXT, BOUND);
		expect(sealed).toHaveLength(PLAINTEXT.length + 28);
		expect(await open(keys.sealing, sealed, BOUND)).toEqual(PLAINTEXT);
	});

	test('of nothing gives back nothing, which is not undefined', async () => {
		const sealed = await seal(keys.sealing, new Uint8Array(), BOUND);
		expect(await open(keys.sealing, sealed, BOUND)).toEqual(new Uint8Array());
	});

	test('never repeats', async () => {
		const once = await seal(keys.sealing, PLAINTEXT, BOUND);
		expect(await seal(keys.sealing, PLAINTEXT, BOUND)).not.toEqual(once);
	});

	test('opens with its own key and bound bytes only', async () => {
		const sealed = await seal(keys.sealing, PLAINTEXT, BOUND);
		expect(await open(otherKeys.sealing, sealed, BOUND)).toBeUndefined();
		expect(await open(keys.sealing, sealed, PLAINTEXT)).toBeUndefined();
	});

	test('cut to any length does not open', async () => {
		const sealed = await seal(keys.sealing, PLAINTEXT, BOUND);
		for (let length = 0; length < sealed.length; length++)
			expect(await open(keys.sealing, sealed.slice(0, length), BOUND)).toBeUndefined();
	});

	test('with a key of another kind is a defect', async () => {
		const sealed = await seal(keys.sealing, PLAINTEXT, BOUND);
		await expect(open(keys.fingerprint, sealed, BOUND)).rejects.toThrow();
	});
});

describe('an import token', () => {
	test('gives back its claims', async () => {
		const token = await sealImportToken(keys.token, CLAIMS);
		expect(token.subarray(0, 4)).toEqual(IMPORT_TOKEN_MAGIC);
		expect(await openImportToken(keys.token, token)).toEqual(CLAIMS);
	});

	test('holds the claims and nothing else of the record', async () => {
		const record = { ...CLAIMS, callNumber: 1, publicKey: new Uint8Array(294) };
		const token = await sealImportToken(keys.token, record);
		expect(token).toHaveLength((await sealImportToken(keys.token, CLAIMS)).length);
		expect(await openImportToken(keys.token, token)).toEqual(CLAIMS);
	});

	test('does not open when any one byte is changed', async () => {
		const token = await sealImportToken(keys.token, CLAIMS);
		const opened = await Promise.all(
			Array.from(token, (byte, index) => openImportToken(keys.token, token.with(index, byte ^ 1)))
		);
		expect(opened).toHaveLength(token.length);
		expect(opened.filter((claims) => claims !== undefined)).toEqual([]);
	});

	test('does not open when cut, lengthened or of another service', async () => {
		const token = await sealImportToken(keys.token, CLAIMS);
		const wrong = [
			new Uint8Array(),
			IMPORT_TOKEN_MAGIC,
			token.slice(0, -1),
			token.slice(1),
			new Uint8Array([...token, 0]),
			await sealImportToken(otherKeys.token, CLAIMS)
		];
		for (const bytes of wrong) expect(await openImportToken(keys.token, bytes)).toBeUndefined();
	});

	test.each([
		['no object', null],
		['an array', []],
		['no parametersId', { ...CLAIMS, parametersId: undefined }],
		['a number for keyId', { ...CLAIMS, keyId: 1 }],
		['an unknown algorithm', { ...CLAIMS, wrappingAlgorithm: 'toString' }],
		['a short digest', { ...CLAIMS, publicKeySha256: 'ab' }],
		['a text for a time', { ...CLAIMS, issuedAtMs: '1' }],
		['no end', { ...CLAIMS, expiresAtMs: null }]
	])('sealed by this service with %s does not open', async (_, content) => {
		expect(await openImportToken(keys.token, await tokenWith(JSON.stringify(content)))).toBe(
			undefined
		);
	});

	test('sealed by this service without JSON does not open', async () => {
		expect(await openImportToken(keys.token, await tokenWith('{'))).toBeUndefined();
	});

	test('is not bound bytes alone: the same claims sealed for something else do not open', async () => {
		const sealed = await seal(keys.token, asciiToBytes(JSON.stringify(CLAIMS)), BOUND);
		const token = new Uint8Array([...IMPORT_TOKEN_MAGIC, ...sealed]);
		expect(await openImportToken(keys.token, token)).toBeUndefined();
	});

	async function tokenWith(json: string): Promise<Bytes> {
		const sealed = await seal(keys.token, asciiToBytes(json), IMPORT_TOKEN_MAGIC);
		return new Uint8Array([...IMPORT_TOKEN_MAGIC, ...sealed]);
	}
});

test('a sealed private key opens for its own call only', async () => {
	const { privateKey } = await generateWrappingKeyPair();
	const sealed = await sealPrivateKey(keys.sealing, CLAIMS.parametersId, privateKey);
	expect(await openPrivateKey(keys.sealing, CLAIMS.parametersId, sealed)).toEqual(privateKey);
	expect(await openPrivateKey(keys.sealing, CLAIMS.keyId, sealed)).toBeUndefined();
	expect(await openPrivateKey(otherKeys.sealing, CLAIMS.parametersId, sealed)).toBeUndefined();
});
