/** The check of a file that is about to be taken: how each ending is told, and what is left of the file. */
import { expose, wrap } from 'comlink';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Diagnostician, NamedFile } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { isLoadFailure, LoadFailure, throwUnlessLoadFailure } from '$lib/domain/load-failure';
import { checkFile } from '$lib/ui/features/refusals/private-key';
import { perFile } from '$lib/ui/features/workbench/per-file.svelte';
import { TrayActions } from '$lib/ui/features/workbench/tray-actions.svelte';
import { overwritingCopies } from '$lib/worker/copies';
import { later } from '$lib/worker/later';

const { name, addFile, readFile } = vi.hoisted(() => ({
	name: vi.fn<Diagnostician['name']>(),
	addFile: vi.fn(),
	readFile: vi.fn()
}));
vi.mock('$lib/client/kms', () => ({ diagnostician: { name }, workbench: { addFile, readFile } }));

const WRAPPED: NamedFile = { layers: [], content: 'wrapped', bytes: 256 };
const PRIVATE_KEY: NamedFile = { layers: [], content: 'privateKey', bytes: 48 };

const someFile = (): Bytes => new Uint8Array([1, 2, 3]);
const OVERWRITTEN = new Uint8Array(3);

/** One whose bytes the test keeps. */
function chosen(bytes: Bytes): File {
	const file = new File([], 'server.key');
	const start = { arrayBuffer: () => Promise.resolve(bytes.buffer) };
	return Object.assign(file, { slice: () => start });
}

beforeEach(() => {
	vi.resetAllMocks();
	addFile.mockResolvedValue({ ok: true });
});

describe('the page', () => {
	test('takes any other file as it is', async () => {
		const bytes = someFile();
		name.mockResolvedValue(WRAPPED);
		const checked = await checkFile(bytes, { name });
		expect(checked).toEqual({ status: 'file', bytes: someFile(), named: WRAPPED });
		expect(bytes).toEqual(someFile());
	});

	test('overwrites a private key', async () => {
		const bytes = someFile();
		name.mockResolvedValue(PRIVATE_KEY);
		expect(await checkFile(bytes, { name })).toEqual({ status: 'privateKey' });
		expect(bytes).toEqual(OVERWRITTEN);
	});

	test('overwrites what it could not check, and says so', async () => {
		const bytes = someFile();
		name.mockRejectedValue(new LoadFailure('offline'));
		expect(await checkFile(bytes, { name })).toEqual({ status: 'unchecked' });
		expect(bytes).toEqual(OVERWRITTEN);
	});

	test('overwrites what a defect met, and throws the defect', async () => {
		const bytes = someFile();
		name.mockRejectedValue(new TypeError('a defect'));
		await expect(checkFile(bytes, { name })).rejects.toThrow('a defect');
		expect(bytes).toEqual(OVERWRITTEN);
	});
});

describe('the workbench', () => {
	test('overwrites a private key, and says so', async () => {
		const bytes = someFile();
		name.mockResolvedValue(PRIVATE_KEY);
		const actions = new TrayActions();
		await actions.add([chosen(bytes)]);
		expect(actions.outcome).toEqual({ kind: 'privateKey', name: 'server.key' });
		expect(bytes).toEqual(OVERWRITTEN);
		expect(addFile).not.toHaveBeenCalled();
	});

	test('says that the check could not be loaded only if it could not', async () => {
		const actions = new TrayActions();
		name.mockRejectedValueOnce(new LoadFailure('offline'));
		await actions.add([chosen(someFile())]);
		expect(actions.outcome).toEqual({ kind: 'unchecked', name: 'server.key' });
		name.mockRejectedValueOnce(new TypeError('a defect'));
		await expect(actions.add([chosen(someFile())])).rejects.toThrow('a defect');
		expect(actions.outcome).toBeUndefined();
		expect(addFile).not.toHaveBeenCalled();
	});

	test('reads each file once, and again only after a failure', async () => {
		readFile.mockImplementation(() => Promise.resolve({ ok: true, value: someFile() }));
		name.mockRejectedValueOnce(new LoadFailure('offline')).mockResolvedValue(WRAPPED);
		const names = perFile((file) => name(file));
		const file = { fileId: 7, name: 'a.bin', lengthBytes: 3, createdAtMs: 1 };
		await expect(names.read(file)).rejects.toThrow('offline');
		expect(names.of(file)).toBeUndefined();
		await Promise.all([names.read(file), names.read(file)]);
		expect(names.of(file)).toBe(WRAPPED);
		expect(name).toHaveBeenCalledTimes(2);
		// the number of a removed file may be used again
		expect(names.of({ ...file, createdAtMs: 2 })).toBeUndefined();
	});
});

describe('the worker', () => {
	const diagnostician = (named: () => Promise<NamedFile>): Diagnostician =>
		overwritingCopies({ diagnose: () => Promise.reject(new Error('not asked')), name: named });

	test('overwrites its copy when the file is named', async () => {
		const bytes = someFile();
		const seen: Bytes[] = [];
		const copies = overwritingCopies({
			diagnose: () => Promise.reject(new Error('not asked')),
			name: (file) => {
				seen.push(file.slice());
				return Promise.resolve(PRIVATE_KEY);
			}
		});
		expect(await copies.name(bytes)).toEqual(PRIVATE_KEY);
		expect(seen).toEqual([someFile()]);
		expect(bytes).toEqual(OVERWRITTEN);
	});

	test('overwrites its copy when the file could not be named', async () => {
		const bytes = someFile();
		const failing = diagnostician(() => Promise.reject(new TypeError('a defect')));
		await expect(failing.name(bytes)).rejects.toThrow('a defect');
		expect(bytes).toEqual(OVERWRITTEN);
	});

	test('overwrites its copy when what names it could not be loaded', async () => {
		const bytes = someFile();
		const real = later<Diagnostician>(() => Promise.reject(new LoadFailure('offline')));
		await expect(overwritingCopies(real).name(bytes)).rejects.toThrow(LoadFailure);
		expect(bytes).toEqual(OVERWRITTEN);
	});
});

describe('a part that could not be loaded', () => {
	const failing = (error: Error) => ({ name: () => Promise.reject(error) });

	test('is known for it on the other side of a worker, and a defect is not', async () => {
		const { port1, port2 } = new MessageChannel();
		onTestFinished(() => {
			port1.close();
		});
		expose(
			{ lost: failing(new LoadFailure('a')).name, broken: failing(new Error('b')).name },
			port2
		);
		const remote = wrap<{ lost(): Promise<void>; broken(): Promise<void> }>(port1);
		expect(isLoadFailure(await remote.lost().catch((error: unknown) => error))).toBe(true);
		expect(isLoadFailure(await remote.broken().catch((error: unknown) => error))).toBe(false);
	});

	test('is gone without, and a defect is thrown', () => {
		throwUnlessLoadFailure(new LoadFailure('offline'));
		expect(() => {
			throwUnlessLoadFailure(new TypeError('a defect'));
		}).toThrow('a defect');
	});
});
