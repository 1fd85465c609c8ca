/** Workspaces: an export is imported with identical contents, and a refused import leaves nothing behind. */
import {
	close,
	databaseNames,
	inhabit,
	openPlace,
	visible,
	type Inhabited,
	type Place
} from '../support/workspaces';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import type { Bytes } from '$lib/domain/bytes';
import { createWorkspaces } from '$lib/workspaces/create-workspaces';
import { readContents } from '$lib/workspaces/read-contents';
import { restore } from '$lib/workspaces/restore';
import { contentsToFile, fileToContents } from '$lib/workspaces/workspace-file';
import {
	LONGEST_WORKSPACE_FILE_BYTES,
	MOST_WORKSPACES,
	type WorkspaceResult
} from '$lib/workspaces/workspaces';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fewKeyPairs } from '../support/lives';
import {
	importMaterial,
	randomMaterial,
	refusalCode,
	START_MS,
	startSandbox,
	value
} from '../support/sandbox';
import { anyLife, Life } from '../support/steps';

function taken<T>(result: WorkspaceResult<T>): T {
	if (!result.ok) throw new Error(`refused: ${result.problem}`);
	return result.value;
}

const problemOf = (result: WorkspaceResult<unknown>) => (result.ok ? undefined : result.problem);

/** Everything this browser has, gone: open connections are closed by the deletion. */
async function wipe(): Promise<void> {
	// Dexie says of each of them that it closes it
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	for (const name of await databaseNames()) await Dexie.delete(name);
}

beforeEach(wipe);
afterEach(() => {
	vi.restoreAllMocks();
});

async function exported(place: Place): Promise<Bytes> {
	return taken(await place.workspaces.exportFile()).bytes;
}

describe('exported, wiped, imported', () => {
	async function journey(): Promise<{ before: unknown; old: Inhabited; place: Place }> {
		const old = await inhabit('main');
		const before = await visible(old);
		const file = await exported(old);
		close(old);
		await wipe();
		const elsewhere = await openPlace('main');
		const { workspaceId } = taken(await elsewhere.workspaces.importFile('Back', file));
		return { before, old, place: await openPlace(workspaceId) };
	}

	test('every row, the log and the files are the same', async () => {
		const { before, place } = await journey();
		expect(await visible(place)).toEqual(before);
		expect(await place.sandbox.controls.checkAuditLog()).not.toHaveProperty('brokenAt');
	});

	test('a ciphertext from before opens, and what is encrypted now too', async () => {
		const { old, place } = await journey();
		const { kms } = place.sandbox;
		expect(value(await kms.decrypt({ cipherTextBlob: old.blob })).plainText).toEqual(old.plainText);
		const { keys } = await visible(place);
		const enabled = keys.filter(({ state }) => state === 'ENABLED');
		expect(enabled).toHaveLength(2);
		for (const { keyId } of enabled) {
			const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText: old.plainText }));
			expect(value(await kms.decrypt({ cipherTextBlob })).plainText).toEqual(old.plainText);
		}
	});

	test('a token that was not used yet still opens, and the same material is recognised', async () => {
		const old = await inhabit('main', true);
		const file = await exported(old);
		const { workspaceId } = taken(await old.workspaces.importFile('Back', file));
		const { kms } = (await openPlace(workspaceId)).sandbox;
		const { publicKey, importToken } = old.parameters;
		const upload = async (material: Bytes) =>
			kms.importKeyMaterial({
				keyId: old.importedKeyId,
				importToken,
				encryptedKeyMaterial: await wrapKeyMaterial('RSAES_PKCS1_V1_5', publicKey, material)
			});
		expect(refusalCode(await upload(randomMaterial()))).toBe('MaterialNotMatch');
		value(await upload(old.material.slice()));
	});

	test('no key can be read out of the new databases', async () => {
		const { place } = await journey();
		const { db } = place.sandbox;
		const service = await db.serviceKeys.get(0);
		const keys = [
			...(await db.materials.toArray()).map(({ key }) => key),
			...(service ? [service.token, service.sealing, service.fingerprint] : [])
		];
		expect(keys).toHaveLength(8);
		expect(keys.filter(({ extractable }) => extractable)).toEqual([]);
	});

	test('every state that operations can reach comes back', { timeout: 60_000 }, async () => {
		const keyPairs = await fewKeyPairs();
		let lives = 0;
		await fc.assert(
			fc.asyncProperty(anyLife, async (steps) => {
				const name = `kms/life-${String(lives++)}`;
				const machine = { systemMs: START_MS, room: Infinity, refused: false };
				const open = () => startSandbox(name, { keyPairs, systemNowMs: () => machine.systemMs });
				const sandbox = await open();
				const life = new Life(sandbox, START_MS, machine, open, keyPairs.last);
				for (const step of steps) await life.take(step);
				const { db, serviceKeys } = (await open()).store;
				const contents = await readContents(db, [], () => Promise.resolve(serviceKeys));
				const file = taken(await contentsToFile(contents));
				expect(taken(await fileToContents(file))).toEqual(contents);
				expect(await restore(contents)).toMatchObject({
					restored: { whole: { events: contents.events } }
				});
				db.close();
				await life.remove();
			}),
			{ numRuns: Number(process.env['LIVES'] ?? 30) }
		);
	});

	test('it can be exported again, with the same contents', async () => {
		const old = await inhabit('main');
		const file = await exported(old);
		const { workspaceId } = taken(await old.workspaces.importFile('Back', file));
		const again = await exported(await openPlace(workspaceId));
		expect(await fileToContents(again)).toEqual(await fileToContents(file));
	});
});

describe('an import that fails', () => {
	test.each([
		['damage', (file: Bytes) => file.with(500, (file[500] ?? 0) ^ 1), 'Damaged'],
		['another file', () => new TextEncoder().encode('{"no":"workspace"}\n'), 'NotAWorkspace'],
		[
			'a file that is too large',
			() => new Uint8Array(LONGEST_WORKSPACE_FILE_BYTES + 1),
			'FileTooLarge'
		]
	])('leaves nothing: %s', async (_, change, problem) => {
		const place = await inhabit('main', true);
		const file = change(await exported(place));
		const names = await databaseNames();
		expect(problemOf(await place.workspaces.importFile('Back', file))).toBe(problem);
		expect(await databaseNames()).toEqual(names);
		expect(await place.workspaces.list()).toHaveLength(1);
	});

	test.each(['events', 'contents'])(
		'leaves nothing when there is no room for %s',
		async (store) => {
			const place = await inhabit('main', true);
			const file = await exported(place);
			const names = await databaseNames();
			type Add = IDBObjectStore['add'];
			const add: Add = Reflect.get(IDBObjectStore.prototype, 'add');
			const refused = vi.fn();
			vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
				this: IDBObjectStore,
				...args: Parameters<Add>
			) {
				if (this.name !== store) return add.apply(this, args);
				refused();
				throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
			});
			expect(problemOf(await place.workspaces.importFile('Back', file))).toBe('StorageFull');
			expect(refused).toHaveBeenCalled();
			expect(await databaseNames()).toEqual(names);
			expect(await place.workspaces.list()).toHaveLength(1);
		}
	);

	test('what a closed page left half written is gone at the next visit', async () => {
		const place = await openPlace('main');
		await place.workspaces.list();
		const registry = await new Dexie('workspaces').open();
		const row = { workspaceId: 'half', foldedName: 'half', createdAtMs: 0, unfinished: true };
		await registry.table('workspaces').add(row);
		registry.close();
		close(await openPlace('half'));
		expect(await (await openPlace('main')).workspaces.list()).toHaveLength(1);
		expect(await databaseNames()).toEqual(['kms/main', 'workbench/main', 'workspaces']);
	});
});

describe('side by side', () => {
	test('the first is there from the start, and names are unique and bounded', async () => {
		const { workspaces } = await openPlace('main');
		const first = { workspaceId: 'main', name: 'Main', createdAtMs: expect.any(Number) as number };
		expect(await workspaces.list()).toEqual([first]);
		expect(await workspaces.current()).toEqual(first);
		const other = taken(await workspaces.create('  Other '));
		expect(other.name).toBe('Other');
		for (const [name, problem] of [
			['', 'NameInvalid'],
			[' ', 'NameInvalid'],
			['a\nb', 'NameInvalid'],
			['x'.repeat(61), 'NameInvalid'],
			['main', 'NameTaken'],
			['OTHER', 'NameTaken']
		] as const) {
			expect(problemOf(await workspaces.create(name)), name).toBe(problem);
			expect(problemOf(await workspaces.duplicate('main', name)), name).toBe(problem);
		}
		expect(problemOf(await workspaces.rename(other.workspaceId, 'Main'))).toBe('NameTaken');
		expect(taken(await workspaces.rename(other.workspaceId, 'other')).name).toBe('other');
		expect(problemOf(await workspaces.rename('nobody', 'New'))).toBe('NotFound');
		expect(await workspaces.list()).toEqual([first, { ...other, name: 'other' }]);
	});

	test('the number of workspaces is limited', async () => {
		const { workspaces } = await openPlace('main');
		for (let number = 2; number <= MOST_WORKSPACES; number++)
			taken(await workspaces.create(String(number)));
		expect(problemOf(await workspaces.create('one more'))).toBe('TooMany');
	});

	test('a copy is whole and lives a life of its own', async () => {
		const original = await inhabit('main');
		const before = await visible(original);
		const { workspaceId } = taken(await original.workspaces.duplicate('main', 'Copy'));
		const copy = await openPlace(workspaceId);
		expect(await visible(copy)).toEqual(before);
		value(await copy.sandbox.kms.createCmk({ keyUsage: 0, origin: 0 }));
		await copy.tray.clear();
		expect(await visible(original)).toEqual(before);
		close(copy);
		const second = taken(await original.workspaces.duplicate(workspaceId, 'Copy of the copy'));
		const { keys, files } = await visible(await openPlace(second.workspaceId));
		expect(keys).toHaveLength(before.keys.length + 1);
		expect(files).toEqual([]);
	});

	test('an unopened workspace can be duplicated', async () => {
		const { workspaces } = await openPlace('main');
		const empty = taken(await workspaces.create('Empty'));
		const copy = taken(await workspaces.duplicate(empty.workspaceId, 'Copy'));
		const { kms } = (await openPlace(copy.workspaceId)).sandbox;
		const { keyId } = value(await kms.createCmk({ keyUsage: 0, origin: 1 })).keyMetadata;
		value(await importMaterial(kms, keyId, randomMaterial()));
		expect(problemOf(await workspaces.duplicate('nobody', 'X'))).toBe('NotFound');
	});

	test('removing a workspace deletes its databases; the workspace in use can’t be removed', async () => {
		const { workspaces } = await inhabit('main', true);
		const { workspaceId } = taken(await workspaces.duplicate('main', 'Copy'));
		expect(problemOf(await workspaces.remove('main'))).toBe('InUse');
		expect(problemOf(await workspaces.remove('nobody'))).toBe('NotFound');
		taken(await workspaces.remove(workspaceId));
		expect(await workspaces.list()).toHaveLength(1);
		expect(await databaseNames()).toEqual(['kms/main', 'workbench/main', 'workspaces']);
	});

	test('a page in a workspace that another tab has removed puts it on the list again', async () => {
		const { workspaces } = await openPlace('main');
		const { workspaceId } = taken(await workspaces.create('Gone'));
		taken(await workspaces.remove(workspaceId));
		const { workspaces: there } = await openPlace(workspaceId);
		expect(await there.current()).toMatchObject({ workspaceId, name: 'Main 2' });
	});
});

describe('without room for a change of the list', () => {
	/** Whatever changes one of these stores is refused, until mocks are restored. */
	function fill(...stores: readonly string[]): void {
		for (const method of ['add', 'put', 'clear', 'delete'] as const) {
			type Change = (this: IDBObjectStore, ...args: unknown[]) => IDBRequest;
			const change = Reflect.get(IDBObjectStore.prototype, method) as Change;
			vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
				this: IDBObjectStore,
				...args: unknown[]
			) {
				if (!stores.includes(this.name)) return change.apply(this, args) as never;
				throw new DOMException('no room left', 'QuotaExceededError');
			});
		}
	}
	const full = { ok: false, problem: 'StorageFull' };

	test('every command says so, and has changed nothing', async () => {
		const place = await inhabit('main', true);
		const { workspaces } = place;
		const { workspaceId } = taken(await workspaces.duplicate('main', 'Copy'));
		const before = [await workspaces.list(), await databaseNames(), await visible(place)];
		const file = await exported(place);
		fill('workspaces', 'events', 'contents');
		for (const answer of [
			await workspaces.create('New'),
			await workspaces.rename(workspaceId, 'New'),
			await workspaces.duplicate('main', 'New'),
			await workspaces.remove(workspaceId),
			await workspaces.reset(),
			await workspaces.importFile('New', file)
		])
			expect(answer).toEqual(full);
		vi.restoreAllMocks();
		expect([await workspaces.list(), await databaseNames(), await visible(place)]).toEqual(before);
	});

	test('the first list says so, and the next one is there as soon as there is room', async () => {
		const { workspaces } = await openPlace('main');
		fill('workspaces');
		for (let visit = 0; visit < 2; visit++) {
			expect(await workspaces.list()).toEqual(full);
			expect(await workspaces.current()).toEqual(full);
			expect(await workspaces.exportFile()).toEqual(full);
		}
		vi.restoreAllMocks();
		expect(await workspaces.list()).toMatchObject([{ workspaceId: 'main', name: 'Main' }]);
	});
});

test('a reset leaves nothing but the settings, and the service goes on', async () => {
	const place = await inhabit('main');
	const { settings } = await visible(place);
	taken(await place.workspaces.reset());
	const empty = await visible(place);
	expect(empty).toEqual({
		...{ keys: [], calls: [], events: [], clock: [], removals: [], counters: [] },
		...{ materials: [], wrappingKeys: [], files: [], settings }
	});
	const { kms } = place.sandbox;
	const { keyId } = value(await kms.createCmk({ keyUsage: 0, origin: 1 })).keyMetadata;
	value(await importMaterial(kms, keyId, randomMaterial()));
	expect(await place.sandbox.nowMs()).toBe(START_MS);
});

test('without storage there is one workspace, which can be exported and reset', async () => {
	const { sandbox, tray } = await inhabit('main', true);
	const workspaces = createWorkspaces({
		store: { ...sandbox.store, mode: 'memory' },
		...{ tray, currentId: 'main', systemNowMs: () => START_MS, newId: () => 'none' }
	});
	expect(await workspaces.list()).toEqual([await workspaces.current()]);
	const file = taken(await workspaces.exportFile());
	expect(file.name).toBe('Main.kms-workspace');
	expect((await fileToContents(file.bytes)).ok).toBe(true);
	for (const result of [
		await workspaces.create('a'),
		await workspaces.rename('main', 'a'),
		await workspaces.duplicate('main', 'a'),
		await workspaces.remove('main'),
		await workspaces.importFile('a', file.bytes)
	])
		expect(problemOf(result)).toBe('NotStored');
	taken(await workspaces.reset());
	expect(await sandbox.db.keys.count()).toBe(0);
});

describe('a workspace of a later version', () => {
	/** As the later version would leave it: other schema, same place. */
	async function inLaterVersion(change?: (db: Dexie) => Promise<unknown>) {
		const place = await inhabit('main', true);
		const before = await exported(place);
		close(place);
		const db = new Dexie('kms/main');
		await db.open();
		const schema = Object.fromEntries(
			db.tables.map(({ name, schema: { primKey } }) => [name, primKey.src])
		);
		db.close();
		const later = new Dexie('kms/main');
		later.version(99).stores(schema);
		await later.open();
		await change?.(later);
		later.close();
		const workspaces = createWorkspaces({
			...{ store: undefined, tray: undefined, currentId: 'main' },
			systemNowMs: () => START_MS,
			newId: () => crypto.randomUUID()
		});
		return { workspaces, before };
	}

	test('is exported when this version understands all of it', async () => {
		const { workspaces, before } = await inLaterVersion();
		const { bytes } = taken(await workspaces.exportFile());
		expect(await fileToContents(bytes)).toEqual(await fileToContents(before));
	});

	test('is not exported with other content, and stays unchanged', async () => {
		const { workspaces } = await inLaterVersion((db) =>
			db.table('keys').toCollection().modify({ state: 'ROTATING' })
		);
		expect(problemOf(await workspaces.exportFile())).toBe('NewerVersion');
		expect(problemOf(await workspaces.reset())).toBe('NewerVersion');
		expect(problemOf(await workspaces.duplicate('main', 'Copy'))).toBe('NewerVersion');
		const { version } = (await indexedDB.databases()).find(({ name }) => name === 'kms/main') ?? {};
		expect(version).toBe(990);
	});

	test('can be left for another one', async () => {
		const { workspaces } = await inLaterVersion();
		const { workspaceId } = taken(await workspaces.create('New'));
		expect(await workspaces.list()).toHaveLength(2);
		const { settings } = await visible(await openPlace(workspaceId));
		expect(settings).toEqual([]);
	});
});
