/** Keys as IndexedDB has them: numbers sort before texts, texts before arrays. Nothing else is a key here. */
export type Key = number | string | readonly Key[];

export function isKey(value: unknown): value is Key {
	if (Array.isArray(value)) return value.every(isKey);
	return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}

const rank = (key: Key): number => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);

/** @returns below 0: `a` comes first; 0: they are equal */
export function compareKeys(a: Key, b: Key): number {
	if (typeof a === 'object' && typeof b === 'object') {
		for (const [index, part] of a.entries()) {
			const other = b[index];
			if (other === undefined) return 1;
			const order = compareKeys(part, other);
			if (order !== 0) return order;
		}
		return a.length - b.length;
	}
	if (rank(a) !== rank(b)) return rank(a) - rank(b);
	return a < b ? -1 : a > b ? 1 : 0;
}

export type Row = Readonly<Record<string, unknown>>;

/** @param path names, with dots between them */
export function readPath(row: unknown, path: string): unknown {
	let value = row;
	for (const name of path.split('.'))
		value = (value as Record<string, unknown> | null | undefined)?.[name];
	return value;
}

export interface Index {
	/** As a query names it: `alias`, `[state+keyId]`. */
	readonly name: string;
	readonly paths: readonly string[];
	readonly isCompound: boolean;
	readonly isUnique: boolean;
	/** Whether it numbers rows that come without a key. */
	readonly isCounted: boolean;
}

/** @param text `&name`, `++fileId`, `[state+keyId]` */
export function parseIndex(text: string): Index {
	const [, marks = '', name = ''] = /^([&+]*)(.+)/.exec(text.trim()) ?? [];
	const isCompound = name.startsWith('[');
	return {
		name,
		paths: isCompound ? name.slice(1, -1).split('+') : [name],
		isCompound,
		isUnique: marks.includes('&'),
		isCounted: marks.includes('++')
	};
}

/** @returns undefined: the row is not in this index */
export function keyIn({ paths, isCompound }: Index, row: Row): Key | undefined {
	const parts = paths.map((path) => readPath(row, path));
	const key = isCompound ? parts : parts[0];
	return isKey(key) ? key : undefined;
}
