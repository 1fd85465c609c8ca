import { unwrapKeyMaterial, wrapKeyMaterial } from '$lib/crypto/wrap';
import { generateWrappingKeyPair, type WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import {
	LONGEST_PLAINTEXT_BYTES,
	WRAPPED_BYTES,
	WRAPPING_ALGORITHMS
} from '$lib/domain/algorithms';
import { bytesToHex } from '$lib/domain/bytes';
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 10, long: 100 });

let pair: WrappingKeyPair;
beforeAll(async () => {
	pair = await generateWrappingKeyPair();
});

describe.each(WRAPPING_ALGORITHMS)('%s', (algorithm) => {
	test('unwrapping undoes wrapping for any plaintext up to the longest', async () => {
		for (let run = 0; run < RUNS; run++) {
			const plaintext = randomBytes(randomInt(LONGEST_PLAINTEXT_BYTES[algorithm] + 1));
			const wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, plaintext);
			const opened = await unwrapKeyMaterial(algorithm, pair.privateKey, wrapped);
			expect(opened, `of ${bytesToHex(plaintext)}`).toEqual(plaintext);
		}
	});

	test('a ciphertext without its leading zero byte is too short, though its number is right', async () => {
		let wrapped;
		do wrapped = await wrapKeyMaterial(algorithm, pair.publicKey, randomBytes(32));
		while (wrapped[0] !== 0);
		expect(await unwrapKeyMaterial(algorithm, pair.privateKey, wrapped)).toHaveLength(32);
		expect(await unwrapKeyMaterial(algorithm, pair.privateKey, wrapped.slice(1))).toBeUndefined();
	});

	test('noise of any length is answered, never thrown at', async () => {
		for (let run = 0; run < RUNS; run++) {
			const noise = randomBytes(randomInt(2 * WRAPPED_BYTES));
			const opened = await unwrapKeyMaterial(algorithm, pair.privateKey, noise);
			// PKCS#1 v1.5 has no checksum: now and then noise of the right length looks like a message.
			const isPossible = opened === undefined || noise.length === WRAPPED_BYTES;
			expect(isPossible, `of ${bytesToHex(noise)}`).toBe(true);
		}
	});

	test('noise of the right length is answered, never thrown at', async () => {
		for (let run = 0; run < RUNS; run++) {
			const noise = randomBytes(WRAPPED_BYTES);
			const opened = await unwrapKeyMaterial(algorithm, pair.privateKey, noise);
			const longest = LONGEST_PLAINTEXT_BYTES[algorithm];
			expect(opened?.length ?? 0, `of ${bytesToHex(noise)}`).toBeLessThanOrEqual(longest);
		}
	});
});

function randomBytes(length: number) {
	return crypto.getRandomValues(new Uint8Array(length));
}
