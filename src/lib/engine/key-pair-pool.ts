/**
 * A few wrapping key pairs made ahead of time, so that import parameters are handed out at once: making an RSA-2048
 * pair takes from 25 to 200 ms. Pairs are used once and never stored from here.
 */
import type { WrappingKeyPair } from '../crypto/wrapping-key-pair';

export interface KeyPairPool {
	/** The oldest ready pair, or the next one to be made. */
	take(): Promise<WrappingKeyPair>;
}

/**
 * Starts filling at once, one pair after the other: a second generation at a time gains nothing, browsers serialise them.
 *
 * @param size how many ready pairs to keep
 * @param whenIdle runs the refill later, so that making a pair takes no time from the call that took one
 */
export function createKeyPairPool(
	generate: () => Promise<WrappingKeyPair>,
	size: number,
	whenIdle: (refill: () => void) => void
): KeyPairPool {
	const pairs: Promise<WrappingKeyPair>[] = [];
	let last: Promise<unknown> = Promise.resolve();

	function order(): Promise<WrappingKeyPair> {
		const pair = last.then(generate);
		// A failed generation is reported to whoever takes it; the next one starts all the same.
		last = pair.catch(() => undefined);
		return pair;
	}

	function fill(): void {
		while (pairs.length < size) pairs.push(order());
	}

	fill();
	return {
		take() {
			const pair = pairs.shift() ?? order();
			whenIdle(fill);
			return pair;
		}
	};
}
