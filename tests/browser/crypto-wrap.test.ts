import { bigIntToBytes, bytesToBigInt, base64urlToBytes, modPow } from '$lib/crypto/big-integers';
import { decryptOaep } from '$lib/crypto/rsaes-oaep';
import { decryptPkcs1v15, encryptPkcs1v15 } from '$lib/crypto/rsaes-pkcs1-v15';
import { unwrapKeyMaterial, wrapKeyMaterial } from '$lib/crypto/wrap';
import { generateWrappingKeyPair, type WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { readPublicKeyFile, wrapForUpload } from '$lib/customer/wrap';
import {
	LONGEST_PLAINTEXT_BYTES,
	PUBLIC_KEY_BYTES,
	WRAPPED_BYTES,
	WRAPPING_ALGORITHMS
} from '$lib/domain/algorithms';
import { bytesToAscii, bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import { beforeAll, describe, expect, test } from 'vitest';

const MATERIAL = Uint8Array.from({ length: 32 }, (_, index) => index);

let pair: WrappingKeyPair;
let otherPair: WrappingKeyPair;
beforeAll(async () => {
	[pair, otherPair] = await Promise.all([generateWrappingKeyPair(), generateWrappingKeyPair()]);
});

test('a wrapping key pair is an RSA-2048 public key file and nine fields', () => {
	expect(readPublicKeyFile(pair.publicKey)).toEqual(pair.publicKey);
	expect(Object.keys(pair.privateKey)).toEqual(['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']);
	expect(pair.privateKey.e).toBe('AQAB');
});

describe.each(WRAPPING_ALGORITHMS)('%s', (algorithm) => {
	const longest = LONGEST_PLAINTEXT_BYTES[algorithm];

	test.each([0, 1, 32, longest])('unwrapping gives back %i bytes', async (length) => {
		const plaintext = crypto.getRandomValues(new Uint8Array(length));
		const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, plaintext);
		expect(wrapped).toHaveLength(WRAPPED_BYTES);
		expect(await unwrapKeyMaterial(algorithm, pair.privateKey, wrapped)).toEqual(plaintext);
	});

	test('wrapping twice gives different bytes', async () => {
		const wrap = () => wrapKeyMaterial(algorithm, pair.publicKey, MATERIAL);
		expect(await wrap()).not.toEqual(await wrap());
	});

	test('one byte too many does not wrap', async () => {
		const tooLong = new Uint8Array(longest + 1);
		await expect(wrapKeyMaterial(algorithm, pair.publicKey, tooLong)).rejects.toThrow();
	});

	test('every fault in the wrapped bytes gives the same result', async () => {
		const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, MATERIAL);
		const modulus = base64urlToBytes(pair.privateKey.n ?? '');
		const wrong: Record<string, Bytes> = {
			empty: new Uint8Array(),
			'one byte short': wrapped.slice(1),
			'one byte long': new Uint8Array([0, ...wrapped]),
			zero: new Uint8Array(WRAPPED_BYTES),
			one: bigIntToBytes(1n, WRAPPED_BYTES),
			modulus,
			'above the modulus': new Uint8Array(WRAPPED_BYTES).fill(0xff),
			'another key': await wrapKeyMaterial(algorithm, otherPair.publicKey, MATERIAL),
			'first byte changed': wrapped.with(0, (wrapped[0] ?? 0) ^ 1),
			'last byte changed': wrapped.with(-1, (wrapped.at(-1) ?? 0) ^ 1)
		};
		for (const [what, bytes] of Object.entries(wrong))
			expect(await unwrapKeyMaterial(algorithm, pair.privateKey, bytes), what).toBeUndefined();
	});

	test('no other algorithm gives back the material', async () => {
		const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, MATERIAL);
		for (const other of WRAPPING_ALGORITHMS.filter((candidate) => candidate !== algorithm))
			expect(await unwrapKeyMaterial(other, pair.privateKey, wrapped)).not.toEqual(MATERIAL);
	});
});

test('OAEP does not open what OAEP with another hash or PKCS#1 v1.5 has wrapped', async () => {
	for (const algorithm of ['RSAES_OAEP_SHA_1', 'RSAES_PKCS1_V1_5'] as const) {
		const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, MATERIAL);
		expect(await decryptOaep(pair.privateKey, 'SHA-256', wrapped), algorithm).toBeUndefined();
	}
});

describe('RSAES-PKCS1-v1_5 padding', () => {
	const filled = (length: number) => new Array<number>(length).fill(0xa5);
	const tail = [0, ...MATERIAL];
	const padding = WRAPPED_BYTES - 2 - tail.length;

	test('eight bytes of padding are enough', async () => {
		const message = [0, 2, ...filled(8), 0, ...filled(WRAPPED_BYTES - 11)];
		expect(await decryptPkcs1v15(pair.privateKey, encryptRaw(message))).toHaveLength(245);
	});

	// An OAEP message begins with 00 too, so one in 256 has this block type, and most of those open to noise.
	test('without a checksum, an OAEP message that happens to look padded opens to noise', async () => {
		const message = [0, 2, ...filled(100), 0, ...filled(WRAPPED_BYTES - 103)];
		expect(await decryptPkcs1v15(pair.privateKey, encryptRaw(message))).toHaveLength(153);
		expect(await decryptOaep(pair.privateKey, 'SHA-256', encryptRaw(message))).toBeUndefined();
	});

	test('a ciphertext with the modulus added is another number and does not open', async () => {
		const modulus = bytesToBigInt(base64urlToBytes(pair.privateKey.n ?? ''));
		let sum: bigint;
		do sum = bytesToBigInt(await encryptPkcs1v15(pair.publicKey, MATERIAL)) + modulus;
		while (sum >= 1n << 2048n);
		const wrapped = bigIntToBytes(sum, WRAPPED_BYTES);
		expect(await decryptPkcs1v15(pair.privateKey, wrapped)).toBeUndefined();
		const reduced = bigIntToBytes(sum - modulus, WRAPPED_BYTES);
		expect(await decryptPkcs1v15(pair.privateKey, reduced)).toEqual(MATERIAL);
	});

	test.each([
		['first byte not 00', [1, 2, ...filled(padding), ...tail]],
		['block type 00', [0, 0, ...filled(padding), ...tail]],
		['block type 01, for signatures', [0, 1, ...filled(padding), ...tail]],
		['seven bytes of padding', [0, 2, ...filled(7), 0, ...filled(WRAPPED_BYTES - 10)]],
		['no padding', [0, 2, 0, ...filled(WRAPPED_BYTES - 3)]],
		['no separator', [0, 2, ...filled(WRAPPED_BYTES - 2)]]
	])('%s does not open', async (_, message) => {
		expect(await decryptPkcs1v15(pair.privateKey, encryptRaw(message))).toBeUndefined();
	});

	test('the padding of a new ciphertext has no zero byte', async () => {
		for (let run = 0; run < 20; run++) {
			const wrapped = await encryptPkcs1v15(pair.publicKey, MATERIAL);
			const message = privateOperation(wrapped);
			expect(message.subarray(0, 2)).toEqual(new Uint8Array([0, 2]));
			expect(message.indexOf(0, 2)).toBe(WRAPPED_BYTES - tail.length);
		}
	});

	test.each(['dp', 'dq', 'qi'] as const)(
		'a key with a wrong %s gives nothing away',
		async (field) => {
			const wrapped = await encryptPkcs1v15(pair.publicKey, MATERIAL);
			const faulty = { ...pair.privateKey, [field]: otherPair.privateKey[field] };
			await expect(decryptPkcs1v15(faulty, wrapped)).rejects.toThrow('inconsistent');
		}
	);

	function encryptRaw(message: readonly number[]): Bytes {
		return raise(new Uint8Array(message), 'e');
	}

	function privateOperation(ciphertext: Bytes): Bytes {
		return raise(ciphertext, 'd');
	}

	function raise(bytes: Bytes, exponent: 'e' | 'd'): Bytes {
		const number = (field: 'n' | 'e' | 'd') =>
			bytesToBigInt(base64urlToBytes(pair.privateKey[field] ?? ''));
		const value = modPow(bytesToBigInt(bytes), number(exponent), number('n'));
		return bigIntToBytes(value, WRAPPED_BYTES);
	}
});

test('an OAEP label must be the same on both sides', async () => {
	const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
	const label = new Uint8Array([0]);
	const key = await crypto.subtle.importKey('spki', pair.publicKey, algorithm, false, ['encrypt']);
	const wrapped = new Uint8Array(
		await crypto.subtle.encrypt({ ...algorithm, label }, key, MATERIAL)
	);
	expect(await decryptOaep(pair.privateKey, 'SHA-256', wrapped, label)).toEqual(MATERIAL);
	expect(await decryptOaep(pair.privateKey, 'SHA-256', wrapped)).toBeUndefined();
});

test('the result is written raw, as hexadecimal or as base64, without a line break', async () => {
	const wrap = (encoding: 'raw' | 'hex' | 'base64') =>
		wrapForUpload('RSAES_OAEP_SHA_256', pair.publicKey, MATERIAL, encoding);
	expect(await wrap('raw')).toHaveLength(256);
	expect(bytesToAscii(await wrap('hex'))).toMatch(/^[0-9a-f]{512}$/);
	expect(bytesToAscii(await wrap('base64'))).toMatch(/^[A-Za-z0-9+/]{342}==$/);
});

describe('a public key file', () => {
	const ascii = (text: string) => new TextEncoder().encode(text);
	const pem = (bytes: Bytes, label = 'PUBLIC KEY') =>
		`-----BEGIN ${label}-----\r\n${bytesToBase64(bytes).replace(/.{64}/g, '$&\r\n')}\r\n-----END ${label}-----`;

	test('is read as DER, hexadecimal, base64 and PEM', () => {
		const { publicKey } = pair;
		const files = [
			publicKey,
			ascii(bytesToHex(publicKey)),
			ascii(`${bytesToHex(publicKey).toUpperCase()}\n`),
			ascii(bytesToBase64(publicKey)),
			ascii(pem(publicKey)),
			ascii(`\ufeff${pem(publicKey)}\n`)
		];
		for (const file of files) expect(readPublicKeyFile(file)).toEqual(publicKey);
	});

	test('of another kind is not read', () => {
		const { publicKey } = pair;
		const even = (publicKey.at(-6) ?? 0) & 0xfe;
		const files = {
			empty: new Uint8Array(),
			'other PEM label': ascii(pem(publicKey, 'CERTIFICATE')),
			'PEM without an end': ascii(pem(publicKey).replace('-----END', '')),
			'not base64': ascii(pem(publicKey).replace('MIIB', 'MIIB=')),
			truncated: publicKey.slice(0, -1),
			'one byte more': new Uint8Array([...publicKey, 0]),
			'another algorithm': publicKey.with(17, 2),
			'a short modulus': publicKey.with(33, 0x7f),
			'an even modulus': publicKey.with(-6, even),
			'another exponent': publicKey.with(-1, 3)
		};
		for (const [what, file] of Object.entries(files))
			expect(readPublicKeyFile(file), what).toBeUndefined();
	});

	test('that is read can be wrapped with, even when its modulus is noise', async () => {
		const noise = crypto.getRandomValues(new Uint8Array(256));
		noise[0] = (noise[0] ?? 0) | 0x80;
		noise[255] = (noise[255] ?? 0) | 1;
		const file = pair.publicKey.slice();
		file.set(noise, PUBLIC_KEY_BYTES - 5 - 256);
		const publicKey = readPublicKeyFile(file);
		expect(publicKey).toEqual(file);
		for (const algorithm of WRAPPING_ALGORITHMS)
			expect(await wrapForUpload(algorithm, file, MATERIAL, 'raw')).toHaveLength(WRAPPED_BYTES);
	});
});
