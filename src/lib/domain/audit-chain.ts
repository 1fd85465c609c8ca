/**
 * The hash chain of the audit log: each event's hash covers the event and the hash before it, so that a changed, a
 * missing or a moved event shows. Whoever can write the whole log can also rewrite the whole chain: it proves that the
 * log is of one piece, not who wrote it.
 */
import { asciiToBytes, type Bytes } from './bytes';
import type { AuditEvent } from './events';

/** Before the first event. */
export const CHAIN_START = '0'.repeat(64);

export type Sha256Hex = (bytes: Bytes) => string;

/** @returns 64 hexadecimal digits */
export function chainHash(
	previousHash: string,
	event: Omit<AuditEvent, 'hash'>,
	sha256Hex: Sha256Hex
): string {
	return sha256Hex(asciiToBytes(escaped(canonicalJson([previousHash, event]))));
}

/**
 * @param events from the first one on, in their order
 * @returns the sequence number that the first event which does not follow from the one before it should have, or
 * undefined when the chain is whole
 */
export function firstBrokenLink(
	events: readonly AuditEvent[],
	sha256Hex: Sha256Hex
): number | undefined {
	let previous = CHAIN_START;
	for (const [index, { hash, ...event }] of events.entries()) {
		const isNext = event.sequence === index + 1;
		if (!isNext || hash !== chainHash(previous, event, sha256Hex)) return index + 1;
		previous = hash;
	}
	return undefined;
}

/** JSON with the names of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join()}}`;
}

/** ASCII, because that is the same bytes everywhere. */
function escaped(json: string): string {
	return json.replace(
		/[^ -~]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}
