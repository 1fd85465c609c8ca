/**
 * Finds a text anywhere in aliases and IDs. An index of IndexedDB finds only beginnings, so this context remembers the
 * names of all CMKs, and the audit event up to which it knows them. Every change of a CMK writes an event with its ID,
 * and the hash of an event covers all events before it. If the remembered event is still in the log, only CMKs with newer
 * events can have changed. Otherwise the log is another one, and all names are read again.
 */
import type { AuditEvent } from '../domain/events';
import type { KeyListing, KeyPage } from '../domain/key-listing';
import type { Database, KeyRow } from './database';

/** What a search reads of a CMK. */
type Name = Pick<KeyRow, 'keyId' | 'alias' | 'nameOrder' | 'state' | 'origin'>;

interface Names {
	/** Undefined: the log was empty. */
	readonly upTo: AuditEvent | undefined;
	/** In the order of the aliases. */
	readonly all: readonly Name[];
}

const remembered = new WeakMap<Database, Names>();

/** Reading more changes than this costs more than reading all names. */
const MOST_EVENTS = 1000;

/** Where a text can be found, best first. */
const PLACES: readonly ((name: Name, text: string) => boolean)[] = [
	({ alias, nameOrder }, text) => alias !== null && nameOrder.startsWith(text),
	({ alias, nameOrder }, text) => alias !== null && nameOrder.includes(text),
	({ keyId }, text) => keyId.startsWith(text),
	({ keyId }, text) => keyId.includes(text)
];

const reading = new WeakMap<Database, Promise<unknown>>();

/** Reads the names once for all searches that wait for them. Not in a transaction, which can't wait for another one. */
export async function prepareSearch(db: Database): Promise<void> {
	if (remembered.has(db)) return;
	const names =
		reading.get(db) ??
		db
			.transaction('r', 'keys', 'events', async () => await presentNames(db))
			.finally(() => reading.delete(db));
	reading.set(db, names);
	await names;
}

/** One page: to see fewer CMKs, type more. @param text in lower case */
export async function searchKeys(
	db: Database,
	{ state, origin, limit }: KeyListing,
	text: string
): Promise<KeyPage> {
	// names, events and rows must fit together
	return await db.transaction('r', 'keys', 'events', async () => {
		const found = PLACES.map((): string[] => []);
		for (const name of await presentNames(db)) {
			if (state !== undefined && name.state !== state) continue;
			if (origin !== undefined && name.origin !== origin) continue;
			found[PLACES.findIndex((isIn) => isIn(name, text))]?.push(name.keyId);
		}
		const ids = found.flat();
		const rows = await db.keys.bulkGet(ids.slice(0, limit));
		return {
			keys: rows.flatMap((row) => row ?? []),
			hasBefore: false,
			hasAfter: ids.length > limit
		};
	});
}

async function presentNames(db: Database): Promise<readonly Name[]> {
	// also makes a live query ask again after every change
	const last = await db.events.toCollection().last();
	const names = remembered.get(db);
	if (names && names.upTo?.hash === last?.hash) return names.all;
	const all = (names && last && (await withChanges(db, names, last))) ?? (await readNames(db));
	remembered.set(db, { upTo: last, all });
	return all;
}

/** @returns undefined if the remembered event is not in the log, or too far from its end */
async function withChanges(
	db: Database,
	{ upTo, all }: Names,
	last: AuditEvent
): Promise<Name[] | undefined> {
	if (!upTo || last.sequence - upTo.sequence > MOST_EVENTS) return undefined;
	const [same, ...newer] = await db.events.where('sequence').aboveOrEqual(upTo.sequence).toArray();
	if (same?.hash !== upTo.hash) return undefined;
	const ids = new Set(newer.flatMap(({ keyId }) => keyId ?? []));
	const rows = await db.keys.bulkGet([...ids]);
	const kept = all.filter(({ keyId }) => !ids.has(keyId));
	return sorted([...kept, ...rows.flatMap((row) => (row ? toName(row) : []))]);
}

async function readNames(db: Database): Promise<Name[]> {
	const rows = await db.keys.toArray();
	return sorted(rows.map(toName));
}

const toName = ({ keyId, alias, nameOrder, state, origin }: KeyRow): Name => ({
	...{ keyId, alias, nameOrder, state, origin }
});

const sorted = (names: Name[]): Name[] =>
	names.sort(
		(one, other) => compare(one.nameOrder, other.nameOrder) || compare(one.keyId, other.keyId)
	);

/** As IndexedDB compares texts. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
