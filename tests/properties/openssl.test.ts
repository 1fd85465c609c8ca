/** What we wrap, OpenSSL unwraps, and the other way round: with its command line and with Node's library. */
import { unwrapKeyMaterial, wrapKeyMaterial } from '$lib/crypto/wrap';
import { generateWrappingKeyPair, type WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { readPublicKeyFile } from '$lib/customer/wrap';
import {
	LONGEST_PLAINTEXT_BYTES,
	WRAPPING_ALGORITHMS,
	type WrappingAlgorithm
} from '$lib/domain/algorithms';
import type { Bytes } from '$lib/domain/bytes';
import { execFileSync } from 'node:child_process';
import {
	constants,
	createPrivateKey,
	createPublicKey,
	privateDecrypt,
	publicEncrypt,
	randomInt
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 5, long: 50 });
const OAEP = ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt'];

const COMMAND_OPTIONS: Readonly<Record<WrappingAlgorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: [...OAEP, 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: [...OAEP, 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['-pkeyopt', 'rsa_padding_mode:pkcs1']
};

const LIBRARY_OPTIONS = {
	RSAES_OAEP_SHA_256: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
	RSAES_OAEP_SHA_1: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
	RSAES_PKCS1_V1_5: { padding: constants.RSA_PKCS1_PADDING }
} satisfies Record<WrappingAlgorithm, object>;

const version = opensslVersion();
if (version === undefined) console.warn('SKIPPED: no openssl command on this machine');

const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
const at = (name: string) => join(folder, name);
let pair: WrappingKeyPair;

beforeAll(async () => {
	pair = await generateWrappingKeyPair();
	const privateKey = createPrivateKey({ format: 'jwk', key: { ...pair.privateKey } });
	writeFileSync(at('public.der'), pair.publicKey);
	writeFileSync(at('private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
});

afterAll(() => {
	rmSync(folder, { recursive: true });
});

describe.each(WRAPPING_ALGORITHMS)('%s', (algorithm) => {
	const randomPlaintext = () =>
		crypto.getRandomValues(new Uint8Array(randomInt(1, LONGEST_PLAINTEXT_BYTES[algorithm] + 1)));

	test.skipIf(!version)('what the openssl command wraps, we unwrap', async () => {
		for (let run = 0; run < RUNS; run++) {
			const plaintext = randomPlaintext();
			writeFileSync(at('plain'), plaintext);
			const key = ['-pubin', '-keyform', 'DER', '-inkey', at('public.der')];
			openssl(
				'pkeyutl',
				'-encrypt',
				...key,
				...COMMAND_OPTIONS[algorithm],
				...files('plain', 'wrapped')
			);
			expect(await unwrapKeyMaterial(algorithm, pair.privateKey, read('wrapped'))).toEqual(
				plaintext
			);
		}
	});

	test.skipIf(!version)('what we wrap, the openssl command unwraps', async () => {
		for (let run = 0; run < RUNS; run++) {
			const plaintext = randomPlaintext();
			writeFileSync(at('wrapped'), await wrapKeyMaterial(algorithm, pair.publicKey, plaintext));
			const key = ['-inkey', at('private.pem')];
			openssl(
				'pkeyutl',
				'-decrypt',
				...key,
				...COMMAND_OPTIONS[algorithm],
				...files('wrapped', 'plain')
			);
			expect(read('plain')).toEqual(plaintext);
		}
	});

	test("what Node's library wraps, we unwrap", async () => {
		const key = createPublicKey({ key: Buffer.from(pair.publicKey), format: 'der', type: 'spki' });
		for (let run = 0; run < RUNS; run++) {
			const plaintext = randomPlaintext();
			const wrapped = publicEncrypt({ key, ...LIBRARY_OPTIONS[algorithm] }, plaintext);
			const opened = await unwrapKeyMaterial(algorithm, pair.privateKey, new Uint8Array(wrapped));
			expect(opened).toEqual(plaintext);
		}
	});
});

// Some versions of Node's library refuse to open PKCS#1 v1.5; the command above does.
test.each(['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'] as const)(
	"what we wrap with %s, Node's library unwraps",
	async (algorithm) => {
		const key = createPrivateKey({ format: 'jwk', key: { ...pair.privateKey } });
		const plaintext = crypto.getRandomValues(new Uint8Array(32));
		const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, plaintext);
		const opened = privateDecrypt({ key, ...LIBRARY_OPTIONS[algorithm] }, wrapped);
		expect(new Uint8Array(opened)).toEqual(plaintext);
	}
);

test.skipIf(!version)('a public key file that openssl has written is read', () => {
	openssl('pkey', '-pubin', '-inform', 'DER', ...files('public.der', 'public.pem'));
	openssl('enc', '-base64', ...files('public.der', 'public.b64'));
	openssl('enc', '-base64', '-A', ...files('public.der', 'public.line'));
	for (const name of ['public.der', 'public.pem', 'public.b64', 'public.line'])
		expect(readPublicKeyFile(read(name)), name).toEqual(pair.publicKey);
});

test.skipIf(!version)('a public key file of another kind is not read', () => {
	const key = ['-pubout', '-outform', 'DER', '-out', at('other.der')];
	openssl(
		'genpkey',
		'-quiet',
		'-algorithm',
		'RSA',
		'-pkeyopt',
		'rsa_keygen_bits:1024',
		'-out',
		at('rsa1024')
	);
	openssl('genpkey', '-quiet', '-algorithm', 'ED25519', '-out', at('ed25519'));
	for (const name of ['rsa1024', 'ed25519']) {
		openssl('pkey', '-in', at(name), ...key);
		expect(readPublicKeyFile(read('other.der')), name).toBeUndefined();
		expect(readPublicKeyFile(read(name)), `private ${name}`).toBeUndefined();
	}
});

function files(from: string, to: string): string[] {
	return ['-in', at(from), '-out', at(to)];
}

function read(name: string): Bytes {
	return new Uint8Array(readFileSync(at(name)));
}

function openssl(...args: readonly string[]): void {
	execFileSync('openssl', args, { stdio: 'pipe' });
}

function opensslVersion(): string | undefined {
	try {
		return execFileSync('openssl', ['version'], { encoding: 'utf8' });
	} catch {
		return undefined;
	}
}
