/** The page's door to the worker, when the worker cannot be started. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { isLoadFailure } from '$lib/domain/load-failure';
import { fakeWorkers } from '../support/fake-workers';

vi.mock('$lib/client/trusted-urls', () => ({ scriptUrl: (url: string) => url }));
vi.mock('$lib/client/workspace', () => ({ currentWorkspaceId: () => 'main' }));

type Api = { readonly storageMode: () => Promise<string> };
const api: Api = { storageMode: () => Promise.resolve('indexeddb') };

const fake = fakeWorkers(api);

async function openDoor() {
	vi.resetModules();
	return (await import('$lib/client/worker')).connect;
}

test.each<[string, Api | string]>([
	['that cannot be loaded', '404'],
	['that cannot open its database', { storageMode: () => Promise.reject(new Error('no')) }]
])('a worker %s is ended, and the next call starts another', async (_, broken) => {
	fake.next = [broken];
	const connect = await openDoor();
	await expect(connect()).rejects.toThrow();
	expect(fake.workers.map(({ isEnded }) => isEnded)).toEqual([true]);
	expect(await (await connect()).storageMode()).toBe('indexeddb');
	expect(fake.workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
});

test.each([
	['without its script was not loaded', '', true],
	['whose script fails has a defect', 'a is not defined', false]
])('a worker %s', async (_, message, isExpected) => {
	fake.next = [message];
	const connect = await openDoor();
	const error: unknown = await connect().catch((reason: unknown) => reason);
	expect(isLoadFailure(error)).toBe(isExpected);
});

test('each failure of the worker is handled, before and after the start', async () => {
	const unheard = vi.fn();
	process.on('unhandledRejection', unheard);
	onTestFinished(() => void process.off('unhandledRejection', unheard));
	// Comlink takes its time
	vi.doMock('comlink', async (load) => {
		await new Promise(setImmediate);
		return load();
	});
	onTestFinished(() => {
		vi.doUnmock('comlink');
	});
	fake.next = ['404'];
	const connect = await openDoor();
	await expect(connect()).rejects.toThrow('404');
	await connect();
	fake.workers[1]?.onerror?.({ message: 'later' });
	await new Promise(setImmediate);
	expect(unheard).not.toHaveBeenCalled();
});
