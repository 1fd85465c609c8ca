/** What is in a table, as a value: a change makes another one, and whoever holds the old one still has it. */
import { compareKeys, isKey, keyIn, type Index, type Key, type Row } from './keys';

export interface Entry {
	readonly key: Key;
	readonly row: Row;
}

export interface Rows {
	/** By key. */
	readonly entries: readonly Entry[];
	/** The next number for a row without a key; a number is never given twice. */
	readonly next: number;
}

export const NO_ROWS: Rows = { entries: [], next: 1 };

export interface Schema {
	readonly primary: Index;
	readonly indexes: readonly Index[];
}

export function failure(name: string, message: string): Error {
	return Object.assign(new Error(message), { name });
}

/** @throws {Error} `DataError`: it is none */
export function checkedKey(key: unknown): Key {
	if (!isKey(key)) throw failure('DataError', 'this is no key');
	return key;
}

/** Where it is, or where it belongs. */
function positionOf({ entries }: Rows, key: Key): { at: number; isThere: boolean } {
	let [low, high] = [0, entries.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const entry = entries[middle];
		if (entry && compareKeys(entry.key, key) < 0) low = middle + 1;
		else high = middle;
	}
	const entry = entries[low];
	return { at: low, isThere: entry !== undefined && compareKeys(entry.key, key) === 0 };
}

export function findRow(rows: Rows, key: Key): Row | undefined {
	const { at, isThere } = positionOf(rows, key);
	return isThere ? rows.entries[at]?.row : undefined;
}

/**
 * @param row the table's own, which nobody else can change
 * @param mayReplace false: another row with this key is an error
 * @throws {Error} `ConstraintError`, `DataError`
 */
export function withRow(
	rows: Rows,
	{ primary, indexes }: Schema,
	row: Row,
	mayReplace: boolean
): { readonly rows: Rows; readonly key: Key } {
	const [path = ''] = primary.paths;
	const given = keyIn(primary, row);
	const isNumbered = given === undefined && primary.isCounted && row[path] === undefined;
	const key = checkedKey(isNumbered ? rows.next : given);
	const kept = isNumbered ? { ...row, [path]: key } : row;
	const { at, isThere } = positionOf(rows, key);
	if (isThere && !mayReplace) throw failure('ConstraintError', 'there is a row with this key');
	for (const index of indexes) if (index.isUnique) checkUnique(rows, index, kept, key);
	const next =
		primary.isCounted && typeof key === 'number' && key >= rows.next
			? Math.floor(key) + 1
			: rows.next;
	return {
		rows: { entries: rows.entries.toSpliced(at, isThere ? 1 : 0, { key, row: kept }), next },
		key
	};
}

function checkUnique({ entries }: Rows, index: Index, row: Row, key: Key): void {
	const value = keyIn(index, row);
	if (value === undefined) return;
	const isTaken = entries.some((entry) => {
		const taken = keyIn(index, entry.row);
		return (
			taken !== undefined && compareKeys(taken, value) === 0 && compareKeys(entry.key, key) !== 0
		);
	});
	if (isTaken) throw failure('ConstraintError', `there is another row with this ${index.name}`);
}

export function withoutRow(rows: Rows, key: Key): Rows {
	const { at, isThere } = positionOf(rows, key);
	return isThere ? { ...rows, entries: rows.entries.toSpliced(at, 1) } : rows;
}
