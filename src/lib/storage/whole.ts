/** Reads, fills and empties the service's whole database. */
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import { KEY_STATES, type KeyRecord } from '../domain/key';
import type { SandboxSettings } from '../domain/settings';
import type { SandboxClock } from '../domain/time';
import {
	toKeyRow,
	type Database,
	type KeyRow,
	type MaterialRow,
	type Removal,
	type SealedPrivateKey,
	type ServiceKeys
} from './database';
import { writeUndated } from './write-undated';

/** The contents without derived data, and without the undo step. */
export interface Whole {
	/** Absent: never changed. */
	readonly settings: SandboxSettings | undefined;
	readonly clock: SandboxClock | undefined;
	/** Absent if the database has not been used yet. */
	readonly serviceKeys: ServiceKeys | undefined;
	readonly keys: readonly KeyRecord[];
	readonly removals: readonly Removal[];
	readonly importParameters: readonly ImportParametersRecord[];
	/** Oldest first. */
	readonly events: readonly AuditEvent[];
	readonly materials: readonly MaterialRow[];
	readonly wrappingKeys: readonly SealedPrivateKey[];
}

/** One transaction: the result contains a running operation completely or not at all. */
export function readWhole(db: Database): Promise<Whole> {
	return db.transaction('r', db.tables, async () => {
		const [settings, clock, serviceKeys] = await Promise.all([
			db.settings.get(0),
			db.clock.get(0),
			db.serviceKeys.get(0)
		]);
		const [keys, removals, importParameters, events] = await Promise.all([
			db.keys.toArray(),
			db.removals.toArray(),
			db.importParameters.toArray(),
			db.events.toArray()
		]);
		const [materials, wrappingKeys] = await Promise.all([
			db.materials.toArray(),
			db.wrappingKeys.toArray()
		]);
		return {
			...{ settings, clock, serviceKeys, keys: keys.map(toRecord) },
			...{ removals, importParameters, events, materials, wrappingKeys }
		};
	});
}

/** Writes everything or nothing. The database must be empty. */
export async function writeWhole(db: Database, whole: Whole): Promise<void> {
	const { settings, clock, serviceKeys, keys } = whole;
	const counters = KEY_STATES.map((state) => ({
		state,
		count: keys.filter((key) => key.state === state).length
	}));
	await writeUndated(db, async (open) => {
		await Promise.all([
			...(settings ? [open.settings.add({ ...settings, id: 0 })] : []),
			...(clock ? [open.clock.add({ ...clock, id: 0 })] : []),
			...(serviceKeys ? [open.serviceKeys.add({ ...serviceKeys, id: 0 })] : []),
			open.keys.bulkAdd(keys.map(toKeyRow)),
			open.counters.bulkAdd(counters),
			open.removals.bulkAdd(whole.removals),
			open.importParameters.bulkAdd(whole.importParameters),
			open.events.bulkAdd(whole.events),
			open.materials.bulkAdd(whole.materials),
			open.wrappingKeys.bulkAdd(whole.wrappingKeys)
		]);
	});
}

/** Empties the database, except the settings and the service's own keys. */
export async function emptyWhole(db: Database): Promise<void> {
	await writeUndated(db, async (open) => {
		await Promise.all([
			open.keys.clear(),
			open.counters.clear(),
			open.removals.clear(),
			open.importParameters.clear(),
			open.events.clear(),
			open.clock.clear(),
			open.undo.clear(),
			open.materials.clear(),
			open.wrappingKeys.clear()
		]);
	});
}

/** Removes the extra fields for sorting. */
function toRecord(row: KeyRow): KeyRecord {
	const { keyId, alias, description, origin, createdAtMs, state } = row;
	const { material, materialFingerprint, deleteAtMs, importCalls } = row;
	return {
		...{ keyId, alias, description, origin, createdAtMs, state },
		...{ material, materialFingerprint, deleteAtMs, importCalls }
	};
}
