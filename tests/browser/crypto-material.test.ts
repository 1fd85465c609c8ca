import {
	BLOB_OVERHEAD_BYTES,
	blobKeyId,
	decryptBlob,
	encryptBlob
} from '$lib/crypto/ciphertext-blob';
import { fingerprintMaterial, sha256Hex } from '$lib/crypto/fingerprint';
import { generateMaterial, keepMaterial, openMaterialCopy } from '$lib/crypto/material-key';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { asciiToBytes, hexToBytes, type Bytes } from '$lib/domain/bytes';
import { LONGEST_BLOB_BYTES, LONGEST_PLAINTEXT_BYTES } from '$lib/domain/operations/requests';
import { beforeAll, describe, expect, test } from 'vitest';

const KEY_A = '0a0b0c0d-0000-4000-8000-00000000000a';
const KEY_B = '0a0b0c0d-0000-4000-8000-00000000000b';
const PLAINTEXT = asciiToBytes('plaintext');

let sealing: CryptoKey;
beforeAll(async () => {
	sealing = (await generateServiceKeys()).sealing;
});

const importMaterial = async (bytes: Bytes): Promise<CryptoKey> =>
	(await keepMaterial(sealing, KEY_A, bytes)).key;

const material = (first = 0): Bytes => Uint8Array.from({ length: 32 }, (_, index) => first + index);

describe('importing material', () => {
	test('leaves zeros behind and a key that cannot be read', async () => {
		const bytes = material();
		const key = await importMaterial(bytes);
		expect(bytes).toEqual(new Uint8Array(32));
		expect(key.extractable).toBe(false);
		await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
	});

	test('uses the bytes as they were', async () => {
		const blob = await encryptBlob(await importMaterial(material()), KEY_A, PLAINTEXT);
		expect(await decryptBlob(await importMaterial(material()), blob)).toEqual(PLAINTEXT);
		expect(await decryptBlob(await importMaterial(material(1)), blob)).toBeUndefined();
	});

	test.each([0, 16, 24, 31, 33])(
		'of %i bytes throws, and leaves zeros behind too',
		async (length) => {
			const bytes = new Uint8Array(length).fill(7);
			await expect(importMaterial(bytes)).rejects.toThrow(RangeError);
			expect(bytes).toEqual(new Uint8Array(length));
		}
	);

	test('keeps a copy that opens with the sealing key, for that CMK alone', async () => {
		const { sealed } = await keepMaterial(sealing, KEY_A, material());
		const other = (await generateServiceKeys()).sealing;
		expect(await openMaterialCopy(sealing, KEY_A, sealed)).toEqual(material());
		expect(await openMaterialCopy(sealing, KEY_B, sealed)).toBeUndefined();
		expect(await openMaterialCopy(other, KEY_A, sealed)).toBeUndefined();
	});

	test('is not needed for the material of the platform, which cannot be read either', async () => {
		const { key } = await generateMaterial(sealing, KEY_A);
		expect(key.extractable).toBe(false);
		const blob = await encryptBlob(key, KEY_A, PLAINTEXT);
		expect(await decryptBlob(key, blob)).toEqual(PLAINTEXT);
	});
});

describe('a material fingerprint', () => {
	test('is the same for the same material and CMK, and differs for another of either', async () => {
		const { fingerprint } = await generateServiceKeys();
		const { fingerprint: otherService } = await generateServiceKeys();
		const first = await fingerprintMaterial(fingerprint, KEY_A, material());
		expect(first).toMatch(/^[0-9a-f]{64}$/);
		expect(await fingerprintMaterial(fingerprint, KEY_A, material())).toBe(first);
		expect(await fingerprintMaterial(fingerprint, KEY_A, material(1))).not.toBe(first);
		expect(await fingerprintMaterial(fingerprint, KEY_B, material())).not.toBe(first);
		expect(await fingerprintMaterial(otherService, KEY_A, material())).not.toBe(first);
	});

	test('takes material of any length and leaves it as it is', async () => {
		const { fingerprint } = await generateServiceKeys();
		const bytes = material();
		await fingerprintMaterial(fingerprint, KEY_A, bytes);
		expect(bytes).toEqual(material());
		expect(await fingerprintMaterial(fingerprint, KEY_A, new Uint8Array())).toHaveLength(64);
	});

	test.each(['key', 'aabb', KEY_A.toUpperCase(), KEY_A.replaceAll('-', ''), `${KEY_A}\n`])(
		'refuses the id %j, which is no UUID of this service',
		async (keyId) => {
			const { fingerprint } = await generateServiceKeys();
			await expect(fingerprintMaterial(fingerprint, keyId, material())).rejects.toThrow('UUID');
		}
	);
});

test('SHA-256 of "abc" is the published one', async () => {
	expect(await sha256Hex(asciiToBytes('abc'))).toBe(
		'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
	);
});

describe('a ciphertext blob', () => {
	let key: CryptoKey;
	let sameMaterial: CryptoKey;
	beforeAll(async () => {
		[key, sameMaterial] = await Promise.all([
			importMaterial(material()),
			importMaterial(material())
		]);
	});

	test('names its CMK and is 45 bytes longer than the plaintext, as the longest blob allows', async () => {
		const blob = await encryptBlob(key, KEY_A, PLAINTEXT);
		expect(blobKeyId(blob)).toBe(KEY_A);
		expect(BLOB_OVERHEAD_BYTES).toBe(45);
		expect(blob).toHaveLength(PLAINTEXT.length + 45);
		expect(LONGEST_BLOB_BYTES).toBe(LONGEST_PLAINTEXT_BYTES + BLOB_OVERHEAD_BYTES);
	});

	test('opens with the same context only; none and the empty one are the same', async () => {
		const plain = await encryptBlob(key, KEY_A, PLAINTEXT);
		const bound = await encryptBlob(key, KEY_A, PLAINTEXT, 'purpose=数据');
		expect(await decryptBlob(key, plain, '')).toEqual(PLAINTEXT);
		expect(await decryptBlob(key, plain, 'purpose=数据')).toBeUndefined();
		expect(await decryptBlob(key, bound, 'purpose=数据')).toEqual(PLAINTEXT);
		expect(await decryptBlob(key, bound, 'purpose=数')).toBeUndefined();
		expect(await decryptBlob(key, bound)).toBeUndefined();
	});

	test('of one CMK does not open as another, though their material is equal', async () => {
		const ofA = await encryptBlob(key, KEY_A, PLAINTEXT);
		const ofB = await encryptBlob(sameMaterial, KEY_B, PLAINTEXT);
		const renamed = new Uint8Array([...ofB.subarray(0, 17), ...ofA.subarray(17)]);
		expect(blobKeyId(renamed)).toBe(KEY_B);
		expect(await decryptBlob(sameMaterial, renamed)).toBeUndefined();
	});

	test('does not open when any one byte is changed, and never throws', async () => {
		const blob = await encryptBlob(key, KEY_A, PLAINTEXT);
		const opened = await Promise.all(
			Array.from(blob, (byte, index) => decryptBlob(key, blob.with(index, byte ^ 1)))
		);
		expect(opened).toEqual(Array.from(blob, () => undefined));
	});

	test.each([
		['nothing', ''],
		['another version', `02${'00'.repeat(44)}`],
		['44 bytes', `01${'00'.repeat(43)}`]
	])('is not seen in %s', async (_, hex) => {
		const bytes = hexToBytes(hex) ?? new Uint8Array();
		expect(blobKeyId(bytes)).toBeUndefined();
		expect(await decryptBlob(key, bytes)).toBeUndefined();
	});
});
