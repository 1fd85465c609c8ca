/** What a browser has stored, read past the product's own code, and whether all of it fits together. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { firstBrokenLink } from '$lib/domain/audit-chain';
import type { AuditEvent } from '$lib/domain/events';
import type { KeyRecord, KeyState } from '$lib/domain/key';

export interface Stored {
	readonly keys: readonly KeyRecord[];
	readonly events: readonly AuditEvent[];
	readonly counters: readonly { readonly state: KeyState; readonly count: number }[];
	readonly materials: readonly { readonly keyId: string }[];
	readonly importParameters: readonly { readonly parametersId: string }[];
	readonly wrappingKeys: readonly { readonly parametersId: string }[];
}

const STORES = ['keys', 'events', 'counters', 'materials', 'importParameters', 'wrappingKeys'];

/** From any page of the origin, also from one that runs no code of the product. */
export function readStored(page: Page): Promise<Stored> {
	return page.evaluate(async (names) => {
		const done = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => {
					resolve(request.result);
				};
				request.onerror = () => {
					reject(request.error ?? new Error('not read'));
				};
			});
		const db = await done(indexedDB.open('kms/main'));
		try {
			const transaction = db.transaction(names);
			const rows = await Promise.all(
				names.map((name) => done(transaction.objectStore(name).getAll()))
			);
			// keys and bytes do not travel, and nobody asks for them
			const plain = JSON.parse(JSON.stringify(rows)) as unknown[][];
			return Object.fromEntries(names.map((name, index) => [name, plain[index]]));
		} finally {
			db.close();
		}
	}, STORES) as Promise<unknown> as Promise<Stored>;
}

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * The log is replayed by rules written down here once more: what it says must be what is recorded, no expiry may be early
 * or come twice, and whatever belongs together must be there together.
 *
 * @returns what does not fit, in words
 */
export function faultsOf(stored: Stored): string[] {
	const { keys, events, counters, materials, importParameters, wrappingKeys } = stored;
	const faults: string[] = [];
	const broken = firstBrokenLink(events, sha256Hex);
	if (broken !== undefined) faults.push(`the chain is broken at ${String(broken)}`);

	const replayed = new Map<string, { state: KeyState; holds: boolean }>();
	for (const { sequence, operation, code, keyId, atMs, dueAtMs = 0, request } of events) {
		if (code !== 'SUCCESS' || keyId === null) continue;
		const key = replayed.get(keyId);
		if (operation === 'CreateCmk') {
			const isExternal = request['origin'] === 1;
			replayed.set(keyId, { state: isExternal ? 'PENDING_IMPORT' : 'ENABLED', holds: !isExternal });
		} else if (!key)
			faults.push(`${String(sequence)}: ${operation} for a CMK that was not created`);
		else if (operation === 'ImportKeyMaterial')
			replayed.set(keyId, { state: 'ENABLED', holds: true });
		else if (operation === 'ExpireKeyMaterial') {
			if (!key.holds) faults.push(`${String(sequence)}: expired twice`);
			if (atMs < dueAtMs) faults.push(`${String(sequence)}: expired early`);
			replayed.set(keyId, { state: 'PENDING_IMPORT', holds: false });
		}
	}

	const recorded = keys.map(({ keyId, state, material }) => [keyId, state, material !== null]);
	const expected = [...replayed].map(([keyId, { state, holds }]) => [keyId, state, holds]);
	expectSame(faults, 'the records and the log', recorded, expected);
	const holders = keys.filter(({ material }) => material !== null).map(({ keyId }) => keyId);
	expectSame(faults, 'material and the records', ids(materials, 'keyId'), holders);
	const calls = ids(importParameters, 'parametersId');
	expectSame(faults, 'parameters and private keys', calls, ids(wrappingKeys, 'parametersId'));
	const counted = new Map<KeyState, number>();
	for (const { state } of keys) counted.set(state, (counted.get(state) ?? 0) + 1);
	expectSame(
		faults,
		'the counters and the records',
		counters.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]),
		[...counted]
	);
	return faults;
}

function ids<Name extends string>(rows: readonly Readonly<Record<Name, string>>[], name: Name) {
	return rows.map((row) => row[name]);
}

function expectSame(faults: string[], what: string, a: unknown[], b: unknown[]): void {
	const [one, other] = [a, b].map((rows) => rows.map((row) => JSON.stringify(row)).sort());
	if (JSON.stringify(one) !== JSON.stringify(other))
		faults.push(`${what} differ: ${one?.join() ?? ''} and ${other?.join() ?? ''}`);
}
