/** Files that OpenSSL, Java, Python, Go and Node padded in other ways than the procedure asks for. */
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openWithEveryPadding, type Padding } from '$lib/crypto/every-padding';
import { materialCandidates } from '$lib/recognition/repairs';
import { createSeeded } from '$lib/scenario/seeded';
import { readCase, TEST_KEY, THE_CASES, type Case } from '../support/field-cases';
import { oaepWrapped } from '../support/mistakes';

const MATERIAL = readCase('given/KM.bin');

type Padded = Case & { readonly padding: NonNullable<Case['padding']> };
const PADDED = THE_CASES.filter((one): one is Padded => one.padding !== undefined);

function expected({ scheme, digest, mgf1Digest, label }: Padded['padding']): Partial<Padding> {
	switch (scheme) {
		case 'pkcs1':
			return { scheme: 'RSAES_PKCS1_V1_5' };
		case 'none':
			return { scheme: 'none' };
		case 'oaep':
			return label === ''
				? { scheme: 'RSAES_OAEP', digest: digest as never, maskDigest: mgf1Digest as never }
				: { scheme: 'RSAES_OAEP_OTHER_LABEL', maskDigest: mgf1Digest as never };
	}
}

test('the corpus has more than thirty of them', () => {
	expect(PADDED.length).toBeGreaterThan(30);
});

test.each(PADDED.map((one) => [one.file, one] as const))(
	'%s is opened and its padding named',
	(_, one) => {
		const opened = openWithEveryPadding(TEST_KEY, readCase(one.file));
		expect(opened?.padding).toMatchObject(expected(one.padding));
		const candidates = materialCandidates(opened?.plaintext ?? new Uint8Array());
		expect(Array.from(candidates, ({ bytes }) => bytes.slice())).toContainEqual(MATERIAL);
	}
);

const KEY = createPublicKey({ key: { ...TEST_KEY }, format: 'jwk' });

const SEEDED = createSeeded(1, 'paddings');
const random = (length: number) => new Uint8Array(randomBytes(length));

describe('a plaintext of any length is found', () => {
	test.each([0, 1, 31, 100, 245])('with PKCS #1 v1.5: %d bytes', (length) => {
		const plaintext = random(length);
		const key = { key: KEY, padding: constants.RSA_PKCS1_PADDING };
		const wrapped = new Uint8Array(publicEncrypt(key, plaintext));
		const padding = { scheme: 'RSAES_PKCS1_V1_5' };
		expect(openWithEveryPadding(TEST_KEY, wrapped)).toEqual({ padding, plaintext });
	});

	test.each([0, 1, 31, 100, 190])('with OAEP SHA-256: %d bytes', (length) => {
		const plaintext = random(length);
		const digests = { digest: 'SHA-256', maskDigest: 'SHA-256' } as const;
		const wrapped = oaepWrapped(KEY, plaintext, SEEDED, digests);
		const padding = { scheme: 'RSAES_OAEP', ...digests };
		expect(openWithEveryPadding(TEST_KEY, wrapped)).toEqual({ padding, plaintext });
	});
});

test.each([
	['a label', 'SHA-256', 'kms'],
	['a digest that is not tried', 'sm3', '']
])('%s is not told from the other cause of an unexpected label hash', (_, digest, label) => {
	const plaintext = random(32);
	const wrapped = oaepWrapped(KEY, plaintext, SEEDED, { digest, maskDigest: 'SHA-256' }, label);
	const padding = {
		scheme: 'RSAES_OAEP_OTHER_LABEL',
		maskDigest: 'SHA-256',
		labelHashBytes: 32
	};
	expect(openWithEveryPadding(TEST_KEY, wrapped)).toEqual({ padding, plaintext });
});

test.each([189, 190])(
	'with a label and too few zeros for a structure, %d bytes are not claimed to be OAEP',
	(length) => {
		const digests = { digest: 'SHA-256', maskDigest: 'SHA-256' } as const;
		const wrapped = oaepWrapped(KEY, random(length), SEEDED, digests, 'kms');
		const { padding } = openWithEveryPadding(TEST_KEY, wrapped) ?? {};
		expect(padding?.scheme ?? 'nothing').not.toMatch(/OAEP/);
	}
);
