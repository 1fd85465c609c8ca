/**
 * Transactions. They run one after the other, over all databases, each begun when nothing else has anything left to do
 * at once: whatever asks for rows until it ends was called by it, for it waits for nothing but rows.
 */
import { failure, NO_ROWS, type Rows, type Schema } from './rows';

export type Mode = 'r' | 'rw';

/** A table's rows as every committed transaction left them. */
export interface Cell {
	readonly name: string;
	readonly schema: Schema;
	rows: Rows;
}

export const newCell = (name: string, schema: Schema): Cell => ({ name, schema, rows: NO_ROWS });

interface Unit {
	readonly mode: Mode;
	/** Absent: every table. */
	readonly scope?: ReadonlySet<Cell> | undefined;
	readonly read: Set<Cell>;
	/** Nobody else sees them before it ends well. */
	readonly written: Map<Cell, Rows>;
}

const newUnit = (mode: Mode, scope?: ReadonlySet<Cell>): Unit => ({
	...{ mode, scope, read: new Set(), written: new Map() }
});

type Waiting = { readonly now: () => void } | { readonly soon: () => void };

let current: Unit | undefined;
let isDue = false;
const queue: Waiting[] = [];
const listeners = new Set<(changed: ReadonlySet<Cell>) => void>();

/** @param listener hears which tables a transaction has changed. @returns the end of it */
export function onCommit(listener: (changed: ReadonlySet<Cell>) => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

function commit({ written }: Unit): void {
	if (written.size === 0) return;
	for (const [cell, rows] of written) cell.rows = rows;
	for (const listener of [...listeners]) listener(new Set(written.keys()));
}

/** After everything that can be done at once. */
function afterAllElse(act: () => void): void {
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = () => {
		port1.close();
		act();
	};
	port2.postMessage(null);
}

function goOn(): void {
	while (!current && !isDue) {
		const next = queue.shift();
		if (!next) return;
		if ('now' in next) next.now();
		else {
			isDue = true;
			afterAllElse(() => {
				isDue = false;
				next.soon();
			});
		}
	}
}

/**
 * One look or one change: part of the transaction that asks for it, or all of one.
 *
 * @throws {Error} `NotFoundError`, `ReadOnlyError`: the transaction is not for it
 */
export function operate<T>(cell: Cell, mode: Mode, act: () => T): Promise<T> {
	return new Promise((resolve) => {
		if (current) {
			const unit = current;
			resolve(attempt(() => within(unit, cell, mode, act)));
		} else {
			queue.push({
				now: () => {
					resolve(attempt(() => alone(mode, act)));
				}
			});
			goOn();
		}
	});
}

/** @returns what it gives or throws, as a promise */
const attempt = <T>(act: () => T | Promise<T>): Promise<T> =>
	new Promise((resolve) => {
		resolve(act());
	});

function within<T>({ mode, scope }: Unit, cell: Cell, wanted: Mode, act: () => T): T {
	if (mode === 'r' && wanted === 'rw')
		throw failure('ReadOnlyError', 'the transaction is for reading');
	if (scope && !scope.has(cell))
		throw failure('NotFoundError', `${cell.name} is no part of the transaction`);
	return act();
}

function alone<T>(mode: Mode, act: () => T): T {
	const unit = newUnit(mode);
	const result = during(unit, act);
	commit(unit);
	return result;
}

function during<T>(unit: Unit, act: () => T): T {
	current = unit;
	try {
		return act();
	} finally {
		current = undefined;
	}
}

/**
 * @param scope absent: every table
 * @param seen gets the tables that were read
 * @throws what `act` throws, and then nothing of it is kept
 */
export function transact<T>(
	mode: Mode,
	scope: ReadonlySet<Cell> | undefined,
	act: () => T | Promise<T>,
	seen?: (read: ReadonlySet<Cell>) => void
): Promise<T> {
	if (current) return Promise.reject(new Error('a transaction inside another is not offered'));
	return new Promise((resolve, reject) => {
		const unit = newUnit(mode, scope);
		const end = (finish: () => void) => {
			if (current !== unit) return;
			current = undefined;
			finish();
			seen?.(unit.read);
			goOn();
		};
		const fail = (error: unknown) => {
			end(() => {
				// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what was thrown is passed on
				reject(error);
			});
		};
		const start = () => {
			current = unit;
			attempt(act).then((value) => {
				end(() => {
					commit(unit);
					resolve(value);
				});
			}, fail);
			afterAllElse(() => {
				fail(new Error('the transaction waited for something else than rows'));
			});
		};
		queue.push({ soon: start });
		goOn();
	});
}

/** Only within `operate`. */
export function rowsOf(cell: Cell): Rows {
	const { read, written } = runningUnit();
	read.add(cell);
	return written.get(cell) ?? cell.rows;
}

/** Only within `operate`. */
export function setRows(cell: Cell, rows: Rows): void {
	if (rows !== rowsOf(cell)) runningUnit().written.set(cell, rows);
}

function runningUnit(): Unit {
	if (!current) throw new Error('rows are asked for outside of everything');
	return current;
}
