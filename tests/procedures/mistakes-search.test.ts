/** What a search for the cause finds, what it may cost, how it is stopped, and what is left of the plaintexts it makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	constants,
	createPublicKey,
	generateKeyPairSync,
	publicEncrypt,
	randomBytes,
	type KeyObject
} from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Padding } from '$lib/crypto/every-padding';
import { toRsaPrivateKey } from '$lib/crypto/private-key';
import { createDiagnostician } from '$lib/diagnosis/create-diagnostician';
import type { Diagnosis, RefusedCall } from '$lib/diagnosis/diagnosis';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import { bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import type { Refusal } from '$lib/domain/refusals';
import { locales } from '$lib/paraglide/runtime';
import { createSeeded } from '$lib/scenario/seeded';
import { startCall, wordsOf, type Call } from '../support/diagnosed-import';
import { TEST_KEY } from '../support/field-cases';
import { oaepWrapped } from '../support/mistakes';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	START_MS,
	startSandbox,
	value,
	type Sandbox
} from '../support/sandbox';

/** Everything that the diagnosis decrypts or reads out of a plaintext, and who hears of it. */
const watched = vi.hoisted(() => ({
	buffers: [] as Uint8Array[],
	onBuffer: (): void => undefined
}));

function watch<Found>(found: Found, bytesOf: (found: NonNullable<Found>) => Uint8Array): Found {
	if (found === undefined || found === null) return found;
	watched.buffers.push(bytesOf(found));
	watched.onBuffer();
	return found;
}

vi.mock('$lib/crypto/every-padding', async (load) => {
	const own = await load<typeof import('$lib/crypto/every-padding')>();
	const openWithEveryPadding: typeof own.openWithEveryPadding = (...asked) =>
		watch(own.openWithEveryPadding(...asked), ({ plaintext }) => plaintext);
	return { ...own, openWithEveryPadding };
});
vi.mock('$lib/crypto/ciphertext-blob', async (load) => {
	const own = await load<typeof import('$lib/crypto/ciphertext-blob')>();
	const decryptBlob: typeof own.decryptBlob = async (...asked) =>
		watch(await own.decryptBlob(...asked), (bytes) => bytes);
	return { ...own, decryptBlob };
});
vi.mock('$lib/recognition/recognise', async (load) => {
	const own = await load<typeof import('$lib/recognition/recognise')>();
	const recognise: typeof own.recognise = (file, look) =>
		own.recognise(file, (reading) => {
			if (reading.bytes !== file) watch(reading, ({ bytes = new Uint8Array() }) => bytes);
			return look(reading);
		});
	return { ...own, recognise };
});
vi.mock('$lib/recognition/repairs', async (load) => {
	const own = await load<typeof import('$lib/recognition/repairs')>();
	const materialCandidates: typeof own.materialCandidates = function* (plaintext) {
		for (const one of own.materialCandidates(plaintext)) yield watch(one, ({ bytes }) => bytes);
	};
	return { ...own, materialCandidates };
});

const PUBLIC_KEY = createPublicKey({ key: { ...TEST_KEY }, format: 'jwk' });
/** Of no call. */
const FOREIGN_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const PAIR = {
	publicKey: new Uint8Array(PUBLIC_KEY.export({ type: 'spki', format: 'der' })),
	privateKey: toRsaPrivateKey(TEST_KEY)
};

const SEEDED = createSeeded(1, 'paddings');
/** A seed of OAEP whose result looks like PKCS #1 v1.5: one in 430 does. */
const BY_CHANCE = 286;
const random = (length: number): Bytes => new Uint8Array(randomBytes(length));
const pkcs1 = (plaintext: Bytes, key: KeyObject = PUBLIC_KEY): Bytes =>
	new Uint8Array(publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plaintext));
const pemLines = (label: string): string =>
	`-----BEGIN ${label}-----\n${bytesToBase64(random(32))}\n-----END ${label}-----\n`;
const ascii = (text: string): Bytes => new Uint8Array(Buffer.from(text));

let sandbox: Sandbox;

/** Every call gives the same key pair, which is enough to count them. */
const start = () => startSandbox(undefined, { keyPairs: { take: () => Promise.resolve(PAIR) } });

interface Given {
	readonly systemNowMs?: () => number;
	readonly work?: MessagePort;
}

async function diagnose(call: RefusedCall, refusal: Refusal, given: Given = {}) {
	const { systemNowMs = () => START_MS, work } = given;
	const { store } = sandbox;
	return createDiagnostician({ store, systemNowMs }).diagnose(call, refusal, work);
}

type Upload = Omit<Call, 'publicKey'> & { readonly encryptedKeyMaterial: Bytes };

async function refusedImport(request: Upload): Promise<readonly [RefusedCall, Refusal]> {
	const result = await sandbox.kms.importKeyMaterial(request);
	if (result.ok) throw new Error('expected a refusal');
	return [{ operation: 'ImportKeyMaterial', request }, result.refusal];
}

const diagnoseUpload = async (request: Upload, given?: Given): Promise<Diagnosis> =>
	diagnose(...(await refusedImport(request)), given);

const wordsIn = ({ findings }: Diagnosis, keyId: string): string[] =>
	locales.flatMap((locale) => findings.flatMap((finding) => wordsOf(finding, keyId, locale).texts));

/** Further calls of the CMK. */
async function callAgain({ keyId }: Call, times: number): Promise<void> {
	for (let made = 0; made < times; made++) await getParameters(sandbox.kms, keyId);
}

describe('what was found', () => {
	beforeAll(async () => {
		sandbox = await start();
	});

	test.each([0, 31, 100])(
		'PKCS #1 v1.5 around %d bytes is said, with their number',
		async (length) => {
			const call = await startCall(sandbox);
			const found = await diagnoseUpload({ ...call, encryptedKeyMaterial: pkcs1(random(length)) });
			expect(found.findings).toEqual([
				expect.objectContaining({
					kind: 'otherAlgorithm',
					used: { scheme: 'RSAES_PKCS1_V1_5' },
					evidence: 'structure'
				}),
				expect.objectContaining({ kind: 'materialIs', plaintextBytes: length })
			]);
			const words = wordsIn(found, call.keyId).join('\n');
			expect(words).toMatch(
				/PKCS #1 v1\.5 padding has no checksum, so this result is likely but not certain/
			);
			expect(words).toMatch(/PKCS #1 v1\.5 填充没有校验值/);
		}
	);

	test('a usual length is proof beside the structure', async () => {
		const call = await startCall(sandbox);
		const found = await diagnoseUpload({ ...call, encryptedKeyMaterial: pkcs1(random(32)) });
		expect(found.findings).toEqual([
			expect.objectContaining({ kind: 'otherAlgorithm', evidence: 'proof' })
		]);
	});

	test.each([0, 31, 100])(
		'OAEP SHA-1 around %d bytes is proved, with their number',
		async (length) => {
			const call = await startCall(sandbox);
			const digests = { digest: 'SHA-1', maskDigest: 'SHA-1' } as const;
			const encryptedKeyMaterial = oaepWrapped(PUBLIC_KEY, random(length), SEEDED, digests);
			const { findings } = await diagnoseUpload({ ...call, encryptedKeyMaterial });
			expect(findings).toEqual([
				expect.objectContaining({ kind: 'otherAlgorithm', evidence: 'proof' }),
				expect.objectContaining({ kind: 'materialIs', plaintextBytes: length })
			]);
		}
	);

	test('the structure of PKCS #1 v1.5 alone does not prove that bytes were reversed', async () => {
		const call = await startCall(sandbox);
		const encryptedKeyMaterial = pkcs1(random(31)).toReversed();
		const { findings } = await diagnoseUpload({ ...call, encryptedKeyMaterial });
		expect(findings).toEqual([expect.objectContaining({ kind: 'nothingOpensIt' })]);
	});

	test.each<[string, WrappingAlgorithm, readonly string[]]>([
		['requested', 'RSAES_PKCS1_V1_5', ['materialIs']],
		['not requested', 'RSAES_OAEP_SHA_256', ['otherAlgorithm', 'materialIs']]
	])(
		'what the token’s own key pair decrypts is tried with no other: PKCS #1 v1.5 %s',
		async (_, algorithm, kinds) => {
			const call = await startCall(sandbox, { algorithm });
			await callAgain(call, 3);
			const refused = await refusedImport({ ...call, encryptedKeyMaterial: pkcs1(random(31)) });
			const reads = vi.spyOn(sandbox.db.wrappingKeys, 'get');
			onTestFinished(() => {
				reads.mockRestore();
			});
			const found = await diagnose(...refused);
			expect(found.findings.map(({ kind }) => kind)).toEqual(kinds);
			expect(found.findings[0]).toMatchObject({ evidence: 'structure' });
			expect(reads).toHaveBeenCalledTimes(1);
			const doubts = wordsIn(found, call.keyId)
				.join('\n')
				.match(/likely but not certain/g);
			expect(doubts).toHaveLength(1);
		}
	);

	test('OAEP for a PKCS #1 v1.5 call is found where the service decrypted it by chance', async () => {
		const call = await startCall(sandbox, { algorithm: 'RSAES_PKCS1_V1_5' });
		const digests = { digest: 'SHA-256', maskDigest: 'SHA-256' } as const;
		const encryptedKeyMaterial = oaepWrapped(
			PUBLIC_KEY,
			new Uint8Array(32),
			createSeeded(BY_CHANCE, 'by chance'),
			digests
		);
		const [refused, refusal] = await refusedImport({ ...call, encryptedKeyMaterial });
		expect(refusal.code).toBe('MaterialLengthInvalid');
		expect((await diagnose(refused, refusal)).findings).toEqual([
			expect.objectContaining({
				kind: 'otherAlgorithm',
				used: { scheme: 'RSAES_OAEP', ...digests },
				evidence: 'proof'
			})
		]);
	});

	test('an unexpected label hash is explained with both possible causes', async () => {
		const call = await startCall(sandbox);
		const digests = { digest: 'sm3', maskDigest: 'SHA-256' } as const;
		const encryptedKeyMaterial = oaepWrapped(PUBLIC_KEY, random(32), SEEDED, digests);
		const found = await diagnoseUpload({ ...call, encryptedKeyMaterial });
		expect(found.findings).toEqual([
			expect.objectContaining({
				kind: 'otherAlgorithm',
				used: expect.objectContaining({ scheme: 'RSAES_OAEP_OTHER_LABEL' }) as Padding
			})
		]);
		const words = wordsIn(found, call.keyId).join('\n');
		expect(words).toMatch(/Either the tool set a label.*a 256-bit digest that wasn’t tried/);
		expect(words).toMatch(/可能设置了标签.*没有试到的 256 位摘要/);
	});

	test.each([
		['a look-alike character', `${'0123456789abcdef'.repeat(3)}0123456789abcdеf`, 'е'],
		['the name of PEM lines', pemLines('SECRET 7F3A'), '7F3A']
	])('%s in a plaintext is not shown', async (_, plaintext, character) => {
		const call = await startCall(sandbox);
		const encryptedKeyMaterial = pkcs1(ascii(plaintext));
		const found = await diagnoseUpload({ ...call, encryptedKeyMaterial });
		expect(found.findings).toContainEqual(expect.objectContaining({ kind: 'materialIs' }));
		expect(JSON.stringify(found)).not.toContain(character);
		expect(wordsIn(found, call.keyId).join('\n')).not.toContain(character);
	});
});

describe('what key material is compared with', () => {
	const first = random(32);
	let call: Call;

	beforeAll(async () => {
		sandbox = await start();
		value(await importMaterial(sandbox.kms, await createExternalKey(sandbox.kms), random(32)));
		call = await startCall(sandbox, { first });
	});

	const wrapped = (plaintext: Bytes): Bytes =>
		oaepWrapped(PUBLIC_KEY, plaintext, SEEDED, { digest: 'SHA-256', maskDigest: 'SHA-256' });

	test.each<[string, Bytes, object, RegExp]>([
		[
			'as hexadecimal text, it is the first one by its fingerprint',
			ascii(bytesToHex(first)),
			{ kind: 'materialIs', first: { is: 'same', form: 'asRead' } },
			/this CMK’s first key material\. The fingerprints are equal, which proves it\./
		],
		[
			'as other hexadecimal text, each form of 32 bytes is compared',
			ascii(bytesToHex(random(32))),
			{ kind: 'materialIs', first: { is: 'other', formsCompared: 1 } },
			/the fingerprints differ \(forms compared: 1\)/
		],
		[
			'as 31 bytes, it is not compared',
			random(31),
			{ kind: 'materialIs', first: { is: 'other', formsCompared: 0 } },
			/no form that was tried has 32 bytes/
		],
		[
			'as other 32 bytes, it is compared with other CMKs too',
			random(32),
			{ kind: 'newMaterial', othersCompared: 1 },
			/imported first into this CMK.*the fingerprints differ\..*\(CMKs compared: 1\)/
		]
	])('%s', async (_, plaintext, finding, says) => {
		const found = await diagnoseUpload({ ...call, encryptedKeyMaterial: wrapped(plaintext) });
		expect(found.findings).toEqual([expect.objectContaining(finding)]);
		expect(wordsIn(found, call.keyId).join('\n')).toMatch(says);
	});
});

describe('what a search may cost', () => {
	const CALLS = 12;
	let call: Call;

	beforeAll(async () => {
		sandbox = await start();
		call = await startCall(sandbox);
		await callAgain(call, CALLS - 1);
	});

	/** Bytes and their reverse: two operations for each key pair. */
	const foreign = () => ({ ...call, encryptedKeyMaterial: pkcs1(random(32), FOREIGN_KEY) });

	test('within the bounds every key pair is tried', async () => {
		const found = await diagnoseUpload(foreign());
		expect(found.findings).toEqual([
			expect.objectContaining({ kind: 'nothingOpensIt', tried: CALLS, openCalls: CALLS })
		]);
	});

	test('a search that has taken its time ends, and says how many key pairs it tried', async () => {
		let nowMs = START_MS;
		const systemNowMs = () => (nowMs += 500);
		const found = await diagnoseUpload(foreign(), { systemNowMs });
		const [nothing] = found.findings;
		if (nothing?.kind !== 'nothingOpensIt') throw new Error('expected that nothing opens it');
		expect(nothing.openCalls).toBe(CALLS);
		expect(nothing.tried).toBeGreaterThan(1);
		expect(nothing.tried).toBeLessThan(7);
		const words = wordsIn(found, call.keyId).join('\n');
		expect(words).toContain(
			`it tried ${String(nothing.tried)} of ${String(CALLS)} valid key pairs`
		);
		expect(words).toContain(`共 ${String(CALLS)} 个，试了 ${String(nothing.tried)} 个`);
	});

	test('damage is not claimed of a ciphertext if the search for its context ended early', async () => {
		const material = random(32);
		const { keyId } = await startCall(sandbox, { first: material });
		for (const context of ['a', 'b', 'c'])
			value(
				await sandbox.kms.encrypt({ keyId, plainText: ascii('1'), encryptionContext: context })
			);
		const made = value(await sandbox.kms.encrypt({ keyId, plainText: ascii('1') }));
		const cipherTextBlob = made.cipherTextBlob.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
		const result = await sandbox.kms.decrypt({ cipherTextBlob });
		if (result.ok) throw new Error('expected a refusal');
		const refused = { operation: 'Decrypt', request: { cipherTextBlob } } as const;
		const found = await diagnose(refused, result.refusal);
		expect(found.findings).toEqual([expect.objectContaining({ kind: 'blobDamaged' })]);
		let nowMs = START_MS;
		const systemNowMs = () => (nowMs += 2000);
		expect((await diagnose(refused, result.refusal, { systemNowMs })).findings).toEqual([]);
	});

	test('the valid tokens are read once for a file of many readings', async () => {
		const reads = vi.spyOn(sandbox.db.importParameters, 'orderBy');
		onTestFinished(() => {
			reads.mockRestore();
		});
		const damaged = call.importToken.map((byte, at) => (at === 100 ? byte ^ 1 : byte));
		const importToken = ascii(bytesToBase64(ascii(bytesToBase64(damaged))));
		const found = await diagnoseUpload({ ...foreign(), importToken });
		expect(found.findings).toEqual([
			expect.objectContaining({ kind: 'tokenDamaged', change: 'altered', callNumber: 1 })
		]);
		expect(reads).toHaveBeenCalledTimes(1);
	});
});

describe('stopping', () => {
	test('a search that is stopped ends with the checks and no finding', async () => {
		sandbox = await start();
		const call = await startCall(sandbox);
		await callAgain(call, 8);
		const encryptedKeyMaterial = pkcs1(random(32), FOREIGN_KEY);
		const { port1, port2 } = new MessageChannel();
		port1.postMessage('stop');
		const found = await diagnoseUpload({ ...call, encryptedKeyMaterial }, { work: port2 });
		port1.close();
		expect(found.isStopped).toBe(true);
		expect(found.findings).toEqual([]);
		expect(found.checks).toContainEqual({ check: 'unwrap', outcome: 'refused' });
	});
});

describe('what was decrypted is overwritten', () => {
	const SECRET = '0123456789abcdef'.repeat(4);

	beforeAll(async () => {
		sandbox = await start();
	});

	beforeEach(() => {
		watched.buffers = [];
		watched.onBuffer = () => undefined;
	});

	function expectOverwritten(): void {
		expect(watched.buffers.length).toBeGreaterThan(0);
		expect(watched.buffers.filter((bytes) => bytes.some((byte) => byte !== 0))).toEqual([]);
	}

	/** The service decrypts too. @param given of the diagnosis alone */
	async function diagnoseAlone(request: Upload, given?: Given): Promise<Diagnosis> {
		const refused = await refusedImport(request);
		watched.buffers = [];
		return diagnose(...refused, given);
	}

	test.each<[string, WrappingAlgorithm, () => Bytes, string]>([
		['another padding', 'RSAES_OAEP_SHA_256', () => pkcs1(ascii(SECRET)), 'otherAlgorithm'],
		['text around the key material', 'RSAES_PKCS1_V1_5', () => pkcs1(ascii(SECRET)), 'materialIs'],
		['other key material', 'RSAES_PKCS1_V1_5', () => pkcs1(random(32)), 'newMaterial'],
		['nothing', 'RSAES_OAEP_SHA_256', () => pkcs1(random(31)).toReversed(), 'nothingOpensIt']
	])('when the search finds %s', async (_, algorithm, wrap, kind) => {
		const call = await startCall(sandbox, { algorithm, first: random(32) });
		const { findings } = await diagnoseAlone({ ...call, encryptedKeyMaterial: wrap() });
		expect(findings).toContainEqual(expect.objectContaining({ kind }));
		expectOverwritten();
	});

	test('a ciphertext decrypted with another context', async () => {
		const { keyId } = await startCall(sandbox, { first: random(32) });
		const plainText = ascii('secrets');
		const { cipherTextBlob } = value(await sandbox.kms.encrypt({ keyId, plainText }));
		const request = { cipherTextBlob, encryptionContext: 'Order 17' };
		const result = await sandbox.kms.decrypt(request);
		if (result.ok) throw new Error('expected a refusal');
		watched.buffers = [];
		const { findings } = await diagnose({ operation: 'Decrypt', request }, result.refusal);
		expect(findings).toEqual([expect.objectContaining({ kind: 'otherContext' })]);
		expectOverwritten();
	});

	test('when it is stopped', async () => {
		const call = await startCall(sandbox);
		await callAgain(call, 4);
		const { port1, port2 } = new MessageChannel();
		watched.onBuffer = () => {
			port1.postMessage('stop');
		};
		const encryptedKeyMaterial = pkcs1(random(31)).toReversed();
		const { isStopped } = await diagnoseAlone({ ...call, encryptedKeyMaterial }, { work: port2 });
		port1.close();
		expect(isStopped).toBe(true);
		expectOverwritten();
	});

	test('when it fails', async () => {
		const call = await startCall(sandbox);
		await callAgain(call, 1);
		const systemNowMs = () => {
			if (watched.buffers.length > 0) throw new Error('no clock');
			return START_MS;
		};
		const encryptedKeyMaterial = pkcs1(random(31)).toReversed();
		const failed = diagnoseAlone({ ...call, encryptedKeyMaterial }, { systemNowMs });
		await expect(failed).rejects.toThrow('no clock');
		expectOverwritten();
	});

	test('only the owner of plaintexts imports what decrypts', () => {
		const folder = join(import.meta.dirname, '../../src/lib/diagnosis');
		const decrypts = /\b(openWithEveryPadding|unwrapKeyMaterial|decryptBlob)\b[^;]*from '/;
		const importers = readdirSync(folder).filter((file) =>
			decrypts.test(readFileSync(join(folder, file), 'utf8'))
		);
		expect(importers).toEqual(['plaintexts.ts']);
	});
});
