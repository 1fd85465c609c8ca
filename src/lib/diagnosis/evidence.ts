/** What the diagnosis reads, within limits. Each function is one read. This file never writes. */
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord, ImportTokenClaims } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { EpochMs } from '../domain/time';
import type { Store } from '../storage/open-store';
import type { Bounds } from './bounds';
import type { NamedKey } from './diagnosis';
import type { Plaintexts } from './plaintexts';

export interface DiagnosisDeps {
	readonly store: Pick<Store, 'db' | 'serviceKeys'>;
	readonly systemNowMs: () => EpochMs;
}

/** One diagnosis. */
export interface Search extends DiagnosisDeps {
	readonly bounds: Bounds;
	readonly plaintexts: Plaintexts;
}

export type Db = DiagnosisDeps['store']['db'];

/** The most that is read of a long history. */
const MOST_CALLS = 60;
const MOST_KEYS = 200;
const MOST_EVENTS = 500;

/** As a text names it. A deleted CMK has only its ID. */
export async function nameOf(db: Db, keyId: string): Promise<NamedKey> {
	return { keyId, alias: (await db.keys.get(keyId))?.alias ?? null };
}

const callsOf = (db: Db, keyId: string) =>
	db.importParameters.where('[keyId+callNumber]').between([keyId, 0], [keyId, Infinity]);

/** The valid calls of this CMK, then those of others, each newest first. */
export async function openCalls(db: Db, keyId: string): Promise<ImportParametersRecord[]> {
	const own = await callsOf(db, keyId).reverse().limit(MOST_CALLS).toArray();
	const all = await db.importParameters
		.orderBy('expiresAtMs')
		.reverse()
		.limit(MOST_CALLS)
		.toArray();
	return [...own, ...all.filter((call) => call.keyId !== keyId)].slice(0, MOST_CALLS);
}

/** @returns how many calls have a private key, and how many calls of this CMK are valid */
export async function countOpenCalls(
	db: Db,
	keyId: string
): Promise<{ readonly all: number; readonly own: number }> {
	const [all, own] = await Promise.all([db.wrappingKeys.count(), callsOf(db, keyId).count()]);
	return { all, own };
}

/** Newest first. */
export function newestKeys(db: Db): Promise<KeyRecord[]> {
	return db.keys.orderBy('[createdAtMs+keyId]').reverse().limit(MOST_KEYS).toArray();
}

/** @returns the fingerprint of the key material that a CMK is bound to; null if it accepts any */
export async function firstFingerprint(db: Db, keyId: string): Promise<string | null> {
	return (await db.keys.get(keyId))?.materialFingerprint ?? null;
}

/** What succeeded with a CMK, newest first. */
export async function successes(db: Db, keyId: string): Promise<AuditEvent[]> {
	const events = await db.events
		.where('[keyId+sequence]')
		.between([keyId, 0], [keyId, Infinity])
		.reverse()
		.limit(MOST_EVENTS)
		.toArray();
	return events.filter(({ code }) => code === 'SUCCESS');
}

export interface History {
	/** Newest first, without those that were undone. */
	readonly events: readonly AuditEvent[];
	/** Those that were undone, newest first. */
	readonly undone: readonly AuditEvent[];
}

/** A CMK's successful operations. */
export async function historyOf(db: Db, keyId: string): Promise<History> {
	const events = await successes(db, keyId);
	const requestIds = new Set(
		events
			.filter(({ operation }) => operation === 'UndoLastOperation')
			.map(({ request }) => request['requestId'])
			.filter((requestId) => typeof requestId === 'string')
	);
	const isUndone = ({ requestId }: AuditEvent) => requestId !== null && requestIds.has(requestId);
	return {
		events: events.filter((one) => one.operation !== 'UndoLastOperation' && !isUndone(one)),
		undone: events.filter(isUndone)
	};
}

/** Whether an event is the call that issued a token: the log has the beginning of its public key's digest. */
export function gaveToken(
	{ operation, response }: AuditEvent,
	{ publicKeySha256 }: ImportTokenClaims
): boolean {
	if (operation !== 'GetParametersForImport') return false;
	const publicKey = response['publicKey'];
	const digest = typeof publicKey === 'object' && publicKey['sha256'];
	return typeof digest === 'string' && publicKeySha256.startsWith(digest);
}
