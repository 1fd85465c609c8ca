/** Files that OpenSSL, Java, Python, Go and Node padded in other ways than the procedure asks for. */
import { expect, test } from 'vitest';
import { openWithEveryPadding, type Padding } from '$lib/crypto/every-padding';
import { materialCandidates } from '$lib/recognition/repairs';
import { readCase, TEST_KEY, THE_CASES, type Case } from '../support/field-cases';

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
			return {
				scheme: 'RSAES_OAEP',
				digest: digest as never,
				maskDigest: mgf1Digest as never,
				isLabelled: label !== ''
			};
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
		expect(candidates.map(({ bytes }) => bytes)).toContainEqual(MATERIAL);
	}
);
