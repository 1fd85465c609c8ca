/** Compares an embed's tables with the database that they replace: after any operations, both give the same results. */
import { Dexie as RealDexie, type Table as DexieTable } from 'dexie';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { Dexie as MemoryDexie, liveQuery } from '$lib/embed/engine/memory-tables';
import { propertyRuns } from '../support/runs';

vi.setConfig({ testTimeout: 120_000 });

const RUNS = propertyRuns({ short: 100, long: 1000 });

const SCHEMA = {
	keys: 'id, alias, material.expiresAtMs, [order+id], [state+order+id], &unique',
	files: '++fileId, &name',
	events: 'sequence, [id+sequence]'
};
type TableName = keyof typeof SCHEMA;
const KEY_OF: Readonly<Record<TableName, string>> = {
	keys: 'id',
	files: 'fileId',
	events: 'sequence'
};

const textKey = fc.constantFrom('a', 'ab', 'b', 'ba', 'ß', '');
const numberKey = fc.constantFrom(0, 1, 2, 3, 5, -1, 2.5, Infinity);
/** What is no key is left out of an index, or refused as the key itself. */
const anything = fc.oneof(
	{ weight: 6, arbitrary: fc.oneof(textKey, numberKey) },
	fc.constantFrom(null, true, NaN, [1, 'a'], [])
);

const rows = {
	keys: fc.record(
		{
			id: fc.oneof({ weight: 8, arbitrary: textKey }, anything),
			alias: anything,
			material: fc.option(fc.record({ expiresAtMs: anything })),
			order: anything,
			state: fc.constantFrom('on', 'off'),
			unique: fc.oneof(fc.constant(undefined), fc.nat({ max: 30 }))
		},
		{ requiredKeys: ['id', 'state'] }
	),
	files: fc.record({ name: textKey }),
	events: fc.record({ sequence: fc.nat({ max: 12 }), id: anything, note: fc.string() })
};

interface Command {
	readonly text: string;
	readonly run: (db: Tables) => Promise<unknown>;
}
/** What both have; the real one's types are known to be right, the other's are checked by this test. */
type Tables = RealDexie & Record<TableName, DexieTable<Record<string, unknown>>>;

const command = (text: string, run: Command['run']): Command =>
	Object.assign({ text, run }, { [fc.toStringMethod]: () => text });

const withoutUndefined = (row: object) =>
	Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

const indexes = Object.entries(SCHEMA).flatMap(([table, schema]) =>
	schema.split(',').map((name) => ({
		table: table as TableName,
		index: name.trim().replace(/^[&+]+/, '')
	}))
);

const keyOf = (table: TableName): fc.Arbitrary<string | number> =>
	table === 'keys' ? textKey : fc.nat({ max: 12 });

const keyFor = (index: string) => {
	const length = index.startsWith('[') ? index.split('+').length : 0;
	return length === 0
		? fc.oneof(textKey, numberKey)
		: fc.array(
				fc.oneof(
					textKey,
					numberKey,
					fc.constantFrom('on', 'off'),
					fc.constant(0).map(() => [])
				),
				{
					maxLength: length
				}
			);
};

const writes = fc.constantFrom<TableName>('keys', 'files', 'events').chain((table) => {
	const row = rows[table].map(withoutUndefined);
	const key = keyOf(table);
	return fc.oneof(
		row.map((one) =>
			command(`${table}.add ${fc.stringify(one)}`, (db) => db[table].add({ ...one }))
		),
		row.map((one) =>
			command(`${table}.put ${fc.stringify(one)}`, (db) => db[table].put({ ...one }))
		),
		fc.uniqueArray(row, { maxLength: 3 }).map((some) =>
			command(`${table}.bulkPut ${fc.stringify(some)}`, (db) =>
				db.transaction('rw', db[table], async () => {
					for (const one of some) await db[table].put({ ...one });
				})
			)
		),
		key.map((one) => command(`${table}.delete ${String(one)}`, (db) => db[table].delete(one))),
		fc
			.array(key, { maxLength: 3 })
			.map((some) =>
				command(`${table}.bulkDelete ${String(some)}`, (db) => db[table].bulkDelete(some))
			),
		fc
			.tuple(key, fc.record({ order: anything }))
			.map(([one, change]) =>
				command(`${table}.update ${String(one)} ${fc.stringify(change)}`, (db) =>
					db[table].update(one, change)
				)
			),
		fc.tuple(key, anything).map(([one, order]) =>
			command(`${table}.modify ${String(one)} ${fc.stringify(order)}`, (db) =>
				db[table].where({ [KEY_OF[table]]: one }).modify((was, ref) => {
					(ref as { value: unknown }).value = { ...was, order };
				})
			)
		),
		fc.constant(command(`${table}.clear`, (db) => db[table].clear()))
	);
});

/** Over a row that is there: fake-indexeddb does not take back what a number that was given to it does to the next one. */
const replacements = fc.tuple(fc.nat({ max: 5 }), textKey).map(([at, name]) =>
	command(`files.put ${name} over the ${String(at)}th`, async (db) => {
		const ids = await db.files.toCollection().primaryKeys();
		const fileId = ids[at] as number | undefined;
		return fileId === undefined ? undefined : db.files.put({ fileId, name });
	})
);

const reads = fc.constantFrom(...indexes).chain(({ table, index }) =>
	fc
		.record({
			how: fc.constantFrom(
				...(['equals', 'above', 'below', 'belowOrEqual', 'between', 'startsWith', 'all'] as const)
			),
			low: keyFor(index),
			high: keyFor(index),
			// without both ends and nothing between them, no range can be made in IndexedDB
			ends: fc.constantFrom<[boolean, boolean]>([true, false], [false, true], [true, true]),
			reversed: fc.boolean(),
			filtered: fc.boolean(),
			most: fc.option(fc.nat({ max: 3 })),
			what: fc.constantFrom(
				...(['toArray', 'first', 'last', 'count', 'keys', 'primaryKeys', 'sortBy'] as const)
			)
		})
		.map((asked) =>
			command(`${table} ${index} ${fc.stringify(asked)}`, (db) => {
				const { how, low, high, ends, reversed, filtered, most, what } = asked;
				const where = db[table].where(index);
				let found =
					how === 'all'
						? db[table].orderBy(index)
						: how === 'between'
							? where.between(low, high, ...ends)
							: how === 'startsWith'
								? where.startsWith(typeof low === 'string' ? low : 'a')
								: where[how](low);
				if (reversed) found = found.reverse();
				if (filtered) found = found.filter((row) => row['state'] !== 'off');
				// `last` turns the whole range round, and what Dexie makes of a limit then is nobody's business
				if (most !== null && what !== 'last') found = found.limit(most);
				return what === 'sortBy' ? found.sortBy(KEY_OF[table]) : found[what]();
			})
		)
);

const looks = fc.constantFrom<TableName>('keys', 'files', 'events').chain((table) => {
	const key = keyOf(table);
	return fc.oneof(
		key.map((one) => command(`${table}.get ${String(one)}`, (db) => db[table].get(one))),
		fc
			.array(key, { maxLength: 3 })
			.map((some) => command(`${table}.bulkGet ${String(some)}`, (db) => db[table].bulkGet(some))),
		fc.constant(command(`${table}.toArray`, (db) => db[table].toArray())),
		fc.constant(command(`${table}.reverse`, (db) => db[table].reverse().toArray())),
		fc.constant(command(`${table}.count`, (db) => db[table].count()))
	);
});

const single = fc.oneof({ weight: 3, arbitrary: writes }, replacements, reads, looks);

/** Several at a time, of which one may end the transaction. */
const transactions = fc
	.record({
		commands: fc.array(single, { minLength: 1, maxLength: 5 }),
		mode: fc.constantFrom(...(['r', 'rw', 'rw', 'rw'] as const)),
		end: fc.constantFrom(...(['well', 'well', 'thrown'] as const)),
		scope: fc.constantFrom(...([['keys', 'files', 'events'], ['keys']] as const)),
		together: fc.boolean()
	})
	.map(({ commands, mode, end, scope, together }) => {
		// they are transactions themselves
		const parts = commands.filter(({ text }) => !text.includes('bulkPut'));
		const texts = parts.map(({ text }) => text).join('; ');
		return command(`${mode} ${scope.join()} ${end} ${String(together)}: ${texts}`, (db) =>
			db.transaction(
				mode,
				scope.map((name) => db[name]),
				async () => {
					const answers: unknown[] = [];
					if (together && parts.every(({ text }) => /get|toArray|count/.test(text)))
						answers.push(...(await Promise.all(parts.map(({ run }) => run(db)))));
					else for (const { run } of parts) answers.push(await run(db));
					if (end === 'thrown') throw new RangeError('thought better of it');
					return answers;
				}
			)
		);
	});

async function outcome(run: () => Promise<unknown>): Promise<unknown> {
	try {
		return { answer: await run() };
	} catch (error) {
		return { error: (error as Error).name };
	}
}

function openReal(): Tables {
	const db = new RealDexie('real', { indexedDB: new IDBFactory(), IDBKeyRange });
	db.version(1).stores(SCHEMA);
	return db as Tables;
}

function openMemory(): Tables {
	const db = new MemoryDexie('memory');
	db.version().stores(SCHEMA);
	return db as unknown as Tables;
}

test('memory tables give the same results as the database, after any operations', async () => {
	const steps = fc.array(fc.oneof({ weight: 2, arbitrary: single }, transactions), {
		minLength: 5,
		maxLength: 30
	});
	await fc.assert(
		fc.asyncProperty(steps, async (commands) => {
			const [real, memory] = [openReal(), openMemory()];
			for (const { text, run } of commands)
				expect([text, await outcome(() => run(memory))]).toEqual([
					text,
					await outcome(() => run(real))
				]);
			for (const table of ['keys', 'files', 'events'] as const)
				expect(await memory[table].toArray()).toEqual(await real[table].toArray());
			real.close();
		}),
		{ numRuns: RUNS }
	);
});

test('what is read outside of a transaction is never what it has not committed yet', async () => {
	const db = openMemory();
	const done = db.transaction('rw', db.keys, async () => {
		await db.keys.add({ id: 'a' });
		await db.keys.add({ id: 'b' });
		throw new RangeError('thought better of it');
	});
	const during = db.keys.count();
	await expect(done).rejects.toThrow(RangeError);
	expect(await during).toBe(0);
	expect(await db.keys.count()).toBe(0);
});

test('transactions that are begun together do not see each other half done', async () => {
	const db = openMemory();
	await db.keys.add({ id: 'a', order: 0 });
	const increase = () =>
		db.transaction('rw', db.keys, async () => {
			const row = await db.keys.get('a');
			await db.keys.update('a', { order: Number(row?.['order']) + 1 });
		});
	await Promise.all(Array.from({ length: 20 }, increase));
	expect(await db.keys.get('a')).toEqual({ id: 'a', order: 20 });
});

test('a transaction that waits for something else than rows fails, and nothing of it is kept', async () => {
	const db = openMemory();
	const waiting = db.transaction('rw', db.keys, async () => {
		await db.keys.add({ id: 'a' });
		await new Promise((wake) => setImmediate(() => setImmediate(wake)));
	});
	await expect(waiting).rejects.toThrow('waited for something else');
	expect(await db.keys.count()).toBe(0);
});

test('rows are copies, on the way in and on the way out', async () => {
	const db = openMemory();
	const given = { id: 'a', material: { expiresAtMs: 1 } };
	await db.keys.add(given);
	given.material.expiresAtMs = 2;
	const [first] = await db.keys.toArray();
	expect(first).toEqual({ id: 'a', material: { expiresAtMs: 1 } });
	(first as typeof given).material.expiresAtMs = 3;
	expect(await db.keys.get('a')).toEqual({ id: 'a', material: { expiresAtMs: 1 } });
});

test('a live query answers at once and after each commit that changes what it has read', async () => {
	const db = openMemory();
	const answers: unknown[] = [];
	const subscription = liveQuery(() => db.keys.toCollection().primaryKeys()).subscribe(
		(ids) => answers.push(ids),
		(error) => answers.push(error)
	);
	await vi.waitFor(() => {
		expect(answers).toEqual([[]]);
	});
	await db.transaction('rw', db.keys, async () => {
		await db.keys.add({ id: 'a' });
		await db.keys.add({ id: 'b' });
	});
	await vi.waitFor(() => {
		expect(answers).toEqual([[], ['a', 'b']]);
	});
	await db.events.add({ sequence: 1 });
	await expect(
		db.transaction('rw', db.keys, async () => {
			await db.keys.clear();
			throw new RangeError('thought better of it');
		})
	).rejects.toThrow(RangeError);
	await db.keys.delete('a');
	await vi.waitFor(() => {
		expect(answers).toEqual([[], ['a', 'b'], ['b']]);
	});
	subscription.unsubscribe();
	await db.keys.clear();
	await db.transaction('r', db.keys, () => db.keys.count());
	expect(answers).toHaveLength(3);
});
