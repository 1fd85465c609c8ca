/** The pages of the key list: forwards and back through many CMKs, in every order, with every filter, each shown once. */
import { expect, test } from 'vitest';
import { KEY_STATES, type KeyRecord } from '$lib/domain/key';
import {
	aliasOrder,
	KEY_ORDERS,
	positionOf,
	type KeyListing,
	type KeyOrder
} from '$lib/domain/key-listing';
import { putKey } from '$lib/storage/key-rows';
import { write } from '$lib/storage/write';
import { queries } from '$lib/storage/queries';
import { startSandbox, START_MS, type Sandbox } from '../support/sandbox';

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

async function filled(): Promise<Sandbox> {
	const sandbox = await startSandbox();
	const { db } = sandbox;
	await write(db, START_MS, { by: 'operation', armedAtMs: null }, async (open) => {
		for (const each of RECORDS) await putKey(open, undefined, each);
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

test('a search finds aliases in any case, then ids, fifty at most, within the filter', async () => {
	const { db } = await filled();
	const search = (text: string, filter: Partial<KeyListing> = {}) =>
		queries.keys(db, {
			search: text,
			order: 'created',
			descending: true,
			limit: PAGE,
			...filter
		});
	const named = RECORDS.filter(({ alias }) => alias !== null);

	const many = await search('TEAM');
	expect(many.keys).toHaveLength(PAGE);
	expect(many.hasAfter).toBe(true);

	const [one] = named;
	expect((await search(one?.alias?.toUpperCase() ?? '')).keys).toMatchObject([
		{ keyId: one?.keyId }
	]);
	expect((await search(one?.keyId.slice(0, 8) ?? '')).keys).toMatchObject([{ keyId: one?.keyId }]);

	const disabled = await search('team', { state: 'DISABLED' });
	expect(disabled.keys.map(({ keyId }) => keyId).toSorted()).toEqual(
		named
			.filter(({ state }) => state === 'DISABLED')
			.map(({ keyId }) => keyId)
			.toSorted()
	);
	expect((await search('nothing is called that')).keys).toEqual([]);
});

test('the counts beside the filter are those of the list', async () => {
	const { db } = await filled();
	const counts = await queries.keyCounts(db);
	expect(counts.all).toBe(COUNT);
	for (const state of KEY_STATES)
		expect(counts[state]).toBe(RECORDS.filter((key) => key.state === state).length);
});
