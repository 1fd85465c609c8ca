/** What the key list shows survives its address, whatever an alias holds; an address of nobody's making is harmless. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEY_STATES } from '$lib/domain/key';
import { KEY_ORDERS, type KeyPosition } from '$lib/domain/key-listing';
import {
	readListView,
	writeListView,
	type ListView
} from '$lib/ui/features/keys/key-search-params';

const read = (query: string) => readListView(new URL(`http://sandbox/keys${query}`).searchParams);

const position: fc.Arbitrary<KeyPosition> = fc.tuple(
	fc.oneof(
		fc.nat({ max: 8_640_000_000_000_000 }),
		fc.constant(Infinity),
		fc.string({ unit: 'grapheme', maxLength: 128 }).filter((text) => text.length <= 128)
	),
	fc.uuid()
);

const view: fc.Arbitrary<ListView> = fc.record(
	{
		search: fc.string({ unit: 'grapheme' }),
		order: fc.constantFrom(...KEY_ORDERS),
		descending: fc.boolean(),
		state: fc.constantFrom(...KEY_STATES),
		after: position,
		before: position
	},
	{ requiredKeys: ['search', 'order', 'descending'] }
);

test('a view written into the address is read back as it was', () => {
	fc.assert(
		fc.property(view, (given) => {
			expect(read(writeListView(given))).toEqual(given);
		})
	);
});

test('the first view has no query, and nonsense is read as the first view', () => {
	const first = { search: '', order: 'created', descending: true } as const;
	expect(writeListView(first)).toBe('');
	for (const query of ['', '?status=GONE&sort=colour&after=x&before=1.n', '?after=%00&dir=desc'])
		expect(read(query)).toEqual(first);
});
