/** The sweeper records expiries when they come, also when another context moves the clock. */
import { expect, test } from 'vitest';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { DAY_MS } from '$lib/domain/time';
import { startSweeper } from '$lib/engine/sweeper';
import { openStore } from '$lib/storage/open-store';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	startSandbox,
	START_MS,
	value
} from '../support/sandbox';

test('moving the clock past an expiry sweeps it, and stopping ends the sweeping', async () => {
	const name = `sweeper-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = START_MS / 1000 + 60;
	const material = randomMaterial();
	value(await importMaterial(sandbox.kms, keyId, material.slice(), { expireUnix }));
	const store = await openStore(name, generateServiceKeys);
	const stop = await startSweeper({ store, systemNowMs: () => START_MS });
	expect((await sandbox.record(keyId)).state).toBe('ENABLED');
	await sandbox.advance(60_000);
	await expect.poll(async () => (await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	expect(await sandbox.db.materials.get(keyId)).toBeUndefined();
	await sandbox.advance(DAY_MS);
	await expect.poll(() => sandbox.db.wrappingKeys.count()).toBe(0);
	stop();
	await getParameters(sandbox.kms, keyId);
	await sandbox.advance(2 * DAY_MS);
	expect(await sandbox.db.wrappingKeys.count()).toBe(1);
});

test('what fell due while nobody swept is swept at the start', async () => {
	const name = `late-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = START_MS / 1000 + 60;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	await sandbox.advance(DAY_MS * 365);
	const store = await openStore(name, generateServiceKeys);
	const stop = await startSweeper({ store, systemNowMs: () => START_MS });
	expect(await sandbox.record(keyId)).toMatchObject({ state: 'PENDING_IMPORT', material: null });
	expect(await sandbox.db.wrappingKeys.count()).toBe(0);
	stop();
});
