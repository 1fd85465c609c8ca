/**
 * Files as people make them, brought before the service: what it reads itself is imported, and of the others the diagnosis
 * names what the manifest says, all of it, and nothing else.
 */
import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { toRsaPrivateKey } from '$lib/crypto/private-key';
import type { Finding, NamedFile } from '$lib/diagnosis/diagnosis';
import { MATERIAL_BYTES } from '$lib/domain/algorithms';
import type { Bytes } from '$lib/domain/bytes';
import { recognizeUpload, uploadedBytes } from '$lib/domain/uploaded-file';
import { locales, type Locale } from '$lib/paraglide/runtime';
import type { ContentId } from '$lib/recognition/contents';
import { DAMAGES } from '$lib/recognition/encodings';
import { CIPHERTEXT_REPAIRS } from '$lib/recognition/repairs';
import { findingsOf, startCall, wordsOf, type Call } from '../support/diagnosed-import';
import { readCase, TEST_KEY, THE_CASES, type Case } from '../support/field-cases';
import { startSandbox, type Sandbox } from '../support/sandbox';
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

const digestOf = (bytes: Bytes): string => createHash('sha256').update(bytes).digest('hex');

const isSame = (a: Bytes, b: Bytes): boolean => Buffer.from(a).equals(b);

/** The properties that a finding has to have. */
type Expected = Readonly<Record<string, unknown>>;

const partOf = (expected: Expected): unknown => expect.objectContaining(expected);

/** Names that say what is seen: a form, or what has this length. True of every file whose name the manifest does not say. */
const AS_SEEN: ReadonlySet<string> = new Set<ContentId>([
	'otherBytes',
	'plainText',
	'json',
	'webPage',
	'oddHex',
	'oddCharacter',
	'utf16OfBytes',
	'otherKeyLength',
	'rsa3072',
	'rsa4096',
	'material',
	'privateKey'
]);

const REPAIRS: ReadonlySet<string> = new Set(CIPHERTEXT_REPAIRS);

/** They claim that a tool changed the bytes, so that what they are taken off of has to be proved. */
const CHANGES: ReadonlySet<string> = new Set([...DAMAGES.map(({ id }) => id), ...REPAIRS]);

/** As the manifest names it; that a text is one goes without saying. */
function named({ layers, content }: Case): unknown {
	if (!layers || content === undefined)
		return expect.toSatisfy(
			(name: NamedFile) =>
				(name.content === content || AS_SEEN.has(name.content)) &&
				name.layers.every(({ id }) => !CHANGES.has(id))
		);
	const outer = layers.filter((id) => id !== 'text');
	return partOf({ layers: outer.map((id) => partOf({ id })), content });
}

/** The files that were given came without. */
const PADDINGS_OF_GIVEN: Readonly<Record<string, Case['padding']>> = {
	'given/go-label.bin': { scheme: 'oaep', digest: 'SHA-256', mgf1Digest: 'SHA-256', label: 'any' },
	'given/java-nopadding.bin': { scheme: 'none' },
	'given/java-sha512.bin': { scheme: 'oaep', digest: 'SHA-512', mgf1Digest: 'SHA-1', label: '' }
};

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

const NOTHING_OPENS: Expected = { kind: 'nothingOpensIt' };

/** All findings. A file that may be a ciphertext all the same was tried as one, and that is said too. */
function expectOnly(found: readonly Finding[] | undefined, expected: Expected): void {
	const [first, second = NOTHING_OPENS, ...others] = found ?? [];
	expect(first).toEqual(partOf(expected));
	expect(second).toEqual(partOf(NOTHING_OPENS));
	expect(others).toEqual([]);
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

function eachOf(cases: readonly Case[], run: (one: Case) => Promise<void>): void {
	for (const one of cases) {
		const { file, content = one.what, layers = [] } = one;
		test(`${file}: ${[...layers, content].join(', ')}`, () => run(one));
	}
}

describe('encrypted key material', () => {
	let sandbox: Sandbox;
	let call: Call;

	beforeAll(async () => {
		sandbox = await start();
		call = await startCall(sandbox, { first: MATERIAL });
	});

	/** Files that the service reads as a ciphertext need no name. */
	const READ_BY_SERVICE: ReadonlySet<string> = new Set(['text', 'hex', 'base64']);
	const isRead = ({ content, layers }: Case): boolean =>
		content === 'wrapped' && layers !== undefined && layers.every((id) => READ_BY_SERVICE.has(id));

	const FIELD = { kind: 'fileIs', field: 'encryptedKeyMaterial' } as const;

	/** What decrypts is right. A key also proves a change that leaves no trace, so its name stands behind the others. */
	function undone({ content, layers, sha256 }: Case): Expected {
		const isWhole = content === 'wrapped' || content === 'otherBytes';
		const outer = isWhole ? layers?.filter((id) => id !== 'text') : undefined;
		const isNamed = (name: NamedFile) =>
			name.content === 'wrapped' &&
			(outer ?? []).every((id, at) => name.layers[at]?.id === id) &&
			(!outer || name.layers.slice(outer.length).every(({ id }) => REPAIRS.has(id)));
		const hasDigest = (bytes: Bytes) => digestOf(bytes) === sha256;
		return {
			...FIELD,
			named: expect.toSatisfy(isNamed) as unknown,
			undone: expect.toSatisfy(hasDigest) as unknown
		};
	}

	eachOf(ofField('encryptedKeyMaterial'), async (one) => {
		const file = readCase(one.file);
		const found = await findingsOf(sandbox, { ...call, encryptedKeyMaterial: file });
		expectWords(found, call.keyId, true);
		const [first, ...others] = found ?? [];
		const read = uploadedBytes(recognizeUpload(file));
		const padding = one.padding ?? PADDINGS_OF_GIVEN[one.file];
		const isUndone = first?.kind === 'fileIs' && first.undone !== undefined;
		if (read && one.right && digestOf(read) === one.sha256) expect(found).toBeUndefined();
		else if (one.what === 'wrappedText') expectOnly(found, { kind: 'materialIs', first: 'asRead' });
		else if (padding) expectOnly(found, { kind: 'otherAlgorithm', used: paddingOf(padding) });
		else if (one.right && (isUndone || one.content === 'wrapped')) {
			expect(first).toEqual(partOf(undone(one)));
			expect(others).toEqual([]);
		} else if (isRead(one) || (!one.layers && first?.kind === 'nothingOpensIt'))
			expectOnly(found, NOTHING_OPENS);
		else expectOnly(found, { ...FIELD, named: named(one) });
	});
});

describe('import tokens', () => {
	let sandbox: Sandbox;
	let call: Call;

	beforeAll(async () => {
		sandbox = await start();
		call = await startCall(sandbox, { first: MATERIAL });
	});

	async function upload(importToken: Bytes): Promise<readonly Finding[] | undefined> {
		const request = { ...call, encryptedKeyMaterial: RIGHT, importToken };
		const found = await findingsOf(sandbox, request);
		expectWords(found, call.keyId, true);
		return found;
	}

	const fileIs = (one: Case): Expected => ({
		kind: 'fileIs',
		field: 'importToken',
		named: named(one)
	});

	describe('of another service', () => {
		eachOf(ofField('importToken'), async (one) => {
			const found = await upload(readCase(one.file));
			const isToken = one.content === 'importToken' || found?.[0]?.kind === 'tokenUnknown';
			expect(found).toEqual([partOf(isToken ? { kind: 'tokenUnknown' } : fileIs(one))]);
		});
	});

	describe('the right token in the same form', () => {
		// the longest first: one begins like another
		const tokens = ['of-given-2', 'of-given', 't', 'u'].map((name) =>
			readCase(`base/token-${name}.bin`)
		);
		const isRemade = ({ right, what }: Case) => right && what !== 'hexDump';
		eachOf(ofField('importToken').filter(isRemade), async (one) => {
			const file = inFormOf(readCase(one.file), tokens, call.importToken);
			const found = await upload(file);
			const read = uploadedBytes(recognizeUpload(file));
			if (read && isSame(read, call.importToken)) expect(found).toBeUndefined();
			// this token may have other line breaks
			else if (one.layers && one.what !== 'lineBreaksMade')
				expect(found).toEqual([partOf({ ...fileIs(one), undone: call.importToken })]);
			else expect(found).toEqual([partOf({ kind: 'fileIs', undone: call.importToken })]);
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

	/** The longest plaintexts of OAEP SHA-256 and PKCS #1 v1.5 with RSA-2048 (RFC 8017 sections 7.1.1 and 7.2.1). */
	const [OAEP_MOST, PKCS1_MOST] = [190, 245];

	function encrypted(plaintext: Bytes, isLong: boolean): Bytes {
		const padding = isLong
			? { padding: constants.RSA_PKCS1_PADDING }
			: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
		return new Uint8Array(publicEncrypt({ key: PUBLIC_KEY, ...padding }, plaintext));
	}

	/** Files whose layers are of the input of the tool that made them. */
	const outerLayers = (one: Case): Case => {
		const { layers, ...other } = one;
		return one.what === 'inputOfXxd' || !layers ? other : one;
	};

	eachOf(
		ofField('plaintext').filter(({ file }) => readCase(file).length <= PKCS1_MOST),
		async (one) => {
			const plaintext = readCase(one.file);
			const isLong = plaintext.length > OAEP_MOST;
			const isImported = plaintext.length === MATERIAL_BYTES;
			// an import binds the CMK
			const call = isLong ? long : isImported ? await newCall() : short;
			const request = { ...call, encryptedKeyMaterial: encrypted(plaintext, isLong) };
			const found = await findingsOf(sandbox, request);
			expectWords(found, call.keyId, isBound);
			if (isImported && (!isBound || isSame(plaintext, MATERIAL))) expect(found).toBeUndefined();
			else if (isImported) expect(found).toEqual([partOf({ kind: 'newMaterial' })]);
			else {
				const [first] = found ?? [];
				const isFound = first?.kind === 'materialIs' && first.first === 'asRead';
				const isNamed = one.right && one.layers !== undefined;
				expect(found).toEqual([
					partOf({
						kind: 'materialIs',
						plaintextBytes: plaintext.length,
						...(isNamed || !isFound ? { named: named(outerLayers(one)) } : {}),
						first: !isBound ? 'free' : isNamed || (isFound && one.right) ? 'asRead' : 'none'
					})
				]);
			}
		}
	);
});
