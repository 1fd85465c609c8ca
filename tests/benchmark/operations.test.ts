/**
 * What the service adds to the raw work, as ratios of medians in one run. Ours and the yardstick take turns, so that a
 * busy machine slows both. A ratio above its limit is printed, not failed: this is a measurement.
 */
import { wrap } from 'comlink';
import { expect, test } from 'vitest';
import { kms } from '$lib/client/kms';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	value
} from '../support/sandbox';
import type { Yardstick } from './yardstick.worker';

type Call = () => Promise<unknown>;
const WARM_UP = 20;

const median = (times: number[]): number =>
	[...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

async function timed(call: Call): Promise<number> {
	const start = performance.now();
	await call();
	return performance.now() - start;
}

async function report(
	name: string,
	limit: number,
	rounds: number,
	ours: Call,
	raw: Call,
	settle: Call = () => Promise.resolve()
): Promise<void> {
	const times: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
	for (let round = -Math.min(WARM_UP, rounds); round < rounds; round++) {
		const [one, other] = [await timed(raw), await timed(ours)];
		await settle();
		if (round < 0) continue;
		times.raw.push(one);
		times.ours.push(other);
	}
	const [a, b] = [median(times.ours), median(times.raw)];
	const ratio = a / b;
	console.log(
		`${name.padEnd(34)} ${a.toFixed(2)} ms / ${b.toFixed(2)} ms = ${ratio.toFixed(3)} (limit ${String(limit)})${ratio > limit ? ' OVER' : ''}`
	);
	expect(ratio).toBeGreaterThan(0);
}

const generateKey = () =>
	crypto.subtle.generateKey(
		{
			name: 'RSA-OAEP',
			hash: 'SHA-256',
			modulusLength: 2048,
			publicExponent: new Uint8Array([1, 0, 1])
		},
		true,
		['encrypt', 'decrypt']
	);

test('the service beside the raw work', { timeout: 180_000 }, async () => {
	const url = new URL('./yardstick.worker.ts', import.meta.url);
	const yardstick = wrap<Yardstick>(new Worker(url, { type: 'module' }));
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	value(await importMaterial(kms, keyId, material.slice()));
	const { publicKey, importToken } = await getParameters(kms, keyId);
	const encryptedKeyMaterial = await wrapKeyMaterial('RSAES_OAEP_SHA_256', publicKey, material);
	const plainText = new Uint8Array(100);
	const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
	// Generations of one renderer take turns: when these are done, so is the pool.
	const poolIsFull = async () => {
		for (let count = 0; count < 4; count++) await generateKey();
	};
	await poolIsFull();

	await report(
		'GetParametersForImport, warm pool',
		0.1,
		20,
		() => getParameters(kms, keyId),
		generateKey,
		poolIsFull
	);
	await report(
		'ImportKeyMaterial',
		1.5,
		300,
		async () => value(await kms.importKeyMaterial({ keyId, encryptedKeyMaterial, importToken })),
		() => yardstick.import()
	);
	await report(
		'Encrypt',
		1.5,
		300,
		() => kms.encrypt({ keyId, plainText }),
		() => yardstick.encrypt()
	);
	await report(
		'Decrypt',
		1.5,
		300,
		() => kms.decrypt({ cipherTextBlob }),
		() => yardstick.decrypt()
	);
});
