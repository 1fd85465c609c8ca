/** The service worker's sweeper: it sweeps when something wakes it, and waits for one near deadline. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import { DAY_MS } from '$lib/domain/time';
import { createWakingSweeper, LONGEST_HOLD_MS } from '$lib/engine/waking-sweeper';
import { serviceDatabaseName, serviceDatabaseNames } from '$lib/storage/database';
import {
	createExternalKey,
	importMaterial,
	randomMaterial,
	startSandbox,
	START_MS,
	value,
	type Sandbox
} from '../support/sandbox';

let sandbox: Sandbox;
let name: string;

beforeEach(async () => {
	name = serviceDatabaseName(crypto.randomUUID());
	sandbox = await startSandbox(name);
});

afterEach(async () => {
	await sandbox.db.delete();
});

async function expiringKey(inMs: number): Promise<string> {
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = (START_MS + inMs) / 1000;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	return keyId;
}

async function expiries(): Promise<AuditEvent[]> {
	return sandbox.db.events.filter(({ operation }) => operation === 'ExpireKeyMaterial').toArray();
}

/** A system clock that goes on from an instant of the sandbox's. */
function clockFrom(startMs: number): () => number {
	const origin = performance.now();
	return () => startMs + (performance.now() - origin);
}

test('what fell due while it slept is recorded when it wakes, with both moments', async () => {
	const keyId = await expiringKey(60_000);
	const sweeper = createWakingSweeper(() => START_MS + DAY_MS);
	await sweeper.wake();
	expect(await expiries()).toMatchObject([
		{
			keyId,
			dueAtMs: START_MS + 60_000,
			atMs: START_MS + DAY_MS,
			recording: { by: 'serviceWorker', armedAtMs: null, lateMs: DAY_MS - 60_000 }
		}
	]);
	expect(await sandbox.db.materials.get(keyId)).toBeUndefined();
});

test('it waits for a near deadline, records it by its timer, and lets the event go', async () => {
	await expiringKey(60_000);
	const beforeMs = START_MS + 59_000;
	const sweeper = createWakingSweeper(clockFrom(beforeMs));
	const awake = sweeper.wake();
	await expect.poll(() => sweeper.timer()).not.toBeNull();
	expect(sweeper.timer()?.dueAtMs).toBe(START_MS + 60_000);
	expect(await expiries()).toEqual([]);
	await awake;
	expect(sweeper.timer()).toBeNull();
	const [event] = await expiries();
	expect(event?.recording?.by).toBe('serviceWorker');
	expect(event?.recording?.armedAtMs).toBeGreaterThanOrEqual(beforeMs);
	expect(event?.recording?.armedAtMs).toBeLessThan(START_MS + 60_000);
	expect(event?.atMs).toBeGreaterThanOrEqual(START_MS + 60_000);
});

test('for a deadline that is further away than the browser lets it live it does not wait', async () => {
	await expiringKey(LONGEST_HOLD_MS + 60_000);
	const sweeper = createWakingSweeper(() => START_MS);
	await sweeper.wake();
	expect(sweeper.timer()).toBeNull();
});

test('a frozen clock has no deadline to wait for', async () => {
	await expiringKey(60_000);
	const sweeper = createWakingSweeper(() => START_MS);
	await sandbox.moveClock({ move: 'freeze' });
	await sweeper.wake();
	expect(sweeper.timer()).toBeNull();
});

test('there is only one timer: a later wake resets it, and notices a removed deadline', async () => {
	const keyId = await expiringKey(60_000);
	const sweeper = createWakingSweeper(() => START_MS);
	const first = sweeper.wake();
	await expect.poll(() => sweeper.timer()).not.toBeNull();
	const timer = sweeper.timer();
	const second = sweeper.wake();
	await first;
	await expect.poll(() => sweeper.timer()).not.toBe(timer);
	value(await sandbox.kms.deleteKeyMaterial({ keyId }));
	await sweeper.wake();
	await second;
	expect(sweeper.timer()).toBeNull();
});

test('one that is to let go waits no longer, and for nothing more', async () => {
	await expiringKey(60_000);
	const sweeper = createWakingSweeper(() => START_MS);
	const awake = sweeper.wake();
	await expect.poll(() => sweeper.timer()).not.toBeNull();
	sweeper.letGo();
	await awake;
	await sweeper.wake();
	expect(sweeper.timer()).toBeNull();
});

test('a single sweep records what is due, and waits for nothing', async () => {
	await expiringKey(60_000);
	const deadline = START_MS + 60_000;
	await createWakingSweeper(() => deadline - 1).sweep();
	expect(await expiries()).toEqual([]);
	await createWakingSweeper(() => deadline).sweep();
	expect(await expiries()).toHaveLength(1);
});

test('many contexts that sweep at the same time record an expiry once', async () => {
	await expiringKey(60_000);
	const sweepers = Array.from({ length: 8 }, () => createWakingSweeper(() => START_MS + DAY_MS));
	await Promise.all([...sweepers.map((one) => one.wake()), sandbox.sweep(), sandbox.sweep()]);
	expect(await expiries()).toHaveLength(1);
});

test('a workspace that is deleted meanwhile does not come back', async () => {
	await expiringKey(60_000);
	const waking = createWakingSweeper(() => START_MS).wake();
	await sandbox.db.delete();
	await Promise.race([waking, createWakingSweeper(() => START_MS).wake()]);
	expect(await serviceDatabaseNames()).not.toContain(name);
});
