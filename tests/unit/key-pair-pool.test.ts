import { expect, test } from 'vitest';
import { createKeyPairPool } from '$lib/engine/key-pair-pool';
import type { WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';

/** Generations that the test finishes by hand, in order. */
function byHand() {
	const started: { finish: () => void; fail: () => void }[] = [];
	const generate = () =>
		new Promise<WrappingKeyPair>((resolve, reject) => {
			const pair = { publicKey: new Uint8Array([started.length]), privateKey: {} };
			started.push({
				finish: () => {
					resolve(pair);
				},
				fail: () => {
					reject(new Error('no entropy'));
				}
			});
		});
	return { started, generate };
}

const atOnce = (refill: () => void) => {
	refill();
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('pairs are made ahead, one at a time, up to the size of the pool', async () => {
	const { started, generate } = byHand();
	createKeyPairPool(generate, 2, atOnce);
	for (const expected of [1, 2, 2]) {
		await settled();
		expect(started).toHaveLength(expected);
		started.at(-1)?.finish();
	}
});

test('no pair is handed out twice, and a taken pair is replaced', async () => {
	const { started, generate } = byHand();
	const pool = createKeyPairPool(generate, 2, atOnce);
	const taken = [pool.take(), pool.take(), pool.take()];
	for (let index = 0; index < 5; index++) {
		await settled();
		started[index]?.finish();
	}
	const numbers = (await Promise.all(taken)).map(({ publicKey }) => publicKey[0]);
	expect(numbers).toEqual([0, 1, 2]);
	expect(started).toHaveLength(5);
});

test('a failed generation is reported to its caller, and the next one works', async () => {
	const { started, generate } = byHand();
	const pool = createKeyPairPool(generate, 1, atOnce);
	const first = pool.take();
	await settled();
	started[0]?.fail();
	await expect(first).rejects.toThrow('no entropy');
	const second = pool.take();
	await settled();
	started[1]?.finish();
	expect((await second).publicKey).toEqual(new Uint8Array([1]));
});

test('a taken pair is replaced only when the pool is told to', async () => {
	const { started, generate } = byHand();
	const refills: (() => void)[] = [];
	const pool = createKeyPairPool(generate, 1, (refill) => refills.push(refill));
	await settled();
	started[0]?.finish();
	await pool.take();
	await settled();
	expect(started).toHaveLength(1);
	refills[0]?.();
	await settled();
	expect(started).toHaveLength(2);
});
