/** Expiries and deletions to come, each kind read from its own index. */
import type { EpochMs, UpcomingEvent } from '../domain/time';
import type { Database } from './database';

/** @returns soonest first, so overdue deadlines that are not yet recorded come first */
export async function upcomingEvents(db: Database, limit: number): Promise<UpcomingEvent[]> {
	const [recorded, tokens] = await Promise.all([
		recordedEvents(db, limit),
		db.importParameters.orderBy('expiresAtMs').limit(limit).toArray()
	]);
	const expiring = tokens.map(({ keyId, callNumber, expiresAtMs: atMs }) => ({
		kind: 'tokenExpires' as const,
		atMs,
		keyId,
		callNumber
	}));
	return soonest([...recorded, ...expiring], limit);
}

/** Only those that write an audit event. A token expires without an event. */
export async function recordedEvents(db: Database, limit: number): Promise<UpcomingEvent[]> {
	const [expiring, doomed, removals] = await Promise.all([
		db.keys.where('material.expiresAtMs').above(0).limit(limit).toArray(),
		db.keys.where('deleteAtMs').above(0).limit(limit).toArray(),
		db.removals.orderBy('removeAtMs').limit(limit).toArray()
	]);
	const events: UpcomingEvent[] = [
		...expiring.map(({ keyId, material }) => ({
			kind: 'materialExpires' as const,
			atMs: material?.expiresAtMs ?? 0,
			keyId
		})),
		...doomed.map(({ keyId, deleteAtMs }) => ({
			kind: 'cmkDeleted' as const,
			atMs: deleteAtMs ?? 0,
			keyId
		})),
		...removals.map(({ keyId, removeAtMs: atMs }) => ({
			kind: 'materialRemoved' as const,
			atMs,
			keyId
		}))
	];
	return soonest(events, limit);
}

/** @returns the next unrecorded deadline, or for tokens the next after `floorMs`. Infinity: no deadline */
export async function firstDeadline(db: Database, floorMs: EpochMs): Promise<EpochMs> {
	const [[recorded], [token]] = await Promise.all([
		recordedEvents(db, 1),
		db.importParameters.where('expiresAtMs').above(floorMs).limit(1).toArray()
	]);
	return Math.min(recorded?.atMs ?? Infinity, token?.expiresAtMs ?? Infinity);
}

const soonest = (events: UpcomingEvent[], limit: number): UpcomingEvent[] =>
	events.sort((a, b) => a.atMs - b.atMs).slice(0, limit);
