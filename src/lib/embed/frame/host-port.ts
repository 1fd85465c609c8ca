/** What the host hears and may ask. What it sends is read like anything that a stranger wrote. */
import type { EventDetails, EventName, FromEmbed, Methods, ToEmbed } from '../protocol';
import { readToEmbed } from '../protocol';
import type { HostLink } from './globals';

/** A host that calls more often is answered with a refusal. */
const MOST_CALLS = 20;
const IN_MS = 1000;

export type Handlers = {
	readonly [Name in keyof Methods]: (
		...args: Parameters<Methods[Name]>
	) => Outcome | Promise<Outcome>;
};

export type Outcome =
	{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string };

export class HostPort {
	readonly #link: HostLink;
	#lastN = -1;
	#calledAtMs: number[] = [];

	constructor(link: HostLink) {
		this.#link = link;
	}

	emit<Name extends EventName>(type: Name, details: EventDetails[Name]): void {
		this.#link.send({ type, ...details } as unknown as FromEmbed);
	}

	/** @param nowMs any clock that does not go back, in milliseconds */
	answer(handlers: Handlers, nowMs: () => number = () => performance.now()): void {
		this.#link.listen((message) => {
			// counted before it is read: reading costs more than refusing
			if (this.#isTooMuch(nowMs())) {
				this.#refuse(message);
				return;
			}
			const call = readToEmbed(message);
			if (call?.type === 'call') void this.#call(call, handlers);
		});
	}

	async #call(call: Extract<ToEmbed, { type: 'call' }>, handlers: Handlers): Promise<void> {
		const { n, method, args } = call;
		if (n <= this.#lastN) return;
		this.#lastN = n;
		const handle = handlers[method] as (...given: unknown[]) => Outcome | Promise<Outcome>;
		try {
			this.#link.send({ type: 'answer', n, ...(await handle(...args)) });
		} catch (error) {
			this.#link.send({ type: 'answer', n, ok: false, code: 'Failed' });
			throw error;
		}
	}

	/** Nothing of it is looked at but the number that the answer needs. */
	#refuse(message: unknown): void {
		const n = (message as { readonly n?: unknown } | null)?.n;
		// one that was used already is of a call that has its own answer
		if (Number.isSafeInteger(n) && Number(n) > this.#lastN)
			this.#link.send({ type: 'answer', n: Number(n), ok: false, code: 'TooMany' });
	}

	#isTooMuch(nowMs: number): boolean {
		this.#calledAtMs = this.#calledAtMs.filter((ms) => nowMs - ms < IN_MS);
		if (this.#calledAtMs.length >= MOST_CALLS) return true;
		this.#calledAtMs.push(nowMs);
		return false;
	}
}
