/** A sandbox whose keys, tokens and key material follow from a seed, so that what fails once fails again. */
import { vi } from 'vitest';
import type { WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import type { Bytes } from '$lib/domain/bytes';
import { createSeeded } from '$lib/scenario/seeded';
import { startCall, type Call } from './diagnosed-import';
import { getParameters, startSandbox, type Sandbox } from './sandbox';

export interface SeededSandbox {
	readonly sandbox: Sandbox;
	/** Imported first, so that the CMK takes no other key material. */
	readonly material: Bytes;
	/** With the first key pair. */
	readonly call: Call;
	/** A call of the same CMK, with the second key pair. */
	readonly otherCall: Pick<Call, 'publicKey'>;
}

/** @param pairs of the two calls */
export async function startSeededSandbox(
	seed: number,
	[pair, otherPair]: readonly [WrappingKeyPair, WrappingKeyPair]
): Promise<SeededSandbox> {
	const random = createSeeded(seed, 'sandbox');
	const material = random.randomBytes(32);
	// the import of the first key material is a call too
	const pairs = [otherPair, pair, otherPair];
	const take = () => Promise.resolve(pairs.shift() ?? otherPair);
	const values = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
		const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
		bytes.set(random.randomBytes(bytes.length));
		return array;
	});
	try {
		const sandbox = await startSandbox(undefined, { keyPairs: { take }, newId: random.newId });
		const call = await startCall(sandbox, { first: material });
		const otherCall = await getParameters(sandbox.kms, call.keyId);
		return { sandbox, material, call, otherCall };
	} finally {
		values.mockRestore();
	}
}
