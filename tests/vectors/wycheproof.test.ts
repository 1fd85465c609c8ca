/**
 * Project Wycheproof (https://github.com/C2SP/wycheproof, folder testvectors_v1, Apache-2.0). Set VECTORS_DIR to the
 * folder that holds `wycheproof/`.
 */
import { decryptOaep } from '$lib/crypto/rsaes-oaep';
import { decryptPkcs1v15 } from '$lib/crypto/rsaes-pkcs1-v15';
import { bytesToBase64, bytesToHex, hexToBytes, type Bytes } from '$lib/domain/bytes';
import { expect, inject, test } from 'vitest';

interface Vector {
	readonly tcId: number;
	readonly comment: string;
	readonly msg: string;
	readonly ct: string;
	readonly label?: string;
	readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface VectorFile {
	readonly numberOfTests: number;
	readonly testGroups: readonly {
		readonly privateKeyJwk?: JsonWebKey;
		readonly privateKey: Readonly<Record<string, string>>;
		readonly tests: readonly Vector[];
	}[];
}

type Decrypt = (
	privateKey: JsonWebKey,
	ciphertext: Bytes,
	label: Bytes
) => Promise<Bytes | undefined>;

const oaepSha1: Decrypt = (key, ciphertext, label) => decryptOaep(key, 'SHA-1', ciphertext, label);
const oaepSha256: Decrypt = (key, ciphertext, label) =>
	decryptOaep(key, 'SHA-256', ciphertext, label);
const pkcs1: Decrypt = (key, ciphertext) => decryptPkcs1v15(key, ciphertext);

const wycheproof = inject('wycheproof');
if (!wycheproof) console.warn('SKIPPED: no Wycheproof vectors; set VECTORS_DIR to their folder');

const OPENS: readonly (readonly [string, Decrypt])[] = [
	['rsa_oaep_2048_sha1_mgf1sha1_test.json', oaepSha1],
	['rsa_oaep_2048_sha256_mgf1sha256_test.json', oaepSha256],
	['rsa_pkcs1_2048_test.json', pkcs1]
];

for (const [name, decrypt] of OPENS) {
	const file = vectorFile(name);
	test.skipIf(!file)(`${String(file?.numberOfTests ?? 'no')} vectors of ${name}`, async () => {
		const outcomes = await decryptAll(file, decrypt);
		expect(outcomes).toHaveLength(file?.numberOfTests ?? 0);
		expect(outcomes.filter(({ seen, expected }) => seen !== expected)).toEqual([]);
	});
}

// `openssl … rsa_oaep_md:sha256 rsa_mgf1_md:sha1` is such a file: the service must not open it.
const MIXED = 'rsa_oaep_2048_sha256_mgf1sha1_test.json';
const mixed = vectorFile(MIXED);
test.skipIf(!mixed)(`no vector of ${MIXED} opens, because MGF1 has another hash`, async () => {
	const outcomes = await decryptAll(mixed, oaepSha256);
	expect(outcomes).toHaveLength(mixed?.numberOfTests ?? 0);
	expect(outcomes.filter(({ seen }) => seen !== 'refused')).toEqual([]);
});

async function decryptAll(file: VectorFile | undefined, decrypt: Decrypt) {
	const cases = (file?.testGroups ?? []).flatMap((group) =>
		group.tests.map((vector) => ({ vector, key: group.privateKeyJwk ?? toJwk(group.privateKey) }))
	);
	return Promise.all(
		cases.map(async ({ vector, key }) => ({
			vector: `${String(vector.tcId)} ${vector.comment}`,
			expected: vector.result === 'valid' ? vector.msg : 'refused',
			seen: await decrypt(key, fromHex(vector.ct), fromHex(vector.label ?? '')).then(
				(opened) => (opened ? bytesToHex(opened) : 'refused'),
				(error: unknown) => `threw ${String(error)}`
			)
		}))
	);
}

function vectorFile(name: string): VectorFile | undefined {
	return wycheproof?.[name] as VectorFile | undefined;
}

function toJwk(numbers: Readonly<Record<string, string>>): JsonWebKey {
	const number = (name: string) =>
		bytesToBase64(fromHex((numbers[name] ?? '').replace(/^(?:00)+/, '')))
			.replaceAll('+', '-')
			.replaceAll('/', '_')
			.replaceAll('=', '');
	return {
		kty: 'RSA',
		n: number('modulus'),
		e: number('publicExponent'),
		d: number('privateExponent'),
		p: number('prime1'),
		q: number('prime2'),
		dp: number('exponent1'),
		dq: number('exponent2'),
		qi: number('coefficient')
	};
}

function fromHex(text: string): Bytes {
	const bytes = hexToBytes(text);
	if (!bytes) throw new Error(`not hexadecimal: ${text}`);
	return bytes;
}
