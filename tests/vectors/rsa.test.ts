/** Published vectors for RSA: Project Wycheproof, RSA Laboratories, and every pair of digests of OAEP. */
import { openWithEveryPadding } from '$lib/crypto/every-padding';
import { decryptOaep } from '$lib/crypto/rsaes-oaep';
import { decryptPkcs1v15 } from '$lib/crypto/rsaes-pkcs1-v15';
import { bytesToHex, type Bytes } from '$lib/domain/bytes';
import { describe, expect, test } from 'vitest';
import { fromHex, titleOf, rsaVectors, type RsaVector } from './read';

type Decrypt = (
	privateKey: JsonWebKey,
	ciphertext: Bytes,
	label: Bytes
) => Promise<Bytes | undefined>;

const oaepSha1: Decrypt = (key, ciphertext, label) => decryptOaep(key, 'SHA-1', ciphertext, label);
const oaepSha256: Decrypt = (key, ciphertext, label) =>
	decryptOaep(key, 'SHA-256', ciphertext, label);
const pkcs1: Decrypt = (key, ciphertext) => decryptPkcs1v15(key, ciphertext);

test.each([
	['wycheproof-oaep-sha1-mgf1sha1.json', oaepSha1, 36],
	['wycheproof-oaep-sha256-mgf1sha256.json', oaepSha256, 37],
	['wycheproof-pkcs1.json', pkcs1, 67],
	['rsa-laboratories-oaep.json', oaepSha1, 6],
	['rsa-laboratories-pkcs1.json', pkcs1, 20]
])('every vector of %s decrypts to its message or is refused', async (name, decrypt, count) => {
	const outcomes = await decryptAll(rsaVectors(name), decrypt);
	expect(outcomes).toHaveLength(count);
	expect(outcomes.filter(({ seen, expected }) => seen !== expected)).toEqual([]);
});

// `openssl … rsa_oaep_md:sha256 rsa_mgf1_md:sha1` is such a file: the service must refuse it.
test('where MGF1 has another digest, the service refuses every vector', async () => {
	const outcomes = await decryptAll(rsaVectors('wycheproof-oaep-sha256-mgf1sha1.json'), oaepSha256);
	expect(outcomes).toHaveLength(31);
	expect(outcomes.filter(({ seen }) => seen !== 'refused')).toEqual([]);
});

describe('each pair of a digest and a digest of MGF1', () => {
	const vectors = rsaVectors('oaep-digest-pairs.json');
	const DECRYPTED = 'SHA-256 SHA-256';
	const pairOf = ({ hash = '', mgf1 = '' }: RsaVector) => `${hash} ${mgf1}`;

	test('the service decrypts those of its own algorithm and refuses the others', async () => {
		expect(new Set(vectors.map(pairOf)).size).toBe(24);
		for (const decrypt of [oaepSha1, oaepSha256]) {
			const outcomes = await decryptAll(vectors, decrypt);
			const right = outcomes.filter(({ seen }) => seen !== 'refused');
			const own = decrypt === oaepSha256 ? outcomes.filter(({ pair }) => pair === DECRYPTED) : [];
			expect(right).toEqual(own);
			expect(own.filter(({ seen, expected }) => seen !== expected)).toEqual([]);
		}
	});

	test('the diagnosis names every pair of digests', () => {
		for (const { privateKey, ct, msg, hash, mgf1 } of vectors) {
			const found = openWithEveryPadding(privateKey, fromHex(ct));
			const padding = { scheme: 'RSAES_OAEP', digest: hash, maskDigest: mgf1 };
			expect({ ...found, plaintext: found && bytesToHex(found.plaintext) }).toEqual({
				padding,
				plaintext: msg
			});
		}
	});
});

async function decryptAll(vectors: readonly RsaVector[], decrypt: Decrypt) {
	return Promise.all(
		vectors.map(async (vector) => ({
			vector: titleOf(vector),
			pair: `${vector.hash ?? ''} ${vector.mgf1 ?? ''}`,
			expected: vector.result === 'valid' ? vector.msg : 'refused',
			seen: await decrypt(vector.privateKey, fromHex(vector.ct), fromHex(vector.label ?? '')).then(
				(opened) => (opened ? bytesToHex(opened) : 'refused'),
				(error: unknown) => `threw ${String(error)}`
			)
		}))
	);
}
