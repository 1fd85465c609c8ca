/** Rows of a table in the order of an index: what a query names, and what is asked of it. */
import { compareKeys, isKey, keyIn, readPath, type Index, type Key, type Row } from './keys';
import { checkedKey, withoutRow, withRow, type Entry } from './rows';
import { operate, rowsOf, setRows, type Cell } from './units';

interface Found extends Entry {
	/** In the index. */
	readonly at: Key;
}

type Step = (found: readonly Found[]) => readonly Found[];

interface Ref {
	value?: Row;
}

const copy = (row: Row): Row => structuredClone(row);

export class Collection {
	readonly #cell: Cell;
	readonly #index: Index;
	readonly #isIn: (at: Key) => boolean;
	readonly #isReversed: boolean;
	readonly #steps: readonly Step[];

	constructor(
		cell: Cell,
		index: Index,
		isIn: (at: Key) => boolean = () => true,
		isReversed = false,
		steps: readonly Step[] = []
	) {
		this.#cell = cell;
		this.#index = index;
		this.#isIn = isIn;
		this.#isReversed = isReversed;
		this.#steps = steps;
	}

	/** Of the whole range, whatever was asked for before. */
	reverse(): Collection {
		return new Collection(this.#cell, this.#index, this.#isIn, !this.#isReversed, this.#steps);
	}

	filter(isWanted: (row: Row) => boolean): Collection {
		return this.#then((found) => found.filter(({ row }) => isWanted(copy(row))));
	}

	limit(most: number): Collection {
		return this.#then((found) => found.slice(0, most));
	}

	#then(step: Step): Collection {
		const steps = [...this.#steps, step];
		return new Collection(this.#cell, this.#index, this.#isIn, this.#isReversed, steps);
	}

	/** Only within `operate`. */
	#find(): readonly Found[] {
		const found = rowsOf(this.#cell).entries.flatMap((entry): Found[] => {
			const at = keyIn(this.#index, entry.row);
			return at !== undefined && this.#isIn(at) ? [{ ...entry, at }] : [];
		});
		if (this.#index !== this.#cell.schema.primary)
			found.sort((a, b) => compareKeys(a.at, b.at) || compareKeys(a.key, b.key));
		if (this.#isReversed) found.reverse();
		return this.#steps.reduce<readonly Found[]>((left, step) => step(left), found);
	}

	toArray(): Promise<Row[]> {
		return operate(this.#cell, 'r', () => this.#find().map(({ row }) => copy(row)));
	}

	async first(): Promise<Row | undefined> {
		return (await this.limit(1).toArray())[0];
	}

	last(): Promise<Row | undefined> {
		return this.reverse().first();
	}

	count(): Promise<number> {
		return operate(this.#cell, 'r', () => this.#find().length);
	}

	keys(): Promise<Key[]> {
		return operate(this.#cell, 'r', () => this.#find().map(({ at }) => at));
	}

	primaryKeys(): Promise<Key[]> {
		return operate(this.#cell, 'r', () => this.#find().map(({ key }) => key));
	}

	async sortBy(path: string): Promise<Row[]> {
		const rows = await this.toArray();
		const sign = this.#isReversed ? -1 : 1;
		return rows.sort((a, b) => sign * compareValues(readPath(a, path), readPath(b, path)));
	}

	/** @returns how many there were */
	delete(): Promise<number> {
		return operate(this.#cell, 'rw', () => {
			const found = this.#find();
			for (const { key } of found) setRows(this.#cell, withoutRow(rowsOf(this.#cell), key));
			return found.length;
		});
	}

	/** @param change may change the row, or put another in its place in `ref`. @returns how many there were */
	modify(change: (row: Row, ref: Ref) => void): Promise<number> {
		return operate(this.#cell, 'rw', () => {
			const found = this.#find();
			for (const { key, row } of found) {
				const value = copy(row);
				const ref: Ref = { value };
				change(value, ref);
				const { value: changed } = ref;
				const rows = rowsOf(this.#cell);
				setRows(
					this.#cell,
					changed === undefined
						? withoutRow(rows, key)
						: withRow(rows, this.#cell.schema, copy(changed), true).rows
				);
			}
			return found.length;
		});
	}
}

const compareValues = (a: unknown, b: unknown): number =>
	isKey(a) && isKey(b) ? compareKeys(a, b) : 0;

/** Which rows of an index. */
export class Where {
	readonly #cell: Cell;
	readonly #index: Index;

	constructor(cell: Cell, index: Index) {
		this.#cell = cell;
		this.#index = index;
	}

	equals(key: unknown): Collection {
		return this.between(key, key, true, true);
	}

	above(key: unknown): Collection {
		const low = checkedKey(key);
		return new Collection(this.#cell, this.#index, (at) => compareKeys(at, low) > 0);
	}

	below(key: unknown): Collection {
		const high = checkedKey(key);
		return new Collection(this.#cell, this.#index, (at) => compareKeys(at, high) < 0);
	}

	belowOrEqual(key: unknown): Collection {
		const high = checkedKey(key);
		return new Collection(this.#cell, this.#index, (at) => compareKeys(at, high) <= 0);
	}

	between(from: unknown, to: unknown, includesLow = true, includesHigh = false): Collection {
		const low = checkedKey(from);
		const high = checkedKey(to);
		return new Collection(this.#cell, this.#index, (at) => {
			const above = compareKeys(at, low);
			const below = compareKeys(at, high);
			return (
				(above > 0 || (includesLow && above === 0)) && (below < 0 || (includesHigh && below === 0))
			);
		});
	}

	startsWith(text: string): Collection {
		return this.between(text, `${text}\uffff`, true, true);
	}
}
