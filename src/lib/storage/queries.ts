/** What the page reads: metadata tables only, never `materials`, `wrappingKeys` or `serviceKeys`. */
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import { SYSTEM_CLOCK, type SandboxClock } from '../domain/time';
import type { Database } from './database';

export const queries = {
	clock: async (db: Database): Promise<SandboxClock> => (await db.clock.get(0)) ?? SYSTEM_CLOCK,

	/** Newest first; one more than asked for tells that there is a next page. */
	keys: (db: Database, limit: number): Promise<KeyRecord[]> =>
		db.keys.orderBy('[createdAtMs+keyId]').reverse().limit(limit).toArray(),

	/** null: there is no such CMK. */
	key: async (db: Database, keyId: string): Promise<KeyRecord | null> =>
		(await db.keys.get(keyId)) ?? null,

	/** Newest call first. Expired calls are listed until a sweep removes them: compare with now. */
	importParameters: (db: Database, keyId: string): Promise<ImportParametersRecord[]> =>
		db.importParameters
			.where('[keyId+callNumber]')
			.between([keyId, 0], [keyId, Infinity])
			.reverse()
			.toArray(),

	/** Newest first. */
	events: (db: Database, keyId: string, limit: number): Promise<AuditEvent[]> =>
		db.events
			.where('[keyId+sequence]')
			.between([keyId, 0], [keyId, Infinity])
			.reverse()
			.limit(limit)
			.toArray()
};
