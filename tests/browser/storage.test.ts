/** Where the service keeps its secrets, and what happens where a browser stores nothing. */
import { afterEach, expect, test, vi } from 'vitest';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { generateWrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { bytesToHex } from '$lib/domain/bytes';
import { createKeyPairPool } from '$lib/engine/key-pair-pool';
import { createKms } from '$lib/engine/kms';
import { openTray } from '$lib/customer/tray';
import { NewerDatabaseError } from '$lib/storage/database';
import { openStore } from '$lib/storage/open-store';
import { queries } from '$lib/storage/queries';
import { createConsole } from '$lib/worker/console';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	startSandbox,
	value
} from '../support/sandbox';

afterEach(() => {
	vi.unstubAllGlobals();
});

test('no stored key can be exported, and the material is nowhere in the database', async () => {
	const { kms, db } = await startSandbox();
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	const needle = bytesToHex(material);
	value(await importMaterial(kms, keyId, material.slice()));
	const rows: object[] = [];
	for (const table of db.tables) rows.push(...((await table.toArray()) as object[]));
	const keys = rows
		.flatMap((row): unknown[] => Object.values(row))
		.filter((field) => field instanceof CryptoKey);
	expect(keys.length).toBeGreaterThanOrEqual(4);
	expect(keys.filter((key) => key.extractable)).toEqual([]);
	const text = JSON.stringify(rows, (_name, field: unknown) =>
		field instanceof Uint8Array ? bytesToHex(field) : field
	);
	expect(text).not.toContain(needle);
	expect(text).toContain(keyId);
	// A private key in the clear would show its JWK members.
	expect(text).not.toContain('"dp"');
});

test('the page’s queries never answer with a secret', async () => {
	const { kms, db } = await startSandbox();
	const keyId = await createExternalKey(kms);
	value(await importMaterial(kms, keyId, randomMaterial()));
	const answers: unknown[] = [
		await queries.clock(db),
		await queries.settings(db),
		await queries.keys(db, { order: 'created', descending: true, limit: 10 }),
		await queries.keyCounts(db),
		await queries.upcoming(db, 10),
		await queries.undoable(db),
		await queries.key(db, keyId),
		await queries.importParameters(db, keyId),
		await queries.events(db, { keyId }, 10)
	];
	const fields = new Set<string>();
	JSON.stringify(answers, (name, field: unknown) => {
		fields.add(name);
		expect(field).not.toBeInstanceOf(CryptoKey);
		return field;
	});
	expect([...fields].filter((name) => /sealed|private|secret/i.test(name))).toEqual([]);
	expect(fields).toContain('importToken');
});

test('where storage is refused the service runs in memory, whole', async () => {
	vi.stubGlobal('indexedDB', {
		open: () => {
			throw new DOMException('storage is blocked', 'SecurityError');
		}
	});
	const { Dexie } = await import('dexie');
	const real = Dexie.dependencies.indexedDB;
	Dexie.dependencies.indexedDB = globalThis.indexedDB;
	try {
		const store = await openStore('blocked', generateServiceKeys);
		expect(store.mode).toBe('memory');
		const keyPairs = createKeyPairPool(generateWrappingKeyPair, 1, (refill) => {
			refill();
		});
		const kms = createKms({
			store,
			keyPairs,
			newId: () => crypto.randomUUID(),
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
			systemNowMs: () => Date.now()
		});
		const keyId = await createExternalKey(kms);
		value(await importMaterial(kms, keyId, randomMaterial()));
		const plainText = new Uint8Array([1]);
		const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
		expect(value(await kms.decrypt({ cipherTextBlob })).plainText).toEqual(plainText);
	} finally {
		Dexie.dependencies.indexedDB = real;
	}
});

test('a visit that finds nothing due opens no transaction that writes', async () => {
	const name = `visit-${String(Date.now())}`;
	const systemNowMs = () => Date.now();
	const visit = async () => {
		const store = await openStore(name, generateServiceKeys);
		const tray = await openTray(`${name}-tray`, store.options);
		const newId = () => crypto.randomUUID();
		const { kms, sandbox, sweeper } = await createConsole(store, tray, { systemNowMs, newId });
		await sandbox.recordDue();
		return {
			store,
			kms,
			leave: () => {
				sweeper.stop();
				store.db.close();
				tray.close();
			}
		};
	};
	const first = await visit();
	const keyId = await createExternalKey(first.kms);
	value(await importMaterial(first.kms, keyId, randomMaterial()));
	first.leave();

	const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
	try {
		const again = await visit();
		expect(await queries.key(again.store.db, keyId)).not.toBeNull();
		const modes = () => opened.mock.calls.map(([, mode]) => mode);
		expect(modes()).toContain('readonly');
		expect(modes()).not.toContain('readwrite');
		await createExternalKey(again.kms);
		expect(modes()).toContain('readwrite');
		again.leave();
	} finally {
		opened.mockRestore();
	}
});

test('keys are listed newest first, page by page, each exactly once', async () => {
	const sandbox = await startSandbox();
	const created: string[] = [];
	for (let number = 0; number < 7; number++) {
		created.unshift(await createExternalKey(sandbox.kms));
		// Two of each pair share their creation time.
		if (number % 2) await sandbox.advance(1000);
	}
	const listed: string[] = [];
	let marker: string | undefined;
	do {
		const page = value(await sandbox.kms.listKeys({ limit: 3, ...(marker && { marker }) }));
		listed.push(...page.keys.map((key) => key.keyId));
		marker = page.nextMarker;
	} while (marker);
	expect([...listed].sort()).toEqual([...created].sort());
	expect(new Set(listed).size).toBe(7);
	expect(listed[0]).toBe(created[0]);
});

test('a database of a later version stays unchanged, and is not replaced by one in memory', async () => {
	const name = `newer-${String(Date.now())}`;
	const { db } = await startSandbox(name);
	await db.keys.count();
	db.close();
	await new Promise<void>((resolve, reject) => {
		const request = indexedDB.open(name, 1000);
		request.onsuccess = () => {
			request.result.close();
			resolve();
		};
		request.onerror = () => {
			reject(new Error('not opened'));
		};
	});
	await expect(openStore(name, generateServiceKeys)).rejects.toThrow(NewerDatabaseError);
});

test('a connection that the browser closes is opened again', async () => {
	const { kms, db } = await startSandbox();
	const keyId = await createExternalKey(kms);
	db.backendDB().dispatchEvent(new Event('close'));
	expect(db.isOpen()).toBe(false);
	expect((await queries.key(db, keyId))?.keyId).toBe(keyId);
	await createExternalKey(kms);
});

test('a database deleted under an open page stays deleted: nothing is encrypted under lost keys', async () => {
	const name = `deleted-${String(Date.now())}`;
	const { kms, db } = await startSandbox(name);
	const keyId = await createExternalKey(kms);
	const { Dexie } = await import('dexie');
	await Dexie.delete(name);
	const deleted = 'deleted while it was open';
	await expect(getParameters(kms, keyId)).rejects.toThrow(deleted);
	await expect(createExternalKey(kms)).rejects.toThrow(deleted);
	await expect(queries.keyCounts(db)).rejects.toThrow(deleted);
	const names = (await indexedDB.databases()).map((one) => one.name);
	expect(names.filter((one) => one?.startsWith(name))).toEqual([]);
});
