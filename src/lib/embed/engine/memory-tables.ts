/**
 * Stands for Dexie in the engine of an embed: as much of it as storage, tray and runs ask for, in memory. A tenth of the
 * weight, and no IndexedDB, which many frames do not get. What differs on purpose: a transaction may not begin inside
 * another one, and one that waits for something else than rows fails.
 */
import { Collection, Where } from './memory/collection';
import { parseIndex, type Index, type Key, type Row } from './memory/keys';
import { checkedKey, findRow, withoutRow, withRow } from './memory/rows';
import {
	newCell,
	onCommit,
	operate,
	rowsOf,
	setRows,
	transact,
	type Cell,
	type Mode
} from './memory/units';

class Table {
	readonly cell: Cell;
	readonly name: string;

	constructor(cell: Cell) {
		this.cell = cell;
		this.name = cell.name;
	}

	#index(name: string): Index {
		const { primary, indexes } = this.cell.schema;
		const index = [primary, ...indexes].find((one) => one.name === name);
		if (!index) throw new Error(`${this.name} has no index ${name}`);
		return index;
	}

	where(index: string): Where;
	/** @param wanted one name, and what its value is */
	where(wanted: Row): Collection;
	where(wanted: string | Row): Where | Collection {
		if (typeof wanted === 'string') return new Where(this.cell, this.#index(wanted));
		const [[name, key] = ['', undefined], ...others] = Object.entries(wanted);
		if (others.length > 0) throw new Error('one name is asked for at a time');
		return new Where(this.cell, this.#index(name)).equals(key);
	}

	toCollection = (): Collection => new Collection(this.cell, this.cell.schema.primary);
	orderBy = (name: string): Collection => new Collection(this.cell, this.#index(name));
	reverse = (): Collection => this.toCollection().reverse();
	filter = (isWanted: (row: Row) => boolean): Collection => this.toCollection().filter(isWanted);
	limit = (most: number): Collection => this.toCollection().limit(most);
	toArray = (): Promise<Row[]> => this.toCollection().toArray();
	count = (): Promise<number> => this.toCollection().count();

	get(key: unknown): Promise<Row | undefined> {
		return operate(this.cell, 'r', () => this.#find(key));
	}

	bulkGet(keys: readonly unknown[]): Promise<(Row | undefined)[]> {
		return operate(this.cell, 'r', () => keys.map((key) => this.#find(key)));
	}

	#find(key: unknown): Row | undefined {
		return structuredClone(findRow(rowsOf(this.cell), checkedKey(key)));
	}

	add = (row: Row): Promise<Key> => this.#write([row], false);
	put = (row: Row): Promise<Key> => this.#write([row], true);
	bulkAdd = (rows: readonly Row[]): Promise<Key> => this.#write(rows, false);
	bulkPut = (rows: readonly Row[]): Promise<Key> => this.#write(rows, true);

	/** All or none. @returns the key of the last */
	#write(rows: readonly Row[], mayReplace: boolean): Promise<Key> {
		const own = rows.map((row) => structuredClone(row));
		return operate(this.cell, 'rw', () => {
			let written = { rows: rowsOf(this.cell), key: '' as Key };
			for (const row of own) written = withRow(written.rows, this.cell.schema, row, mayReplace);
			setRows(this.cell, written.rows);
			return written.key;
		});
	}

	/** @param changes by the names of a row, not by paths. @returns how many rows there were: 0 or 1 */
	update(key: unknown, changes: Row): Promise<number> {
		const own = structuredClone(changes);
		return operate(this.cell, 'rw', () => {
			const row = findRow(rowsOf(this.cell), checkedKey(key));
			if (!row) return 0;
			const { rows } = withRow(rowsOf(this.cell), this.cell.schema, { ...row, ...own }, true);
			setRows(this.cell, rows);
			return 1;
		});
	}

	delete = (key: unknown): Promise<void> => this.bulkDelete([key]);

	bulkDelete(keys: readonly unknown[]): Promise<void> {
		return operate(this.cell, 'rw', () => {
			for (const key of keys) setRows(this.cell, withoutRow(rowsOf(this.cell), checkedKey(key)));
		});
	}

	clear(): Promise<void> {
		return operate(this.cell, 'rw', () => {
			setRows(this.cell, { ...rowsOf(this.cell), entries: [] });
		});
	}
}

export class Dexie {
	static readonly dependencies = { indexedDB: { databases: () => Promise.resolve([]) } };

	readonly name: string;
	readonly tables: Table[] = [];

	constructor(name: string) {
		this.name = name;
	}

	version(): { stores(schemas: Readonly<Record<string, string>>): void } {
		return {
			stores: (schemas) => {
				for (const [name, schema] of Object.entries(schemas)) {
					const [primary, ...indexes] = schema.split(',').map(parseIndex);
					if (!primary) throw new Error(`${name} has no key`);
					const table = new Table(newCell(name, { primary, indexes }));
					this.tables.push(table);
					Object.assign(this, { [name]: table });
				}
			}
		};
	}

	open(): Promise<this> {
		return Promise.resolve(this);
	}

	/** No other context creates, upgrades or deletes what is in memory. */
	readonly on = (): void => undefined;

	/** What nobody holds any more is gone by itself. */
	readonly close = (): void => undefined;

	transaction<T>(
		mode: Mode,
		tables: Table | readonly Table[],
		act: () => T | Promise<T>
	): Promise<T> {
		const scope = new Set([tables].flat().map(({ cell }) => cell));
		return transact(mode, scope, act);
	}
}

/** An answer now, and after every change of a table that the last one was read from. */
export function liveQuery<T>(question: () => T | Promise<T>) {
	return {
		subscribe(tell: (answer: T) => void, fail: (error: unknown) => void): { unsubscribe(): void } {
			let read: ReadonlySet<Cell> = new Set();
			let isAsked = false;
			let isOver = false;
			const ask = (): void => {
				if (isAsked || isOver) return;
				isAsked = true;
				const seen = (cells: ReadonlySet<Cell>) => {
					read = cells;
					isAsked = false;
				};
				transact('r', undefined, () => (isOver ? (undefined as T) : question()), seen).then(
					(answer) => {
						if (!isOver) tell(answer);
					},
					(error: unknown) => {
						if (!isOver) fail(error);
					}
				);
			};
			const stop = onCommit((changed) => {
				if ([...changed].some((cell) => read.has(cell))) ask();
			});
			ask();
			return {
				unsubscribe: () => {
					isOver = true;
					stop();
				}
			};
		}
	};
}
