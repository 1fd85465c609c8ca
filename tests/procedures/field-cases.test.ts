/**
 * Files as people make them, brought before the service. What is expected is in the manifest: which files are imported, and
 * everything that the diagnosis finds in the others.
 */
import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { toRsaPrivateKey } from '$lib/crypto/private-key';
import type { Finding } from '$lib/diagnosis/diagnosis';
import { MATERIAL_BYTES } from '$lib/domain/algorithms';
import type { Bytes } from '$lib/domain/bytes';
import { locales, type Locale } from '$lib/paraglide/runtime';
import { findingsOf, startCall, wordsOf, type Call } from '../support/diagnosed-import';
import { readCase, TEST_KEY, THE_CASES, type Case } from '../support/field-cases';
import { getParameters, startSandbox, type Sandbox } from '../support/sandbox';
import { inFormOf } from '../support/token-forms';

const PUBLIC_KEY = createPublicKey({ key: { ...TEST_KEY }, format: 'jwk' });
const PAIR = {
	publicKey: new Uint8Array(PUBLIC_KEY.export({ type: 'spki', format: 'der' })),
	privateKey: toRsaPrivateKey(TEST_KEY)
};
const MATERIAL = readCase('given/KM.bin');
const RIGHT = readCase('given/good.bin');

/** In which every call gives the public key that the files were encrypted with. */
const start = (): Promise<Sandbox> =>
	startSandbox(undefined, { keyPairs: { take: () => Promise.resolve(PAIR) } });

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A finding, or some of its properties. */
type Expected = Readonly<Record<string, unknown>>;

const partOf = (expected: Expected): unknown => expect.objectContaining(expected);

const inOrder = (layers: readonly string[]): unknown =>
	// that a text is one goes without saying
	layers.filter((id) => id !== 'text').map((id) => partOf({ id }));

const named = (layers: readonly string[], content: string): unknown =>
	partOf({ layers: inOrder(layers), content });

const hasDigest = (sha256: string | undefined): unknown =>
	expect.toSatisfy((bytes: unknown) => bytes instanceof Uint8Array && digestOf(bytes) === sha256);

function paddingOf(padding: NonNullable<Case['padding']>): unknown {
	const { scheme, digest, mgf1Digest: maskDigest, label } = padding;
	switch (scheme) {
		case 'pkcs1':
			return { scheme: 'RSAES_PKCS1_V1_5' };
		case 'none':
			return partOf({ scheme });
		case 'oaep':
			return label === ''
				? { scheme: 'RSAES_OAEP', digest, maskDigest }
				: partOf({ scheme: 'RSAES_OAEP_OTHER_LABEL', maskDigest });
	}
}

/** All findings in their order, or that the files are imported. */
function expectFindings(
	found: readonly Finding[] | undefined,
	kinds: readonly Finding['kind'][],
	detailsOf: (kind: Finding['kind']) => Expected
): void {
	const expected = kinds.map((kind) => partOf({ kind, ...detailsOf(kind) }));
	// what is not there is undefined: a matcher tells the two apart
	const whole = found?.map((finding) => ({ undone: undefined, ...finding }));
	expect(whole).toEqual(kinds.length === 0 ? undefined : expected);
}

/** No input is left open, and none is told in another language. */
const WHOLE: Readonly<Record<Locale, RegExp>> = {
	en: /^[^{\p{Script=Han}]+$/u,
	'zh-CN': /^(?=.*\p{Script=Han})[^{]+$/su
};

/** In both languages: whole texts, and no commands that make a key which could not be imported. */
function expectWords(found: readonly Finding[] | undefined, keyId: string, isBound: boolean): void {
	for (const finding of found ?? [])
		for (const locale of locales) {
			const { texts, commands } = wordsOf(finding, keyId, locale);
			for (const text of texts) expect(text, locale).toMatch(WHOLE[locale]);
			if (isBound) expect(commands).not.toContain('openssl rand');
		}
}

const ofField = (field: Case['field']) => THE_CASES.filter((one) => one.field === field);

const firstOfKinds = (cases: readonly Case[]): Case[] => [
	...new Map(cases.toReversed().map((one) => [one.what, one])).values()
];

/** What every service's tokens have in common. */
const TOKEN_LIKE: ReadonlySet<string> = new Set(['importToken', 'damagedToken']);

function eachOf(cases: readonly Case[], run: (one: Case) => Promise<void>): void {
	for (const one of cases) {
		const { file, content, layers } = one;
		test(`${file}: ${[...layers, content].join(', ')}`, () => run(one));
	}
}

test('each kind has at least two files beside those that were given', () => {
	const made = new Map(THE_CASES.map(({ what }) => [what, 0]));
	for (const { file, what } of THE_CASES)
		if (!file.startsWith('given/')) made.set(what, (made.get(what) ?? 0) + 1);
	expect([...made].filter(([, files]) => files < 2)).toEqual([]);
});

describe('encrypted key material', () => {
	const field = 'encryptedKeyMaterial';
	let sandbox: Sandbox;
	let call: Call;

	beforeAll(async () => {
		sandbox = await start();
		call = await startCall(sandbox, { first: MATERIAL });
	});

	/** What decrypts is right: then the bytes in the middle are shown. */
	function fileIs({ layers, repairs = [], content, right, sha256 }: Case): Expected {
		if (!right) return { field, named: named(layers, content), undone: undefined };
		const undone = hasDigest(sha256);
		const whole = named([...layers, ...repairs], 'wrapped');
		return { field, named: whole, undone: { bytes: undone, callNumber: 2 } };
	}

	function detailsOf(one: Case, kind: Finding['kind']): Expected {
		const { padding, plaintextLayers } = one;
		switch (kind) {
			case 'fileIs':
				return fileIs(one);
			case 'otherAlgorithm':
				return padding ? { callNumber: 2, used: paddingOf(padding), evidence: 'proof' } : {};
			case 'materialIs':
				return plaintextLayers
					? { named: named(plaintextLayers, 'material'), first: { is: 'same', form: 'asRead' } }
					: {};
			case 'nothingOpensIt':
				return { callNumber: 2, openCalls: 2, closedCalls: 0 };
			default:
				return {};
		}
	}

	eachOf(ofField('encryptedKeyMaterial'), async (one) => {
		const encryptedKeyMaterial = readCase(one.file);
		const found = await findingsOf(sandbox, { ...call, encryptedKeyMaterial });
		expectWords(found, call.keyId, true);
		expectFindings(found, one.findings, (kind) => detailsOf(one, kind));
	});
});

describe('import tokens', () => {
	let sandbox: Sandbox;
	let call: Call;

	const latin1 = (bytes: Bytes): string => Buffer.from(bytes).toString('latin1');

	/** Every form of such a token differs from the token. */
	const isTelling = (token: Bytes): boolean =>
		/^[^\r]*\n[^\r]*[^\r\n]$/.test(latin1(token)) &&
		['+', '/'].every((one) => Buffer.from(token).toString('base64').includes(one));

	beforeAll(async () => {
		sandbox = await start();
		call = await startCall(sandbox, { first: MATERIAL });
		while (!isTelling(call.importToken)) {
			const { publicKey, importToken } = await getParameters(sandbox.kms, call.keyId);
			call = { keyId: call.keyId, publicKey, importToken };
		}
	});

	async function upload(importToken: Bytes): Promise<readonly Finding[] | undefined> {
		const request = { ...call, encryptedKeyMaterial: RIGHT, importToken };
		const found = await findingsOf(sandbox, request);
		expectWords(found, call.keyId, true);
		return found;
	}

	const detailsOf = (
		{ layers, content }: Case,
		kind: Finding['kind'],
		undone: Bytes | undefined
	): Expected =>
		kind === 'fileIs'
			? { field: 'importToken', named: named(layers, content), undone: undone && { bytes: undone } }
			: {};

	describe('of another service', () => {
		eachOf(ofField('importToken'), async (one) => {
			const found = await upload(readCase(one.file));
			expectFindings(found, one.findings, (kind) => detailsOf(one, kind, undefined));
		});
	});

	describe('that are for the field of encrypted key material are named the same', () => {
		eachOf(firstOfKinds(ofField('encryptedKeyMaterial')), async (one) => {
			const found = await upload(readCase(one.file));
			const kind = TOKEN_LIKE.has(one.content) ? 'tokenUnknown' : 'fileIs';
			expectFindings(found, [kind], () => detailsOf(one, kind, undefined));
		});
	});

	describe('in the field of encrypted key material are named the same', () => {
		const others = ofField('importToken').filter(({ content }) => content !== 'wrapped');
		eachOf(firstOfKinds(others), async (one) => {
			const encryptedKeyMaterial = readCase(one.file);
			const found = await findingsOf(sandbox, { ...call, encryptedKeyMaterial });
			expectWords(found, call.keyId, true);
			const { layers, content } = one;
			const field = 'encryptedKeyMaterial';
			expectFindings(found, ['fileIs'], () => ({ field, named: named(layers, content) }));
		});
	});

	describe('the right token in the same form', () => {
		const tokens = ['of-given', 't', 'u'].map((name) => readCase(`base/token-${name}.bin`));
		for (const { ownFindings, ...one } of ofField('importToken'))
			if (ownFindings)
				eachOf([one], async () => {
					const file = inFormOf(readCase(one.file), tokens, call.importToken);
					const found = await upload(file);
					expectFindings(found, ownFindings, (kind) => detailsOf(one, kind, call.importToken));
				});
	});
});

describe.each([
	['takes any', false],
	['was given this one first', true]
])('key material as other bytes, for a CMK that %s', (_, isBound) => {
	let sandbox: Sandbox;
	let short: Call;
	let long: Call;

	const newCall = (algorithm?: 'RSAES_PKCS1_V1_5') =>
		startCall(sandbox, { ...(isBound && { first: MATERIAL }), ...(algorithm && { algorithm }) });

	beforeAll(async () => {
		sandbox = await start();
		short = await newCall();
		long = await newCall('RSAES_PKCS1_V1_5');
	});

	/** The longest plaintext of OAEP SHA-256 with RSA-2048 (RFC 8017 section 7.1.1). */
	const OAEP_MOST = 190;

	function encrypted(plaintext: Bytes, isLong: boolean): Bytes {
		const padding = isLong
			? { padding: constants.RSA_PKCS1_PADDING }
			: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
		return new Uint8Array(publicEncrypt({ key: PUBLIC_KEY, ...padding }, plaintext));
	}

	eachOf(ofField('plaintext'), async (one) => {
		const { file, findings, layers, content, right } = one;
		const plaintext = readCase(file);
		const isLong = plaintext.length > OAEP_MOST;
		// an import binds the CMK
		const isImported = plaintext.length === MATERIAL_BYTES;
		const call = isLong ? long : isImported ? await newCall() : short;
		const request = { ...call, encryptedKeyMaterial: encrypted(plaintext, isLong) };
		const found = await findingsOf(sandbox, request);
		expectWords(found, call.keyId, isBound);
		// new key material is wrong only for a CMK that was given another
		const kinds = isBound ? findings : findings.filter((kind) => kind !== 'newMaterial');
		const first = !isBound
			? { is: 'notSet' }
			: right
				? { is: 'same', form: 'asRead' }
				: partOf({ is: 'other' });
		expectFindings(found, kinds, (kind) =>
			kind === 'materialIs'
				? { named: named(layers, content), plaintextBytes: plaintext.length, first }
				: {}
		);
	});
});
