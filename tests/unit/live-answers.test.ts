/** The order in which answers of live queries reach the page. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { observe } from '../../src/lib/storage/observe';

const dexie = vi.hoisted(() => ({
	ask: (): Promise<unknown> => Promise.reject(new Error('nothing is observed')),
	handOver: ((): void => undefined) as (answer: unknown) => void
}));

vi.mock('dexie', () => ({
	liveQuery: (ask: () => Promise<unknown>) => ({
		subscribe: (handOver: (answer: unknown) => void) => {
			Object.assign(dexie, { ask, handOver });
			return { unsubscribe: () => undefined };
		}
	})
}));

async function observed() {
	const state: { value: string | null } = { value: null };
	const told: (string | null)[] = [];
	const read = () => Promise.resolve(state.value);
	const fail = (error: unknown) => expect.unreachable(String(error));
	onTestFinished(await observe(read, (value) => told.push(value), fail));
	const askAt = (value: string | null) => {
		state.value = value;
		return dexie.ask();
	};
	return { told, askAt };
}

test('an answer that the database library hands over late never replaces a newer one', async () => {
	const { told, askAt } = await observed();
	const deleted = await askAt(null);
	const begun = await askAt('begun');
	dexie.handOver(begun);
	dexie.handOver(deleted);
	expect(told).toEqual(['begun']);
});

test('answers in the order of their questions are all told', async () => {
	const { told, askAt } = await observed();
	for (const value of [null, 'begun', null, 'begun again']) dexie.handOver(await askAt(value));
	expect(told).toEqual([null, 'begun', null, 'begun again']);
});

test('the question is an async function: only there the library watches all that is read', async () => {
	await observed();
	expect(dexie.ask.constructor.name).toBe('AsyncFunction');
});
