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

export async function pageOfKeys(db: Database, listing: KeyListing): Promise<KeyPage> {
	if (listing.search !== undefined) return searchKeys(db, listing, listing.search);
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

/** Aliases first, then ids. One page: whoever wants less types more. */
async function searchKeys(db: Database, listing: KeyListing, search: string): Promise<KeyPage> {
	const { state, origin, limit } = listing;
	const matches = ({ state: itsState, origin: itsOrigin }: KeyRow) =>
		(state === undefined || itsState === state) && (origin === undefined || itsOrigin === origin);
	const name = aliasOrder(search);
	const names = [
		[name, ''],
		[`${name}\uffff`, '']
	] as const;
	const most = limit + 1;
	const [byAlias, byId] = await Promise.all([
		db.keys
			.where('[nameOrder+keyId]')
			.between(...names)
			.filter(matches)
			.limit(most)
			.toArray(),
		db.keys.where('keyId').startsWith(search.toLowerCase()).filter(matches).limit(most).toArray()
	]);
	const found = [...new Map([...byAlias, ...byId].map((row) => [row.keyId, row])).values()];
	return { keys: found.slice(0, limit), hasBefore: false, hasAfter: found.length > limit };
}
