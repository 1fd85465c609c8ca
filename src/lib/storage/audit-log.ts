/** The end of the audit log: where the next event goes. Only inside a read-write transaction that holds the events. */
import { sha256HexNow } from '../crypto/sha256';
import { CHAIN_START, chainHash } from '../domain/audit-chain';
import type { AuditEntry, AuditEvent } from '../domain/events';
import type { EpochMs } from '../domain/time';
import type { Database } from './database';

export type LogEnd = Pick<AuditEvent, 'sequence' | 'atMs' | 'hash'>;

const EMPTY: LogEnd = { sequence: 0, atMs: 0, hash: CHAIN_START };

export async function readLogEnd(db: Database): Promise<LogEnd> {
	return (await db.events.toCollection().last()) ?? EMPTY;
}

/** @returns the event as it has to be stored: numbered, stamped and chained to the one before it */
export function nextEvent(end: LogEnd, entry: AuditEntry, nowMs: EpochMs): AuditEvent {
	const event = { ...entry, sequence: end.sequence + 1, atMs: nowMs };
	return { ...event, hash: chainHash(end.hash, event, sha256HexNow) };
}

/** Oldest first. */
export function readWholeLog(db: Database): Promise<AuditEvent[]> {
	return db.events.orderBy('sequence').toArray();
}
