/** The names of the customer's files, in a database as an earlier version left it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { createWorkbench } from '$lib/customer/create-workbench';
import { openTray } from '$lib/customer/tray';
import { safeFileName } from '$lib/domain/display-name';

const bytes = new Uint8Array([7]);
const open = () => openTray('tray', { indexedDB: new IDBFactory(), IDBKeyRange });
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

test('stored files with invisible characters in their names get safe, unique names', async () => {
	const tray = await open();
	for (const name of ['key.bin', 'key\u200b.bin', 'k\u202eey.bin', 'con.txt'])
		await tray.add(name, bytes, 1);
	await tray.rename(safeFileName);
	expect(names(await tray.list())).toEqual(['_con.txt', 'key-3.bin', 'key-2.bin', 'key.bin']);
});

test('the workbench stores a file under the same name as its download', async () => {
	const tray = await open();
	const workbench = createWorkbench({ tray, randomBytes: () => bytes, systemNowMs: () => 1 });
	await workbench.addFile('a\u202eb.bin', bytes);
	await workbench.generateKeyMaterial('../c\u200d.bin');
	await workbench.changeFiles({ written: [{ name: 'd\u00ad.bin', bytes }], removed: [] });
	const kept = names(await tray.list());
	expect(kept).toEqual(['d.bin', '__c.bin', 'ab.bin']);
	expect(kept.map(safeFileName)).toEqual(kept);
});

test('a name in use gets a number and is still safe', async () => {
	const tray = await open();
	for (const name of ['x'.repeat(120), `${'密'.repeat(60)}.bin`, `a.${'b'.repeat(118)}`]) {
		await tray.add(safeFileName(name), bytes, 1);
		await tray.add(safeFileName(name), bytes, 1);
	}
	const kept = names(await tray.list());
	expect(new Set(kept).size).toBe(6);
	await tray.rename(safeFileName);
	expect(names(await tray.list())).toEqual(kept);
});
