/**
 * The pages of the key list: forwards and back through many CMKs, in every order, with every filter, each shown once. The
 * search: always what a plain filter over all CMKs finds.
 */
import fc from 'fast-check';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import { KEY_STATES, type KeyRecord } from '$lib/domain/key';
import {
	aliasOrder,
	KEY_ORDERS,
	positionOf,
	type KeyListing,
	type KeyOrder
} from '$lib/domain/key-listing';
import { DAY_MS } from '$lib/domain/time';
import { nextEvent, type LogEnd } from '$lib/storage/audit-log';
import type { Database, WritableDatabase } from '$lib/storage/database';
import { preparePage, readPage } from '$lib/storage/key-pages';
import { putKey } from '$lib/storage/key-rows';
import { observe } from '$lib/storage/observe';
import { queries } from '$lib/storage/queries';
import { emptyWhole } from '$lib/storage/whole';
import { write } from '$lib/storage/write';
import { startSandbox, START_MS, value, type Sandbox } from '../support/sandbox';

const COUNT = 120;
const PAGE = 50;

/** Every third without alias, many of the same age and with the same expiry: ties are where pages go wrong. */
function record(number: number): KeyRecord {
	const state = KEY_STATES[number % KEY_STATES.length] ?? 'ENABLED';
	const digits = String((number * 7919) % 100_000).padStart(8, '0');
	return {
		keyId: `${digits}-0000-4000-8000-${String(number).padStart(12, '0')}`,
		alias: number % 3 === 0 ? null : `${number % 2 ? 'Team' : 'team'} ${digits}`,
		description: '',
		origin: number % 5 === 0 ? 'KMS' : 'EXTERNAL',
		createdAtMs: START_MS + Math.floor(number / 7) * 1000,
		state,
		material:
			state === 'PENDING_IMPORT'
				? null
				: {
						importedAtMs: START_MS,
						expiresAtMs: number % 2 ? null : START_MS + Math.floor(number / 9) * 1000
					},
		materialFingerprint: null,
		deleteAtMs: state === 'PENDING_DELETE' ? START_MS + 86_400_000 : null,
		importCalls: 0
	};
}

const RECORDS = Array.from({ length: COUNT }, (_, number) => record(number));

const BY_OPERATION = { by: 'operation', armedAtMs: null } as const;

/** @param others how many events of no CMK come first */
async function addKey(open: WritableDatabase, end: LogEnd, key: KeyRecord, others = 0) {
	const entry = { operation: 'CreateCmk', actor: 'trainee', code: 'SUCCESS' } as const;
	const fields = { ...entry, requestId: null, request: {}, response: {} };
	const events: AuditEvent[] = [];
	let last = end;
	for (const keyId of [...Array.from({ length: others }, () => null), key.keyId]) {
		const event = nextEvent(last, { ...fields, keyId }, START_MS);
		events.push(event);
		last = event;
	}
	await putKey(open, undefined, key);
	await open.events.bulkAdd(events);
	return last;
}

async function filled(): Promise<Sandbox> {
	const sandbox = await startSandbox();
	await write(sandbox.db, START_MS, BY_OPERATION, async (open, { end }) => {
		let last = end;
		for (const each of RECORDS) last = await addKey(open, last, each);
	});
	return sandbox;
}

const compare = <T extends number | string>(one: T, other: T): number =>
	one < other ? -1 : one > other ? 1 : 0;

const VALUE: Readonly<Record<KeyOrder, (key: KeyRecord) => number | string>> = {
	created: (key) => key.createdAtMs,
	alias: (key) => aliasOrder(key.alias),
	expiry: (key) => key.material?.expiresAtMs ?? Infinity
};

function expectedIds({ order, descending, state, origin }: Omit<KeyListing, 'limit'>): string[] {
	const ids = RECORDS.filter(
		(key) =>
			(state === undefined || key.state === state) &&
			(origin === undefined || key.origin === origin)
	)
		.toSorted(
			(one, other) =>
				compare(VALUE[order](one), VALUE[order](other)) || compare(one.keyId, other.keyId)
		)
		.map(({ keyId }) => keyId);
	return descending ? ids.toReversed() : ids;
}

const FILTERS = [
	{},
	...KEY_STATES.map((state) => ({ state })),
	{ origin: 'EXTERNAL' },
	{ origin: 'KMS', state: 'ENABLED' }
] as const;

test.each(KEY_ORDERS)('by %s, forwards and back, every CMK is on one page', async (order) => {
	const { db } = await filled();
	for (const filter of FILTERS)
		for (const descending of [false, true]) {
			const asked = { order, descending, ...filter };
			const limit = 'state' in filter ? 13 : PAGE;
			const expected = expectedIds(asked);
			const pages: (readonly KeyRecord[])[] = [];
			let page = await queries.keys(db, { ...asked, limit });
			expect(page.hasBefore).toBe(false);
			for (;;) {
				pages.push(page.keys);
				const last = page.keys.at(-1);
				if (!page.hasAfter || !last) break;
				page = await queries.keys(db, { ...asked, limit, after: positionOf(last, order) });
				expect(page.hasBefore).toBe(true);
			}
			expect(pages.flat().map(({ keyId }) => keyId)).toEqual(expected);
			for (const previous of pages.toReversed().slice(1)) {
				const [first] = page.keys;
				if (!first) throw new Error('an empty page');
				expect(page.hasBefore).toBe(true);
				page = await queries.keys(db, { ...asked, limit, before: positionOf(first, order) });
				expect(page.keys).toEqual(previous);
			}
			expect(page.hasBefore).toBe(false);
		}
});

const searchFor = (text: string, filter: Partial<KeyListing> = {}): KeyListing => ({
	...{ search: text, order: 'created', descending: true, limit: PAGE },
	...filter
});

test('a search finds aliases in any case, then IDs, fifty at most, within the filter', async () => {
	const { db } = await filled();
	const search = (text: string, filter: Partial<KeyListing> = {}) =>
		queries.keys(db, searchFor(text, filter));
	const named = RECORDS.filter(({ alias }) => alias !== null);

	const many = await search('EAM');
	expect(many.keys).toHaveLength(PAGE);
	expect(many.hasAfter).toBe(true);

	const [one] = named;
	expect((await search(one?.alias?.toUpperCase() ?? '')).keys).toMatchObject([
		{ keyId: one?.keyId }
	]);
	expect((await search(one?.keyId.slice(20) ?? '')).keys).toMatchObject([{ keyId: one?.keyId }]);

	const disabled = await search('team', { state: 'DISABLED' });
	expect(disabled.keys.map(({ keyId }) => keyId).toSorted()).toEqual(
		named
			.filter(({ state }) => state === 'DISABLED')
			.map(({ keyId }) => keyId)
			.toSorted()
	);
	expect((await search('nothing is called that')).keys).toEqual([]);
});

/** The place in which a text is found, best first; 4: nowhere. */
function place({ alias, keyId }: KeyRecord, text: string): number {
	const name = alias?.toLowerCase() ?? '';
	if (name.includes(text)) return name.startsWith(text) ? 0 : 1;
	return keyId.includes(text) ? (keyId.startsWith(text) ? 2 : 3) : 4;
}

/** The answer of a plain filter over all rows. */
async function plainlyFound(db: Database, { search, state, origin, limit }: KeyListing) {
	const text = search?.toLowerCase() ?? '';
	const found = (await db.keys.toArray())
		.filter((key) => state === undefined || key.state === state)
		.filter((key) => origin === undefined || key.origin === origin)
		.filter((key) => place(key, text) < 4)
		.toSorted(
			(one, other) =>
				compare(place(one, text), place(other, text)) ||
				compare(aliasOrder(one.alias), aliasOrder(other.alias)) ||
				compare(one.keyId, other.keyId)
		);
	return { keys: found.slice(0, limit), hasBefore: false, hasAfter: found.length > limit };
}

const text = fc.string({
	unit: fc.constantFrom('a', 'B', '4', '-', '密', '\uffff'),
	minLength: 1,
	maxLength: 3
});

interface Asked {
	readonly alias: string;
	readonly keyId: string;
	readonly search: string;
}

const ACTS = {
	create: ({ kms }, { alias }) => kms.createCmk({ keyUsage: 0, origin: 1, alias }),
	createNameless: ({ kms }) => kms.createCmk({ keyUsage: 0, origin: 0 }),
	name: ({ kms }, { keyId, alias }) => kms.createAlias({ keyId, alias }),
	rename: ({ kms }, { keyId, alias }) => kms.updateAlias({ keyId, alias }),
	disable: ({ kms }, { keyId }) => kms.disableKey({ keyId }),
	schedule: ({ kms }, { keyId }) => kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }),
	sweepLater: async ({ advance, sweep }) => {
		await advance(8 * DAY_MS);
		await sweep();
	},
	list: ({ kms }, { search }) => kms.listKeys({ search }),
	undo: ({ undo }) => undo(),
	reset: ({ db }) => emptyWhole(db)
} satisfies Record<string, (tab: Sandbox, asked: Asked) => Promise<unknown>>;

const step = fc.record({
	tab: fc.nat(1),
	act: fc.oneof(
		{ weight: 1, arbitrary: fc.constant('create' as const) },
		{ weight: 2, arbitrary: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])) }
	),
	key: fc.nat(9),
	alias: text,
	searcher: fc.nat(1),
	search: text,
	filter: fc.constantFrom<Partial<KeyListing>>(
		{},
		{},
		{ state: 'DISABLED' },
		{ origin: 'EXTERNAL' }
	)
});

test('whatever two tabs do, each finds what a plain filter over all CMKs finds', async () => {
	const name = `searched-${String(Date.now())}`;
	const tabs = [await startSandbox(name), await startSandbox(name)] as const;
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
			async (steps) => {
				await emptyWhole(tabs[0].db);
				for (const { tab, act, key, alias, searcher, search, filter } of steps) {
					const { db } = tabs[searcher === 0 ? 0 : 1];
					const ids = await db.keys.toCollection().primaryKeys();
					const keyId = ids[key % ids.length] ?? crypto.randomUUID();
					const does: (tab: Sandbox, asked: Asked) => Promise<unknown> = ACTS[act];
					await does(tabs[tab === 0 ? 0 : 1], { alias, keyId, search });
					const listing = searchFor(search, { limit: 3, ...filter });
					expect(await queries.keys(db, listing)).toEqual(await plainlyFound(db, listing));
				}
			}
		),
		{ numRuns: inject('lives') }
	);
});

const aliasesOf = async (db: Database, search: string) =>
	(await queries.keys(db, searchFor(search))).keys.map(({ alias }) => alias);

test('a watched search is answered again after every change, in its own tab or another', async () => {
	const name = `watched-${String(Date.now())}`;
	const [tab, other] = [await startSandbox(name), await startSandbox(name)];
	const told: unknown[] = [];
	const fail = (error: unknown) => expect.unreachable(String(error));
	const seen = (aliases: readonly string[]) => expect.poll(() => told.at(-1)).toEqual(aliases);
	onTestFinished(
		await observe(
			() => aliasesOf(tab.db, 'LLING'),
			(found) => told.push(found),
			fail
		)
	);
	await seen([]);
	const external = { keyUsage: 0, origin: 1 };
	const { keyMetadata } = value(await other.kms.createCmk({ ...external, alias: 'old billing' }));
	await seen(['old billing']);
	value(await tab.kms.createCmk({ ...external, alias: 'Billing' }));
	await seen(['Billing', 'old billing']);
	await other.undo();
	await seen(['old billing']);
	const { keyId } = keyMetadata;
	value(await other.kms.updateAlias({ keyId, alias: 'selling' }));
	await seen(['selling']);
	value(await tab.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
	await other.advance(8 * DAY_MS);
	await other.sweep();
	await seen([]);
	value(await tab.kms.createCmk({ ...external, alias: 'calling' }));
	await seen(['calling']);
	await emptyWhole(other.db);
	await seen([]);
});

test('a search is right after more events than it reads one by one', async () => {
	const { db } = await filled();
	expect(await aliasesOf(db, 'far')).toEqual([]);
	await write(db, START_MS, BY_OPERATION, async (open, { end }) => {
		await addKey(open, end, { ...record(COUNT), alias: 'far away' }, 1000);
	});
	expect(await aliasesOf(db, 'far')).toEqual(['far away']);
});

test('a search forgets the changes of a transaction that failed', async () => {
	const { db } = await filled();
	const failure = new Error('not stored');
	const ghosts = await preparePage(db, searchFor('ghost'));
	const failed = write(db, START_MS, BY_OPERATION, async (open, { end }) => {
		await addKey(open, end, { ...record(COUNT), alias: 'a ghost' });
		expect((await readPage(open, ghosts)).keys).toMatchObject([{ alias: 'a ghost' }]);
		throw failure;
	});
	await expect(failed).rejects.toThrow(failure);
	await write(db, START_MS, BY_OPERATION, async (open, { end }) => {
		await addKey(open, end, { ...record(COUNT + 1), alias: 'another one' });
	});
	expect(await aliasesOf(db, 'ghost')).toEqual([]);
	expect(await aliasesOf(db, 'other')).toEqual(['another one']);
});

test('the counts beside the filter are those of the list', async () => {
	const { db } = await filled();
	const counts = await queries.keyCounts(db);
	expect(counts.all).toBe(COUNT);
	for (const state of KEY_STATES)
		expect(counts[state]).toBe(RECORDS.filter((key) => key.state === state).length);
});
