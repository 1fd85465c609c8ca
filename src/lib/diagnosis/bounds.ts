/** The limits of one diagnosis, and whether it was stopped. */
import type { EpochMs } from '../domain/time';
import type { Diagnosis, Finding } from './diagnosis';

/** The slow operations: a private key with one reading of a file, a ciphertext blob decrypted with one key and context. */
const MOST = {
	/** Five readings for each of thirty key pairs. */
	privateKey: 150,
	blob: 5000
} as const;
type Attempt = keyof typeof MOST;

/** A slow device makes fewer operations in this time. */
const LONGEST_MS = 5000;

/** Thrown between two operations. */
class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

export interface Bounds {
	/**
	 * Asked before each operation.
	 *
	 * @returns whether it may be made
	 * @throws {StoppedError}
	 */
	mayTry(attempt: Attempt): boolean;
	/** Whether an operation was left out. */
	isSpent(): boolean;
}

/**
 * @param work any message from its other end means stop. It arrives while the database is read, which happens between the
 * operations with one key and those with the next
 */
export function startBounds(nowMs: () => EpochMs, work?: MessagePort): Bounds {
	const endMs = nowMs() + LONGEST_MS;
	const made: Record<Attempt, number> = { privateKey: 0, blob: 0 };
	let isStopped = false;
	let isSpent = false;
	if (work)
		work.onmessage = () => {
			isStopped = true;
		};
	return {
		mayTry(attempt) {
			if (isStopped) throw new StoppedError('stopped');
			isSpent ||= made[attempt] >= MOST[attempt] || nowMs() > endMs;
			if (!isSpent) made[attempt]++;
			return !isSpent;
		},
		isSpent: () => isSpent
	};
}

/** The checks are known without a search. */
export async function unlessStopped(
	checks: Diagnosis['checks'],
	findings: Promise<readonly Finding[]>
): Promise<Diagnosis> {
	try {
		return { checks, findings: await findings };
	} catch (error) {
		if (error instanceof StoppedError) return { checks, findings: [], isStopped: true };
		throw error;
	}
}
