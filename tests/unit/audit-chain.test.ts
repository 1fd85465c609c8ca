/** The chain of the audit log, made and followed with the hash that the service uses. */
import { describe, expect, test } from 'vitest';
import { sha256HexNow } from '$lib/crypto/sha256';
import {
	canonicalJson,
	CHAIN_START,
	chainHash,
	firstBrokenLink as follow
} from '$lib/domain/audit-chain';
import type { AuditEvent } from '$lib/domain/events';

const firstBrokenLink = (events: readonly AuditEvent[]) => follow(events, sha256HexNow);

type Unchained = Omit<AuditEvent, 'hash'>;

function event(sequence: number, change: Partial<Unchained> = {}): Unchained {
	return {
		sequence,
		atMs: 1_700_000_000_000 + sequence,
		operation: 'Encrypt',
		keyId: '1a2b3c4d-0000-4000-8000-000000000000',
		actor: 'trainee',
		requestId: `request ${String(sequence)}`,
		code: 'SUCCESS',
		request: { keyId: '1a2b', plainText: { bytes: 12 }, encryptionContext: '财务' },
		response: { keyId: '1a2b' },
		...change
	};
}

function chained(events: readonly Unchained[]): AuditEvent[] {
	let previous = CHAIN_START;
	return events.map((one) => {
		const hash = chainHash(previous, one, sha256HexNow);
		previous = hash;
		return { ...one, hash };
	});
}

const log = chained([1, 2, 3, 4, 5].map((sequence) => event(sequence)));

function at(index: number): AuditEvent {
	const found = log[index];
	if (!found) throw new RangeError(`no event at ${String(index)}`);
	return found;
}

describe('a whole chain', () => {
	test('has no broken link, and neither has none at all', () => {
		expect(firstBrokenLink(log)).toBeUndefined();
		expect(firstBrokenLink([])).toBeUndefined();
	});

	test('stays whole in whatever order the members of its objects are read', () => {
		const turned = log.map((one) => {
			const members = Object.entries(one).reverse();
			return {
				...Object.fromEntries(members),
				request: Object.fromEntries(Object.entries(one.request).reverse())
			} as unknown as AuditEvent;
		});
		expect(JSON.stringify(turned)).not.toBe(JSON.stringify(log));
		expect(firstBrokenLink(turned)).toBeUndefined();
	});

	test('stays whole through a file of JSON Lines', () => {
		const lines = log.map((one) => JSON.stringify(one));
		expect(firstBrokenLink(lines.map((line) => JSON.parse(line) as AuditEvent))).toBeUndefined();
	});

	test('does not show what was cut off at its end', () => {
		expect(firstBrokenLink(log.slice(0, 3))).toBeUndefined();
	});
});

describe('the first broken link is named', () => {
	const changes: readonly (readonly [string, Partial<AuditEvent>])[] = [
		['the time', { atMs: 1 }],
		['a due time added', { dueAtMs: 1 }],
		['the operation', { operation: 'Decrypt' }],
		['the CMK', { keyId: null }],
		['the actor', { actor: 'sweeper' }],
		['the request ID', { requestId: null }],
		['the code', { code: 'KeyDisabled' }],
		['a field of the request', { request: { keyId: '1a2b' } }],
		['a field of the answer', { response: { keyId: '1a2c' } }],
		['a message added', { message: '' }],
		['the number', { sequence: 7 }],
		['the hash', { hash: CHAIN_START }]
	];
	test.each(changes)('when %s of one event was changed', (_what, change) => {
		expect(firstBrokenLink(log.with(2, { ...at(2), ...change }))).toBe(3);
	});

	test('after a changed event whose own hash was made to fit', () => {
		const changed = event(3, { code: 'KeyDisabled' });
		const hash = chainHash(at(1).hash, changed, sha256HexNow);
		expect(firstBrokenLink(log.with(2, { ...changed, hash }))).toBe(4);
	});

	test.each([0, 1, 3])('when the event at %i is missing', (index) => {
		expect(firstBrokenLink(log.toSpliced(index, 1))).toBe(index + 1);
	});

	test('when a missing event was covered up by new numbers', () => {
		const renumbered = log.toSpliced(1, 1).map((one, index) => ({ ...one, sequence: index + 1 }));
		expect(firstBrokenLink(renumbered)).toBe(2);
	});

	test('when the log begins at another number, and every hash was made to fit', () => {
		expect(firstBrokenLink(chained([event(2), event(3)]))).toBe(1);
		expect(firstBrokenLink(chained([event(1), event(3)]))).toBe(2);
	});

	test('when two events changed places', () => {
		expect(firstBrokenLink(log.with(1, at(3)).with(3, at(1)))).toBe(2);
	});

	test('when an event stands there twice', () => {
		expect(firstBrokenLink(log.toSpliced(3, 0, at(2)))).toBe(4);
	});
});

describe('the text that is hashed', () => {
	test('is the same for equal values, and leaves out what is undefined', () => {
		expect(canonicalJson({ b: [1, null, { d: 'x', c: true }], a: undefined })).toBe(
			'{"b":[1,null,{"c":true,"d":"x"}]}'
		);
	});

	test('is ASCII: the hash is the one that any other program computes', () => {
		const texts: Uint8Array[] = [];
		chainHash(CHAIN_START, event(1), (bytes) => {
			texts.push(bytes);
			return '';
		});
		const [text = new Uint8Array()] = texts;
		expect(Math.max(...text)).toBeLessThan(128);
		expect(JSON.parse(new TextDecoder().decode(text))).toEqual([CHAIN_START, event(1)]);
	});

	test('gives the hash that was worked out with sha256sum', () => {
		const first = { ...event(1), request: {}, requestId: 'r' };
		expect(chainHash(CHAIN_START, first, sha256HexNow)).toBe(
			'4d35d55fa62bb1c743a0ec251ba08cfad603733181201f508389f3f80f20cc24'
		);
	});
});
