/**
 * The list, its filters and orders, and the sweep over very many keys, as ratios of medians to the same over a hundred:
 * what is read must cost what is shown, and a sweep what is due. Both databases take turns, so that a busy machine
 * slows both. A search looks at every name, so it is compared with reading all rows and filtering them. A ratio above its
 * limit is printed, not failed.
 */
import { expect, test } from 'vitest';
import type { KeyRecord, KeyState } from '$lib/domain/key';
import { positionOf, type KeyListing } from '$lib/domain/key-listing';
import { DAY_MS } from '$lib/domain/time';
import { openDatabase, toKeyRow, type Database } from '$lib/storage/database';
import { queries } from '$lib/storage/queries';
import { sweep } from '$lib/storage/sweep';
import { startSandbox, START_MS, value, type Sandbox } from '../support/sandbox';
import { pastTheDoor } from '../support/past-the-door';

const FEW = 100;
const MANY = 100_000;
const ROUNDS = 40;
const DUE = 20;
const SWEEPER = { by: 'tab', armedAtMs: null } as const;
const STATES: readonly KeyState[] = ['ENABLED', 'DISABLED', 'PENDING_IMPORT', 'PENDING_DELETE'];

function record(number: number): KeyRecord {
	const state = STATES[number % STATES.length] ?? 'ENABLED';
	const digits = ((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
	return {
		keyId: `${digits}-0000-4000-8000-${String(number).padStart(12, '0')}`,
		alias: number % 3 ? `team-${digits}` : null,
		description: 'a key among many',
		origin: number % 5 ? 'EXTERNAL' : 'KMS',
		createdAtMs: START_MS - number * 1000,
		state,
		material:
			state === 'PENDING_IMPORT'
				? null
				: {
						importedAtMs: START_MS,
						expiresAtMs: number % 7 ? null : START_MS + DAY_MS * 100 + number
					},
		materialFingerprint: null,
		deleteAtMs: state === 'PENDING_DELETE' ? START_MS + DAY_MS * 200 + number : null,
		importCalls: 0
	};
}

async function fill(db: Database, count: number): Promise<void> {
	for (let from = 0; from < count; from += 5000) {
		const numbers = Array.from(
			{ length: Math.min(5000, count - from) },
			(_, index) => from + index
		);
		await pastTheDoor(db).keys.bulkAdd(numbers.map((number) => toKeyRow(record(number))));
	}
	for (const [index, state] of STATES.entries())
		await pastTheDoor(db).counters.put({
			state,
			count: Math.ceil((count - index) / STATES.length)
		});
}

/** Gives the sweep something to do, always as much. */
async function makeDue(db: Database): Promise<void> {
	const rows = Array.from({ length: DUE }, (_, index) => ({
		...record(index * 4),
		state: 'ENABLED' as const,
		material: { importedAtMs: START_MS, expiresAtMs: START_MS - 1 }
	}));
	await pastTheDoor(db).keys.bulkPut(rows.map(toKeyRow));
}

type Read = (db: Database) => Promise<unknown>;

const LIMIT = 50;
const listing = (asked: Partial<KeyListing>): Read => {
	const whole: KeyListing = { order: 'created', descending: true, limit: LIMIT, ...asked };
	return (db) => queries.keys(db, whole);
};

const median = (times: number[]): number =>
	[...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

test('a hundred thousand keys beside a hundred', { timeout: 900_000 }, async () => {
	const few = (await startSandbox()).db;
	const sandbox = await startSandbox();
	const many = sandbox.db;
	await fill(few, FEW);
	const filling = await timed(() => fill(many, MANY));
	console.log(`${String(MANY)} keys stored in ${(filling / 1000).toFixed(0)} s`);

	const middle = (count: number, order: 'created' | 'alias') =>
		positionOf(record(Math.floor(count / 2)), order);
	const reads: Readonly<Record<string, readonly [Read, Read]>> = {
		'first page, newest first': [listing({}), listing({})],
		'a page in the middle': [
			listing({ after: middle(FEW, 'created'), limit: 40 }),
			listing({ after: middle(MANY, 'created'), limit: 40 })
		],
		'sorted by alias': [
			listing({ order: 'alias', descending: false }),
			listing({ order: 'alias', descending: false })
		],
		'sorted by expiry': [
			listing({ order: 'expiry', descending: false }),
			listing({ order: 'expiry', descending: false })
		],
		'filtered by state': [
			listing({ state: 'DISABLED', limit: 20 }),
			listing({ state: 'DISABLED', limit: 20 })
		],
		'filtered by state, sorted by alias': [
			listing({ state: 'DISABLED', order: 'alias', descending: false, limit: 20 }),
			listing({ state: 'DISABLED', order: 'alias', descending: false, limit: 20 })
		],
		counts: [(db) => queries.keyCounts(db), (db) => queries.keyCounts(db)],
		'what comes next': [(db) => queries.upcoming(db, 8), (db) => queries.upcoming(db, 8)],
		'a sweep with nothing due': [
			(db) => sweep(db, START_MS, SWEEPER),
			(db) => sweep(db, START_MS, SWEEPER)
		]
	};

	for (const [name, [ofFew, ofMany]] of Object.entries(reads)) {
		const times: { few: number[]; many: number[] } = { few: [], many: [] };
		for (let round = -5; round < ROUNDS; round++) {
			const [a, b] = [await timed(() => ofFew(few)), await timed(() => ofMany(many))];
			if (round < 0) continue;
			times.few.push(a);
			times.many.push(b);
		}
		report(name, times.many, times.few);
	}

	const sweeps: { few: number[]; many: number[] } = { few: [], many: [] };
	for (let round = 0; round < 10; round++) {
		for (const [db, times] of [
			[few, sweeps.few],
			[many, sweeps.many]
		] as const) {
			await makeDue(db);
			times.push(await timed(() => sweep(db, START_MS, SWEEPER)));
		}
	}
	report(`a sweep with ${String(DUE)} due`, sweeps.many, sweeps.few);
	await compareSearches(sandbox);
});

/** In the middle of two thirds of the aliases, and of one alias: the most and the fewest CMKs that a search can find. */
const SEARCHES = ['eam-', record(MANY / 2).alias?.slice(2) ?? ''];

async function compareSearches({ db, kms }: Sandbox): Promise<void> {
	const plainly = async (text: string) => {
		const rows = await db.keys.toArray();
		return rows.filter(({ alias }) => alias?.toLowerCase().includes(text)).slice(0, LIMIT);
	};
	for (const search of SEARCHES) {
		const read = listing({ search });
		const names = ['first search', 'four first searches at once', 'next search', 'after a change'];
		const times = new Map(['plain', ...names].map((name): [string, number[]] => [name, []]));
		const time = async (name: string, work: () => Promise<unknown>) =>
			times.get(name)?.push(await timed(work));
		for (let round = 0; round < 10; round++) {
			// each connection remembers its own names
			const [one, other] = [await openDatabase(db.name), await openDatabase(db.name)];
			await time('plain', () => plainly(search));
			await time('first search', () => read(one));
			await time('four first searches at once', () =>
				Promise.all(Array.from({ length: 4 }, () => read(other)))
			);
			await time('next search', () => read(one));
			value(await kms.createCmk({ keyUsage: 0, origin: 1 }));
			await time('after a change', () => read(one));
			one.close();
			other.close();
		}
		for (const [index, name] of names.entries())
			report(
				`${name}: ${search}`,
				times.get(name) ?? [],
				times.get('plain') ?? [],
				index < 2 ? 2 : 0.1
			);
	}
}

function report(name: string, times: number[], beside: number[], limit = 2): void {
	const [a, b] = [median(times), median(beside)];
	const ratio = a / b;
	console.log(
		`${name.padEnd(40)} ${a.toFixed(2)} ms / ${b.toFixed(2)} ms = ${ratio.toFixed(2)} (limit ${String(limit)})${ratio > limit ? ' OVER' : ''}`
	);
	expect(ratio).toBeGreaterThan(0);
}
