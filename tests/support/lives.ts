/** Runs random lives of keys against the model. */
import fc from 'fast-check';
import { generateWrappingKeyPair, type WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { startSandbox, START_MS } from './sandbox';
import { anyLife, Life, type Machine } from './steps';

/** A few pairs over and over: making one takes longer than a whole life. */
export async function fewKeyPairs() {
	const pairs = await Promise.all([1, 2, 3].map(generateWrappingKeyPair));
	let taken = 0;
	let last: WrappingKeyPair | undefined;
	return {
		take: () => {
			last = pairs[taken++ % pairs.length];
			if (!last) throw new Error('no key pair');
			return Promise.resolve(last);
		},
		last: () => {
			if (!last) throw new Error('no key pair was taken yet');
			return last;
		}
	};
}

export type KeyPairs = Awaited<ReturnType<typeof fewKeyPairs>>;

function failWrite(machine: Machine): Error | undefined {
	if (machine.room-- > 0) return undefined;
	machine.refused = true;
	return new DOMException('no room left', 'QuotaExceededError');
}

/** @throws with the shortest life found in which the service and the model differ */
export async function checkLives(lives: number, seed?: number): Promise<void> {
	const keyPairs = await fewKeyPairs();
	let count = 0;
	await fc.assert(
		fc.asyncProperty(anyLife, async (steps) => {
			const name = `life-${String(Date.now())}-${String(count++)}`;
			const machine: Machine = { systemMs: START_MS, room: Infinity, refused: false };
			const open = () =>
				startSandbox(name, {
					keyPairs,
					systemNowMs: () => machine.systemMs,
					failWrite: () => failWrite(machine)
				});
			const sandbox = await open();
			const life = new Life(sandbox, START_MS, machine, open, keyPairs.last);
			try {
				for (const [index, step] of steps.entries()) {
					const differences = await life.take(step);
					if (differences.length > 0)
						throw new Error(`step ${String(index + 1)}: ${differences.join('; ')}`);
				}
				const differences = await life.end();
				if (differences.length > 0) throw new Error(differences.join('; '));
			} finally {
				await life.remove();
			}
		}),
		{ numRuns: lives, ...(seed !== undefined && { seed }) }
	);
}
