/** The sweeper records expiries when they come, also when another context moves the clock. */
import { expect, test, vi } from 'vitest';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import { startSweeper } from '$lib/engine/sweeper';
import { openStore } from '$lib/storage/open-store';
import {
	createExternalKey,
	importMaterial,
	randomMaterial,
	startSandbox,
	START_MS,
	value
} from '../support/sandbox';
import { pastTheDoor } from '../support/past-the-door';

const realSetTimeout = setTimeout;
const alone = (watch: () => Promise<void>) => watch();

test('moving the clock past an expiry sweeps it, and stopping ends the sweeping', async () => {
	const name = `sweeper-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = START_MS / 1000 + 60;
	const material = randomMaterial();
	value(await importMaterial(sandbox.kms, keyId, material.slice(), { expireUnix }));
	const store = await openStore(name, generateServiceKeys);
	const { stop } = await startSweeper({ store, systemNowMs: () => START_MS, asLeader: alone });
	expect((await sandbox.record(keyId)).state).toBe('ENABLED');
	await sandbox.advance(60_000);
	await expect.poll(async () => (await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	expect(await sandbox.db.materials.get(keyId)).toBeUndefined();
	stop();
	const later = { expireUnix: expireUnix + 60 };
	value(await importMaterial(sandbox.kms, keyId, material.slice(), later));
	await sandbox.advance(DAY_MS);
	expect(await sandbox.db.materials.get(keyId)).toBeDefined();
});

test('the sweeper records at its start what fell due before', async () => {
	const name = `late-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = START_MS / 1000 + 60;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	await sandbox.advance(DAY_MS * 365);
	const store = await openStore(name, generateServiceKeys);
	const { stop } = await startSweeper({ store, systemNowMs: () => START_MS, asLeader: alone });
	expect(await sandbox.record(keyId)).toMatchObject({ state: 'PENDING_IMPORT', material: null });
	expect(await sandbox.db.wrappingKeys.count()).toBe(0);
	stop();
});

test('one of two tabs watches; when that tab closes, the other takes over', async () => {
	const name = `leader-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const lock = `lock-${name}`;
	const asLeader = async (watch: () => Promise<void>) => {
		await navigator.locks.request(lock, watch);
	};
	const deps = { store: sandbox.store, systemNowMs: () => START_MS, asLeader };
	const first = await startSweeper(deps);
	await expect.poll(() => first.isLeader()).toBe(true);
	const second = await startSweeper(deps);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = START_MS / 1000 + 7200;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	await expect.poll(() => first.timer()?.dueAtMs).toBe(START_MS + 7_200_000);
	expect([second.isLeader(), second.timer()]).toEqual([false, null]);

	first.stop();
	await expect.poll(() => second.timer()?.dueAtMs).toBe(START_MS + 7_200_000);
	expect([first.isLeader(), first.timer()]).toEqual([false, null]);

	await sandbox.advance(7_200_000);
	await expect.poll(async () => (await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	const [event] = await sandbox.db.events
		.filter(({ operation }) => operation === 'ExpireKeyMaterial')
		.toArray();
	expect(event?.recording).toMatchObject({ by: 'tab', armedAtMs: START_MS });
	second.stop();
});

test('a far deadline is looked at again every hour, also when nothing happens in between', async () => {
	const name = `far-${String(Date.now())}`;
	const sandbox = await startSandbox(name);
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = (START_MS + DAY_MS) / 1000;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	await pastTheDoor(sandbox.db).importParameters.clear();
	const timers: { ring: () => void; ms: number }[] = [];
	const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((ring: () => void, ms = 0) => {
		if (ms < HOUR_MS / 2) return realSetTimeout(ring, ms);
		timers.push({ ring, ms });
		return 0;
	}) as typeof setTimeout);
	let systemMs = START_MS;
	const { stop } = await startSweeper({
		store: sandbox.store,
		systemNowMs: () => systemMs,
		asLeader: alone
	});
	for (let hour = 1; hour <= 24; hour += 1) {
		await expect.poll(() => timers.length).toBe(hour);
		expect(timers[hour - 1]?.ms).toBe(HOUR_MS);
		systemMs += HOUR_MS;
		timers[hour - 1]?.ring();
	}
	await expect.poll(async () => (await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	stop();
	spy.mockRestore();
});
