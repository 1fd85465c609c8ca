/** The page's queries. They read only metadata tables, never `materials`, `wrappingKeys` or `serviceKeys`. */
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord, KeyState } from '../domain/key';
import type { KeyListing, KeyPage } from '../domain/key-listing';
import type { SandboxSettings } from '../domain/settings';
import { DEFAULT_SETTINGS } from '../domain/settings';
import {
	earliestNow,
	SYSTEM_CLOCK,
	type EpochMs,
	type SandboxClock,
	type UpcomingEvent
} from '../domain/time';
import type { Database } from './database';
import { preparePage, readPage } from './key-pages';
import { firstDeadline, upcomingEvents } from './upcoming';

/** The clock, and the times that limit a move back. */
export interface ClockRow extends SandboxClock {
	/** Sandbox time of the latest audit event, 0 if the log is empty. */
	readonly latestEventMs: EpochMs;
	/** Sandbox time of the next deadline that is neither recorded nor seen as passed. Infinity: no deadline. */
	readonly nextDeadlineMs: EpochMs;
}

/** The number of CMKs in total and in each state, as last recorded. */
export type KeyCounts = Readonly<Record<KeyState | 'all', number>>;

export interface EventFilter {
	readonly keyId?: string;
	readonly operation?: AuditEvent['operation'];
	readonly outcome?: 'success' | 'refused';
	/** Only events before this position in the log. */
	readonly beforeSequence?: number;
}

export interface Undoable {
	readonly operation: string;
	/** Identifies the operation to undo. */
	readonly requestId: string;
	readonly keyId: string;
}

export const queries = {
	clock: async (db: Database): Promise<ClockRow> => {
		const [clock = SYSTEM_CLOCK, latest] = await Promise.all([
			db.clock.get(0),
			db.events.toCollection().last()
		]);
		const latestEventMs = latest?.atMs ?? 0;
		const nextDeadlineMs = await firstDeadline(db, earliestNow(clock, latestEventMs));
		return { ...clock, latestEventMs, nextDeadlineMs };
	},

	settings: async (db: Database): Promise<SandboxSettings> =>
		(await db.settings.get(0)) ?? DEFAULT_SETTINGS,

	keys: async (db: Database, listing: KeyListing): Promise<KeyPage> =>
		readPage(db, await preparePage(db, listing)),

	keyCounts: async (db: Database): Promise<KeyCounts> => {
		const counts = { all: 0, ENABLED: 0, DISABLED: 0, PENDING_IMPORT: 0, PENDING_DELETE: 0 };
		for (const { state, count } of await db.counters.toArray()) {
			counts[state] = count;
			counts.all += count;
		}
		return counts;
	},

	/** null if the CMK does not exist. */
	key: async (db: Database, keyId: string): Promise<KeyRecord | null> =>
		(await db.keys.get(keyId)) ?? null,

	/** Newest call first. Expired calls are listed until a sweep removes them: compare with the current time. */
	importParameters: (db: Database, keyId: string): Promise<ImportParametersRecord[]> =>
		db.importParameters
			.where('[keyId+callNumber]')
			.between([keyId, 0], [keyId, Infinity])
			.reverse()
			.toArray(),

	/** Newest first. */
	events: (db: Database, filter: EventFilter, limit: number): Promise<AuditEvent[]> => {
		const { keyId, operation, outcome, beforeSequence = Infinity } = filter;
		const newest =
			keyId !== undefined
				? db.events.where('[keyId+sequence]').between([keyId, 0], [keyId, beforeSequence])
				: operation !== undefined
					? db.events
							.where('[operation+sequence]')
							.between([operation, 0], [operation, beforeSequence])
					: db.events.where('sequence').below(beforeSequence);
		return newest
			.reverse()
			.filter((event) => operation === undefined || event.operation === operation)
			.filter(
				(event) => outcome === undefined || (event.code === 'SUCCESS') === (outcome === 'success')
			)
			.limit(limit)
			.toArray();
	},

	/** Expiries and deletions to come, soonest first. */
	upcoming: (db: Database, limit: number): Promise<UpcomingEvent[]> => upcomingEvents(db, limit),

	/** The operation that can be undone, or null. */
	undoable: async (db: Database): Promise<Undoable | null> => {
		const undo = await db.undo.get(0);
		if (!undo) return null;
		const { operation, requestId, keyId } = undo;
		return { operation, requestId, keyId };
	}
};
