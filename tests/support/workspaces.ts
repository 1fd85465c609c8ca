/** A workspace with something of everything in it. Import this first: in Node it brings an IndexedDB to begin with. */
import 'fake-indexeddb/auto';
import { openTray, trayDatabaseName, type Tray } from '$lib/customer/tray';
import type { Bytes } from '$lib/domain/bytes';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import { serviceDatabaseName } from '$lib/storage/database';
import { fewKeyPairs } from './lives';
import { createWorkspaces } from '$lib/workspaces/create-workspaces';
import type { Workspaces } from '$lib/workspaces/workspaces';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	START_MS,
	startSandbox,
	value,
	type Sandbox
} from './sandbox';

export interface Place {
	readonly sandbox: Sandbox;
	readonly tray: Tray;
	readonly workspaces: Workspaces;
}

const keyPairs = fewKeyPairs();
let nowMs = START_MS;

/** A page that works in that workspace. */
export async function openPlace(workspaceId: string): Promise<Place> {
	const sandbox = await startSandbox(serviceDatabaseName(workspaceId), {
		keyPairs: await keyPairs
	});
	const tray = await openTray(trayDatabaseName(workspaceId), {});
	const { store } = sandbox;
	const workspaces = createWorkspaces({
		...{ store, tray, currentId: workspaceId },
		// by which the list is sorted
		systemNowMs: () => nowMs++,
		newId: () => crypto.randomUUID()
	});
	return { sandbox, tray, workspaces };
}

export interface Inhabited extends Place {
	readonly material: Bytes;
	readonly importedKeyId: string;
	readonly plainText: Bytes;
	readonly blob: Bytes;
	/** Not used yet. */
	readonly parameters: { readonly publicKey: Bytes; readonly importToken: Bytes };
}

/** @param small without what makes the log and the file long */
export async function inhabit(workspaceId: string, small = false): Promise<Inhabited> {
	const place = await openPlace(workspaceId);
	const { sandbox, tray } = place;
	const { kms, controls, nowMs, advance } = sandbox;
	const inHours = async (hours: number) => Math.floor(((await nowMs()) + hours * HOUR_MS) / 1000);

	const material = randomMaterial();
	const importedKeyId = await createExternalKey(kms);
	await importMaterial(kms, importedKeyId, material.slice(), { expireUnix: await inHours(500) });
	value(await kms.createAlias({ keyId: importedKeyId, alias: 'Prüfung 主密钥' }));
	const plainText = new TextEncoder().encode('kept through the journey');
	const { cipherTextBlob: blob } = value(await kms.encrypt({ keyId: importedKeyId, plainText }));
	const parameters = await getParameters(kms, importedKeyId, 'RSAES_PKCS1_V1_5');
	await tray.add('material.bin', material.slice(), START_MS);
	if (!small) {
		await controls.changeSettings({ removal: 'within24Hours', diagnosis: 'hidden' });
		const bin = crypto.getRandomValues(new Uint8Array(5000));
		await tray.add('empty.bin', new Uint8Array(), START_MS);
		await tray.add('noise.bin', bin, START_MS);
		value(await kms.createCmk({ keyUsage: 0, origin: 0, alias: 'platform', description: 'a' }));
		const expiring = await createExternalKey(kms);
		// its bytes are to go within the day that follows
		const expireUnix = await inHours(7 * 24);
		await importMaterial(kms, expiring, randomMaterial(), { expireUnix });
		const disabled = await createExternalKey(kms);
		await importMaterial(kms, disabled, randomMaterial());
		value(await kms.disableKey({ keyId: disabled }));
		const deleted = value(await kms.createCmk({ keyUsage: 0, origin: 0 })).keyMetadata.keyId;
		value(await kms.scheduleKeyDeletion({ keyId: deleted, pendingWindowInDays: 7 }));
		await kms.describeKey({ keyId: 'no-such-key' });
		await advance(7 * DAY_MS + HOUR_MS / 60);
		await sandbox.sweep();
		await getParameters(kms, importedKeyId);
		const doomed = await createExternalKey(kms);
		value(await kms.scheduleKeyDeletion({ keyId: doomed, pendingWindowInDays: 30 }));
		await sandbox.moveClock({ move: 'freeze' });
	}
	return { ...place, material, importedKeyId, plainText, blob, parameters };
}

/** Every row that can be compared: keys and what is sealed differ by nature. */
export async function visible({ sandbox: { db }, tray }: Place) {
	const [keys, calls, events, clock, settings, removals] = await Promise.all([
		db.keys.toArray(),
		db.importParameters.toArray(),
		db.events.toArray(),
		db.clock.toArray(),
		db.settings.toArray(),
		db.removals.toArray()
	]);
	const counters = (await db.counters.toArray()).filter(({ count }) => count > 0);
	const materials = await db.materials.toCollection().primaryKeys();
	const wrappingKeys = await db.wrappingKeys.toCollection().primaryKeys();
	const files = await tray.exportFiles();
	return {
		keys,
		calls,
		events,
		clock,
		settings,
		removals,
		counters,
		materials,
		wrappingKeys,
		files
	};
}

export function close({ sandbox, tray }: Place): void {
	sandbox.db.close();
	tray.close();
}

export async function databaseNames(): Promise<string[]> {
	return (await indexedDB.databases()).map(({ name = '' }) => name).sort();
}
