/** Every refusal of ImportKeyMaterial, in the documented order: each request below is wrong in all later ways too. */
import { expect, test } from 'vitest';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import { asciiToBytes, bytesToHex, type Bytes } from '$lib/domain/bytes';
import type { ImportKeyMaterialRequest } from '$lib/domain/operations/import-key-material';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	refusalCode,
	startSandbox,
	START_MS,
	value
} from '../support/sandbox';

const garbage = asciiToBytes('this is neither hexadecimal nor base64!');
const pastUnix = START_MS / 1000 - 60;

async function prepare() {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	value(await importMaterial(kms, keyId, material.slice()));
	const expired = await getParameters(kms, keyId);
	const otherKeyId = await createExternalKey(kms);
	const foreign = await getParameters(kms, otherKeyId);
	await sandbox.advance(DAY_MS + HOUR_MS);
	const current = await getParameters(kms, keyId);
	const platformKey = value(await kms.createCmk({ keyUsage: 0, origin: 0 })).keyMetadata.keyId;
	const doomedKeyId = await createExternalKey(kms);
	await sandbox.force(doomedKeyId, { state: 'PENDING_DELETE', deleteAtMs: START_MS + 9 * DAY_MS });
	const wrap = (plaintext: Bytes) =>
		wrapKeyMaterial('RSAES_OAEP_SHA_256', current.publicKey, plaintext);
	return {
		sandbox,
		keyId,
		platformKey,
		doomedKeyId,
		tokens: {
			expired: expired.importToken,
			foreign: foreign.importToken,
			current: current.importToken
		},
		wrapped: {
			short: await wrap(new Uint8Array(31)),
			other: await wrap(randomMaterial()),
			right: await wrap(material)
		}
	};
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

const steps: readonly {
	readonly check: string;
	readonly code: string;
	readonly request: (made: Prepared) => Partial<ImportKeyMaterialRequest>;
}[] = [
	{
		check: 'the request has a shape that can be read',
		code: 'InvalidParameter',
		request: () => ({ keyId: 'no-such-key', encryptedKeyMaterial: new Uint8Array(65_537) })
	},
	{ check: 'the key exists', code: 'KeyNotFound', request: () => ({ keyId: 'no-such-key' }) },
	{
		check: 'its origin is external',
		code: 'KeyNotExternal',
		request: ({ platformKey }) => ({ keyId: platformKey })
	},
	{
		check: 'its state allows it',
		code: 'KeyStateInvalid',
		request: ({ doomedKeyId }) => ({ keyId: doomedKeyId })
	},
	{ check: 'the token decodes', code: 'ImportTokenInvalid', request: () => ({}) },
	{
		check: 'the token is not empty',
		code: 'ImportTokenInvalid',
		request: () => ({ importToken: new Uint8Array() })
	},
	{
		check: 'the token belongs to the key',
		code: 'ImportTokenInvalid',
		request: ({ tokens }) => ({ importToken: tokens.foreign })
	},
	{
		check: 'the token is younger than 24 hours',
		code: 'ImportTokenExpired',
		request: ({ tokens }) => ({ importToken: tokens.expired })
	},
	{
		check: 'the file decodes to bytes',
		code: 'MaterialDecryptFailed',
		request: ({ tokens }) => ({ importToken: tokens.current })
	},
	{
		check: 'the file is not empty',
		code: 'MaterialDecryptFailed',
		request: ({ tokens }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: new Uint8Array()
		})
	},
	{
		check: 'the file is 256 bytes',
		code: 'MaterialDecryptFailed',
		request: ({ tokens, wrapped }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: wrapped.right.slice(0, 255)
		})
	},
	{
		check: 'the material unwraps',
		code: 'MaterialDecryptFailed',
		request: ({ tokens, wrapped }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: wrapped.right.map((byte, index) => (index === 200 ? byte ^ 1 : byte))
		})
	},
	{
		check: 'the material is 32 bytes',
		code: 'MaterialLengthInvalid',
		request: ({ tokens, wrapped }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: wrapped.short
		})
	},
	{
		check: 'the material is the bound material',
		code: 'MaterialNotMatch',
		request: ({ tokens, wrapped }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: wrapped.other
		})
	},
	{
		check: 'the expiry is in the future',
		code: 'ExpireTimeInvalid',
		request: ({ tokens, wrapped }) => ({
			importToken: tokens.current,
			encryptedKeyMaterial: wrapped.right
		})
	}
];

for (const { check, code, request } of steps)
	test(`${check}: otherwise ${code}, and nothing changes but one audit event`, async () => {
		const made = await prepare();
		const { sandbox, keyId } = made;
		const everythingWrong = {
			keyId,
			importToken: garbage,
			encryptedKeyMaterial: garbage,
			keyMaterialExpireUnix: pastUnix
		};
		const asked = { ...everythingWrong, ...request(made) };
		const before = await sandbox.everything(asked.keyId);
		const eventsBefore = await sandbox.events();

		expect(refusalCode(await sandbox.kms.importKeyMaterial(asked))).toBe(code);

		expect(await sandbox.everything(asked.keyId)).toEqual(before);
		const added = (await sandbox.events()).slice(eventsBefore.length);
		expect(added.map((event) => [event.operation, event.code])).toEqual([
			['ImportKeyMaterial', code]
		]);
	});

test('a file that passes every check is accepted, as hexadecimal text as well', async () => {
	const { sandbox, keyId, tokens, wrapped } = await prepare();
	value(
		await sandbox.kms.importKeyMaterial({
			keyId,
			importToken: asciiToBytes(bytesToHex(tokens.current)),
			encryptedKeyMaterial: asciiToBytes(`${bytesToHex(wrapped.right).toUpperCase()}\r\n`),
			keyMaterialExpireUnix: START_MS / 1000 + 7 * 86_400
		})
	);
	const { state, material } = await sandbox.record(keyId);
	expect({ state, expiresAtMs: material?.expiresAtMs }).toEqual({
		state: 'ENABLED',
		expiresAtMs: START_MS + 7 * DAY_MS
	});
});
