/** A part of the worker that is loaded at its first use. */
import { expect, test, vi } from 'vitest';
import { later } from '$lib/worker/later';

test('is created once, and again only after a failure', async () => {
	const make = vi.fn(() => Promise.resolve({ name: (file: string) => Promise.resolve(file) }));
	make.mockRejectedValueOnce(new Error('offline'));
	const part = later(make);
	await expect(part.name('a')).rejects.toThrow('offline');
	await expect(part.name('b')).resolves.toBe('b');
	await expect(part.name('c')).resolves.toBe('c');
	expect(make).toHaveBeenCalledTimes(2);
});
