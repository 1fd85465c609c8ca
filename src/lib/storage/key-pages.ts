/** Pages of the key list. Each reads its rows from one index, from a position on: nothing is counted, skipped or sorted. */
import { aliasOrder, type KeyListing, type KeyOrder, type KeyPage } from '../domain/key-listing';
import type { Database, KeyRow } from './database';

const INDEXED: Readonly<Record<KeyOrder, keyof KeyRow>> = {
	created: 'createdAtMs',
	alias: 'nameOrder',
	expiry: 'expiryOrder'
};

/** Behind every key there can be: IndexedDB sorts arrays behind numbers and texts. */
const LAST: readonly never[] = [];

/** A page of the list, ready to be read in a transaction. */
interface PreparedPage {
	readonly listing: KeyListing;
	/** Loaded only for a search. */
	readonly search?: typeof import('./key-search');
}

/** Called before a transaction, which must not wait for the code and the names of a search. */
export async function preparePage(db: Database, listing: KeyListing): Promise<PreparedPage> {
	if (listing.search === undefined) return { listing };
	// A live query loses its reads behind any other promise: https://dexie.org/docs/dexie-react-hooks/useLiveQuery()
	const search = await Promise.resolve(import('./key-search'));
	await search.prepareSearch(db);
	return { listing, search };
}

export async function readPage(db: Database, { listing, search }: PreparedPage): Promise<KeyPage> {
	if (!search) return await pageOfKeys(db, listing);
	const { searchKeys } = search;
	return await searchKeys(db, listing, aliasOrder(listing.search ?? ''));
}

async function pageOfKeys(db: Database, listing: KeyListing): Promise<KeyPage> {
	const { descending, after, before, limit } = listing;
	// Going back reads the other way round, from the first row of the page that is left.
	const backwards = before !== undefined;
	const position = after ?? before;
	const upwards = descending === backwards;
	const { index, prefix } = indexOf(listing);
	const low: unknown[] = position && upwards ? [...prefix, ...position] : prefix;
	const high = position && !upwards ? [...prefix, ...position] : [...prefix, LAST];
	const bounds = [low, high, position === undefined, false] as const;
	const most = limit + 1;
	const rows = upwards
		? await db.keys
				.where(index)
				.between(...bounds)
				.limit(most)
				.toArray()
		: await db.keys
				.where(index)
				.between(...bounds)
				.reverse()
				.limit(most)
				.toArray();
	const keys = rows.slice(0, limit);
	const more = rows.length > limit;
	if (backwards) keys.reverse();
	return {
		keys,
		// a position is that of a row which is, or was, on the other side of it
		hasBefore: backwards ? more : after !== undefined,
		hasAfter: backwards || more
	};
}

function indexOf({ order, state, origin }: KeyListing): { index: string; prefix: string[] } {
	const filters = [
		...(state === undefined ? [] : [{ name: 'state', value: state }]),
		...(origin === undefined ? [] : [{ name: 'origin', value: origin }])
	];
	const names = [...filters.map(({ name }) => name), INDEXED[order], 'keyId'];
	return { index: `[${names.join('+')}]`, prefix: filters.map(({ value }) => value) };
}
