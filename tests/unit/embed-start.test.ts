/** Where the engine of a demo runs, when workers are slow or silent. */
import { expose } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startEngine } from '../../src/lib/embed/engine/start-engine';

/** The workers that were started, by the beginning of their address; none says anything until it is told to. */
const workers = new Map<string, () => void>();

/** Called with `new`, as the class is. */
function SilentWorker(address: string) {
	const { port1, port2 } = new MessageChannel();
	workers.set(address, () => {
		expose(
			{ start: () => Promise.resolve(), storageMode: () => Promise.resolve('indexeddb') },
			port2
		);
	});
	return Object.assign(port1, {
		terminate: () => {
			port1.close();
		}
	});
}

beforeEach(() => {
	workers.clear();
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	vi.stubGlobal('Worker', SilentWorker);
	vi.stubGlobal('window', globalThis);
	vi.stubGlobal('location', new URL('https://learn.example/embed/upload.html'));
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const STORED = 'https://learn.example/embed/engine-stored.js';
const PLAIN = 'https://learn.example/embed/engine-plain.js';
const DATA = 'data:text/javascript;charset=utf-8,';
const persist = { instance: 'upload/mine', storedUrl: 'engine-stored.js' };

test('a script that takes longer than three seconds to come is stored all the same', async () => {
	const started = startEngine({ source: '', plainUrl: 'engine-plain.js', persist });
	await vi.advanceTimersByTimeAsync(29_000);
	expect([...workers.keys()]).toEqual([STORED]);
	workers.get(STORED)?.();
	expect(await started).toMatchObject({ rung: 'urlWorker' });
});

test('a controlled frame starts a worker that its service worker answers', async () => {
	vi.stubGlobal('navigator', { serviceWorker: { controller: {} } });
	const started = startEngine({ source: '', plainUrl: 'engine-plain.js' });
	await vi.advanceTimersByTimeAsync(29_000);
	expect([...workers.keys()]).toEqual([PLAIN]);
	workers.get(PLAIN)?.();
	expect(await started).toMatchObject({ rung: 'urlWorker' });
});

test('a worker that has its script with it is given three seconds', async () => {
	const started = startEngine({ source: '', plainUrl: 'engine-plain.js' });
	await vi.advanceTimersByTimeAsync(2900);
	expect([...workers.keys()]).toEqual([DATA]);
	await vi.advanceTimersByTimeAsync(200);
	expect([...workers.keys()]).toEqual([DATA, PLAIN]);
	workers.get(PLAIN)?.();
	expect(await started).toMatchObject({ rung: 'urlWorker' });
});
