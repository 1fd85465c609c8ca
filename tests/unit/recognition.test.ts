/** Files as people make them (`tests/fixtures/field-cases`), and what the recogniser calls them. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { asciiToBytes, type Bytes } from '$lib/domain/bytes';
import { CODE_PAGES } from '$lib/recognition/code-pages';
import { LAYERS, readings, recognise, type FoundLayer } from '$lib/recognition/recognise';
import { ciphertextCandidates, materialCandidates } from '$lib/recognition/repairs';
import { readCase, THE_CASES, type Case } from '../support/field-cases';
import { redirected } from '../support/mistakes';
import { randomNumbers } from '../support/random-numbers';

const digest = (bytes: Uint8Array | undefined): string =>
	createHash('sha256')
		.update(bytes ?? '')
		.digest('hex');

const withoutText = (layers: readonly string[]): string =>
	layers.filter((id) => id !== 'text').join(' ');

interface Bytesful {
	readonly bytes?: Uint8Array | undefined;
}

/** Whether a search for what may be right without being named so, which only a key proves, comes to the bytes. */
function comesTo({ field }: Case, file: Bytes, isRight: (found: Bytesful) => boolean): boolean {
	if (field === 'encryptedKeyMaterial') return ciphertextCandidates(file, undefined).some(isRight);
	for (const found of field === 'plaintext' ? materialCandidates(file) : readings(file))
		if (isRight(found)) return true;
	return false;
}

const layersOf = (file: Bytes): readonly FoundLayer[] => recognise(file, ({ layers }) => layers);

describe('the field cases', () => {
	it('are named as expected, the content and the layers', () => {
		const misnamed = THE_CASES.flatMap((one) => {
			const { layers, content } = recognise(readCase(one.file), (reading) => reading);
			const found = withoutText(layers.map(({ id }) => id));
			const wanted = withoutText(one.layers);
			return found === wanted && content === one.content
				? []
				: [`${one.file}: ${found} > ${content}, expected ${wanted} > ${one.content}`];
		});
		expect(misnamed).toEqual([]);
	});

	it('give the right bytes where they hold them', () => {
		const lost = THE_CASES.filter(({ right }) => right)
			.filter((one) => {
				const file = readCase(one.file);
				const isRight = ({ bytes }: Bytesful) => digest(bytes) === one.sha256;
				return !recognise(file, isRight) && !comesTo(one, file, isRight);
			})
			.map(({ file }) => file);
		expect(lost).toEqual([]);
	});
});

function randomBytes(seed: number, length: number): Bytes {
	const numbers = randomNumbers(seed);
	return new Uint8Array(length).map(() => numbers() >>> 24);
}

const FILES_OF_LENGTH = 600;

describe('random bytes', () => {
	it.each([32, 256])('of the length of a key or a result (%i) have no layer', (length) => {
		const found = Array.from({ length: FILES_OF_LENGTH }, (_, seed) =>
			layersOf(randomBytes(seed * 1000 + length, length))
		);
		expect(found.flat()).toEqual([]);
	});

	it.each([255, 257, 300])('of another length (%i) have none but line breaks', (length) => {
		const others = Array.from({ length: FILES_OF_LENGTH }, (_, seed) => {
			const bytes = randomBytes(seed * 1000 + length, length);
			const isEnded = bytes.at(-1) === 0x0a;
			const hasBreak = bytes.some((byte, at) => byte === 0x0d && bytes[at + 1] === 0x0a);
			return layersOf(bytes).filter(
				({ id }) => !(id === 'lineBreakBehind' && isEnded) && !(id === 'lineBreaksMade' && hasBreak)
			);
		});
		expect(others.flat()).toEqual([]);
	});
});

describe('bytes that Windows PowerShell wrote with > come back', () => {
	type Breaks = Readonly<Record<number, string>>;

	/** Other bytes than line breaks, and these at the given places. */
	function bytesWith(length: number, breaks: Breaks): Bytes {
		const bytes = randomBytes(length, length).map((byte) =>
			byte === 10 || byte === 13 ? 0 : byte
		);
		for (const [at, text] of Object.entries(breaks)) bytes.set(Buffer.from(text), Number(at));
		return bytes;
	}

	test.each<[string, Breaks]>([
		['no line break', {}],
		['LF and CR', { 20: '\n', 90: '\r' }],
		['CR LF and LF', { 20: '\r\n', 90: '\n' }],
		['LF at the end', { 255: '\n' }],
		['CR at the end', { 255: '\r' }],
		['CR LF at the end', { 254: '\r\n' }],
		['CR, and LF at the end', { 20: '\r', 255: '\n' }],
		['two LF at the end', { 254: '\n\n' }]
	])('encrypted key material with %s', (_, breaks) => {
		const bytes = bytesWith(256, breaks);
		const candidates = ciphertextCandidates(redirected(bytes, '437'), undefined);
		expect(candidates.map((one) => digest(one.bytes))).toContain(digest(bytes));
	});

	test('a token with four line breaks', () => {
		const bytes = bytesWith(329, { 20: '\n', 90: '\r', 91: '\r', 200: '\r' });
		const all = Array.from(readings(redirected(bytes, '850')), (one) => digest(one.bytes));
		expect(all).toContain(digest(bytes));
	});
});

describe('a wrong cause is not named', () => {
	const contentOf = (text: string): string =>
		recognise(new TextEncoder().encode(text), ({ content }) => content);
	const base64 = Buffer.from(randomBytes(1, 256)).toString('base64');

	test('bytes lost, for a label that lost its letters', () => {
		expect(contentOf(`\ufffd\ufffd\ufffd\ufffd: ${base64}`)).not.toBe('replaced');
	});

	test('an unexpected character, for one in a heading', () => {
		expect(contentOf(`[kms]\n${base64.slice(0, 101)}\n`)).toBe('plainText');
	});

	test.each([
		['a name', 'MyVeryLongKeyMaterialForTheImport.Procedure2026'],
		[
			'a path in brackets',
			`SHA2-256(/home/trainee/kms/import/files/KeyMaterial.bin)= ${'4f'.repeat(32)}`
		],
		['a digest with a path', `${'4f'.repeat(16)}  /home/trainee/kms/import/KeyMaterial-2.bin\n`]
	])('an unexpected character, for %s', (_, text) => {
		expect(contentOf(text)).not.toBe('oddCharacter');
	});

	test('another length, for a dump in one line', () => {
		const line =
			'00000000: 9acc da4e 132b 7379 9af2 0102 0304 0506 1112 1314 1516 1718 2122 2324 2526 2728';
		expect(contentOf(`${line}  ...N.+sy\n`)).toBe('material');
	});

	test('hexadecimal, for bits that Python wrote', () => {
		const bits = `0b1${Array.from(randomBytes(7, 31), (byte) => byte.toString(2).padStart(8, '0')).join('')}`;
		expect(contentOf(bits)).toBe('material');
	});

	test.each([
		['base64', 'syllables that each begin with a capital', 'BaDiGuXiMeLuFaKeTuZiHe'],
		['a Java key store', 'words of hexadecimal letters', 'feedfeedefaceaaa'],
		['a ciphertext blob', 'words', `AddressesUnknown${'Audit'.repeat(66)}`.slice(0, 344)]
	])('%s, for %s', (_cause, _words, text) => {
		expect(contentOf(text)).toBe('plainText');
	});

	test('an empty file, for numbers in angle brackets that begin with a letter', () => {
		expect(contentOf(`<${'a1b2c3d4 '.repeat(8).trim()}>`)).toBe('material');
	});

	test('AES key wrap, for the lines that a database wrote one value in', () => {
		const lines = Buffer.from(randomBytes(1, 80)).toString('hex').match(/.{80}/g) ?? [];
		expect(contentOf(`KEY\n---\n${lines.join('\n')}\n`)).toBe('plainText');
	});

	test('binary digits, for hexadecimal of one byte that is repeated', () => {
		expect(contentOf('01'.repeat(32))).toBe('material');
	});
});

it('has one row for each layer', () => {
	const ids = LAYERS.map(({ id }) => id);
	expect(ids).toEqual([...new Set(ids)]);
});

describe('a secret', () => {
	let made: Watched[] = [];

	/** Every array of bytes that is made, however it is made: its methods make others of the same class. */
	class Watched extends Uint8Array<ArrayBuffer> {
		constructor(...given: [ArrayBuffer]) {
			super(...given);
			made.push(this);
		}
	}

	const secretOf = (file: Bytes): Bytes => Watched.from(file);

	beforeEach(() => {
		// their tables are no secret, and are made once
		for (const [, upper] of CODE_PAGES) upper();
		vi.stubGlobal('Uint8Array', Watched);
		made = [];
	});
	afterEach(() => {
		vi.unstubAllGlobals();
	});

	/** @returns how many buffers that were made of it still hold anything; it belongs to the caller, and so does a view of it */
	const left = (secret: Bytes): number =>
		made.filter(({ buffer }) => buffer !== secret.buffer).filter((bytes) => bytes.some(Boolean))
			.length;

	const SEARCHES: readonly (readonly [string, (secret: Bytes) => unknown])[] = [
		['is named', (secret) => recognise(secret, ({ content }) => content)],
		['is read to the end', (secret) => Array.from(readings(secret), () => undefined)],
		[
			'is searched for key material to the end',
			(secret) => Array.from(materialCandidates(secret), () => undefined)
		]
	];

	it.each(SEARCHES)('that %s leaves no buffer that was made of it', (_, search) => {
		const leaving = THE_CASES.filter(({ file }) => {
			const content = readCase(file);
			const secret = secretOf(content);
			made = [];
			search(secret);
			return left(secret) > 0 || secret.some((byte, at) => byte !== content[at]);
		});
		expect(leaving.map(({ file }) => file)).toEqual([]);
	});

	describe.each([
		['hexadecimal twice', 'plaintext/hex-of-hex'],
		['UTF-16', 'plaintext/hex-utf16le-crlf'],
		['a dump', 'plaintext/hex-hexdump']
	])('as %s leaves none', (_, file) => {
		let secret: Bytes;
		beforeEach(() => {
			secret = secretOf(readCase(file));
			made = [];
		});

		test('when the caller throws', () => {
			const fails = () => {
				throw new Error('no look');
			};
			expect(() => recognise(secret, fails)).toThrow('no look');
			expect(left(secret)).toBe(0);
		});

		test.each([
			['readings', readings],
			['candidates', materialCandidates]
		])('when a loop over %s ends early', (_loop, search) => {
			let last: Bytes | undefined;
			for (const { layers, bytes } of search(secret)) {
				last = bytes;
				if (layers.length > 1) break;
			}
			expect(last).not.toBe(secret);
			expect(left(secret)).toBe(0);
		});
	});
});

describe('a text is not bytes of the length that it has', () => {
	test.each([
		'密钥材料请勿外传',
		'阿里云密钥管理服务器01',
		'Schlüssel für Müller',
		'clé privée à garder'
	])('%s', (text) => {
		const contentOf = (file: Bytes) => recognise(file, ({ content }) => content);
		expect(contentOf(new TextEncoder().encode(text))).toBe('plainText');
	});
});

test('PEM lines in one line end with their first hyphens', () => {
	const digits = 'AbCdEfGhIjKlMnOpQrStUvWx';
	const file = asciiToBytes(`-----BEGIN KEY-----${digits}-----END KEY-----`);
	const found = [...readings(file)].flatMap(({ layers }) => layers);
	expect(found).toContainEqual({ id: 'pemLines', detail: { label: 'KEY' } });
});
