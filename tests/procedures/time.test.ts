/** Expired key material, deleted CMKs and expired tokens never come back, for all movements of the clocks. */
import { describe, expect, test } from 'vitest';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import { generateWrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import type { KeyState } from '$lib/domain/key';
import { KEY_STATE_CODE } from '$lib/domain/key-metadata';
import { DAY_MS, HOUR_MS, LATEST_MS } from '$lib/domain/time';
import { startSweeper } from '$lib/engine/sweeper';
import { queries } from '$lib/storage/queries';
import { nextDeadline } from '$lib/storage/sweep';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	refusalCode,
	startSandbox,
	START_MS,
	value,
	type Sandbox
} from '../support/sandbox';

/** A machine whose system clock the test sets, and on which no timer runs. */
interface Machine {
	systemMs: number;
}

async function start(): Promise<{ machine: Machine; sandbox: Sandbox; keyId: string }> {
	const machine = { systemMs: START_MS };
	const sandbox = await startSandbox(undefined, { systemNowMs: () => machine.systemMs });
	return { machine, sandbox, keyId: await createExternalKey(sandbox.kms) };
}

const unix = (ms: number) => Math.floor(ms / 1000);
const plainText = new Uint8Array([1]);

/** An import that never expires, then the same material for one hour: the last operation can be undone. */
async function importForOneHour({ kms }: Sandbox, keyId: string): Promise<void> {
	const material = randomMaterial();
	value(await importMaterial(kms, keyId, material.slice()));
	const expireUnix = unix(START_MS + HOUR_MS);
	value(await importMaterial(kms, keyId, material.slice(), { expireUnix }));
}

const operations = async (sandbox: Sandbox) =>
	(await sandbox.events()).map(({ operation }) => operation);

describe('undo after the machine slept', () => {
	test('does not bring expired key material back', async () => {
		const { machine, sandbox, keyId } = await start();
		await importForOneHour(sandbox, keyId);
		const shown = await queries.undoable(sandbox.db);
		machine.systemMs += 2 * HOUR_MS;
		expect(shown).not.toBeNull();
		if (shown)
			expect(await sandbox.controls.undoLastOperation(shown)).toEqual({
				ok: false,
				problem: 'NothingToUndo'
			});
		expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).toBe('KeyPendingImport');
		expect(await operations(sandbox)).toContain('ExpireKeyMaterial');
	});

	test('does not bring a deleted CMK back', async () => {
		const { machine, sandbox, keyId } = await start();
		value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
		machine.systemMs += 8 * DAY_MS;
		expect(await sandbox.undo()).toEqual({ ok: false, problem: 'NothingToUndo' });
		expect(refusalCode(await sandbox.kms.describeKey({ keyId }))).toBe('KeyNotFound');
		expect(await operations(sandbox)).toContain('DeleteCmk');
	});

	test('does not bring back key material that expired while it was deleted', async () => {
		const { machine, sandbox, keyId } = await start();
		await importForOneHour(sandbox, keyId);
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		machine.systemMs += 2 * HOUR_MS;
		expect(await sandbox.undo()).toMatchObject({ ok: true });
		expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).toBe('KeyPendingImport');
	});
});

test('a change of any CMK records what is due for every other one first', async () => {
	const { machine, sandbox, keyId } = await start();
	await importForOneHour(sandbox, keyId);
	machine.systemMs += 2 * HOUR_MS;
	await createExternalKey(sandbox.kms);
	expect((await operations(sandbox)).slice(-2)).toEqual(['ExpireKeyMaterial', 'CreateCmk']);
});

test('on a full disk the service starts although an expiry is overdue, and never uses the material', async () => {
	const machine = { systemMs: START_MS };
	const disk = { isFull: false };
	const sandbox = await startSandbox(undefined, {
		systemNowMs: () => machine.systemMs,
		failWrite: () =>
			disk.isFull ? new DOMException('no space left', 'QuotaExceededError') : undefined
	});
	const keyId = await createExternalKey(sandbox.kms);
	await importForOneHour(sandbox, keyId);
	machine.systemMs += 2 * HOUR_MS;
	disk.isFull = true;
	const { stop } = await startSweeper({
		store: sandbox.store,
		systemNowMs: () => machine.systemMs,
		asLeader: () => Promise.resolve()
	});
	stop();
	expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).toBe('StorageFull');
	disk.isFull = false;
	expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).not.toBe('StorageFull');
	expect(await operations(sandbox)).toContain('ExpireKeyMaterial');
});

test('a list by state is read after what is due was recorded', async () => {
	const { machine, sandbox, keyId } = await start();
	await importForOneHour(sandbox, keyId);
	const listed = async (state: KeyState) => {
		const { keys } = value(await sandbox.kms.listKeys({ keyState: KEY_STATE_CODE[state] }));
		return keys.map((key) => [key.keyId, key.keyState]);
	};
	machine.systemMs += 2 * HOUR_MS;
	expect(await listed('ENABLED')).toEqual([]);
	expect(await listed('PENDING_IMPORT')).toEqual([[keyId, KEY_STATE_CODE.PENDING_IMPORT]]);
	expect((await operations(sandbox)).slice(-3)).toEqual([
		'ExpireKeyMaterial',
		'ListKeys',
		'ListKeys'
	]);
});

describe('the clock is moved while import parameters are made', () => {
	const asked = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSAES_OAEP_SHA_256' };
	const validity = async ({ db }: Sandbox) =>
		(await db.importParameters.toArray()).map(({ issuedAtMs, expiresAtMs }) => [
			issuedAtMs,
			expiresAtMs
		]);

	test.each([3 * DAY_MS, -3 * DAY_MS])('for the key pair: %i ms', async (ms) => {
		const pair = await generateWrappingKeyPair();
		const systemMs = START_MS + 30 * DAY_MS;
		const tab = { systemMs };
		const sandbox = await startSandbox(undefined, {
			systemNowMs: () => tab.systemMs,
			keyPairs: {
				take: async () => {
					expectDone(await sandbox.moveClock({ move: 'by', ms }));
					return pair;
				}
			}
		});
		tab.systemMs = START_MS;
		const keyId = await createExternalKey(sandbox.kms);
		tab.systemMs = systemMs;
		value(await sandbox.kms.getParametersForImport({ keyId, ...asked }));
		expect(await validity(sandbox)).toEqual([[systemMs + ms, systemMs + ms + DAY_MS]]);
	});

	test('while the token is sealed: it is sealed again, and nothing is left of the first', async () => {
		const machine = { systemMs: START_MS, jumps: [] as number[] };
		const sandbox = await startSandbox(undefined, {
			systemNowMs: () => machine.systemMs,
			newId: () => {
				machine.systemMs += machine.jumps.shift() ?? 0;
				return crypto.randomUUID();
			}
		});
		const { db, kms } = sandbox;
		const keyId = await createExternalKey(kms);
		// the first id is the token's
		machine.jumps = [2 * DAY_MS];
		value(await kms.getParametersForImport({ keyId, ...asked }));
		const nowMs = START_MS + 2 * DAY_MS;
		expect(await validity(sandbox)).toEqual([[nowMs, nowMs + DAY_MS]]);
		expect(await db.wrappingKeys.count()).toBe(1);
		expect((await sandbox.record(keyId)).importCalls).toBe(1);
		expect(await operations(sandbox)).toEqual(['CreateCmk', 'GetParametersForImport']);
	});
});

test('for a deadline behind the last date no timer is armed', async () => {
	const { machine, sandbox, keyId } = await start();
	machine.systemMs = LATEST_MS - DAY_MS;
	value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
	const dueAtMs = LATEST_MS + 6 * DAY_MS;
	expect((await sandbox.record(keyId)).deleteAtMs).toBe(dueAtMs);
	for (const systemMs of [LATEST_MS - DAY_MS, LATEST_MS, dueAtMs + DAY_MS])
		expect(await nextDeadline(sandbox.db, systemMs)).toEqual({ dueAtMs, inMs: null });
});

describe('the system clock goes forth and back', () => {
	test('over an expiry that was shown: the key material stays expired', async () => {
		const { machine, sandbox, keyId } = await start();
		await importForOneHour(sandbox, keyId);
		machine.systemMs += 2 * HOUR_MS;
		await sandbox.controls.recordDue();
		machine.systemMs -= 2 * HOUR_MS;
		expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).toBe('KeyPendingImport');
	});

	test('between the two readings of one operation: it is refused, and later ones too', async () => {
		const machine = { systemMs: START_MS, readings: [] as number[] };
		const sandbox = await startSandbox(undefined, {
			systemNowMs: () => machine.readings.shift() ?? machine.systemMs
		});
		const keyId = await createExternalKey(sandbox.kms);
		await importForOneHour(sandbox, keyId);
		const { cipherTextBlob } = value(await sandbox.kms.encrypt({ keyId, plainText }));
		machine.readings = [START_MS + 2 * HOUR_MS, START_MS];
		expect(refusalCode(await sandbox.kms.decrypt({ cipherTextBlob }))).toBe('KeyPendingImport');
		expect(refusalCode(await sandbox.kms.decrypt({ cipherTextBlob }))).toBe('KeyPendingImport');
	});

	test('over the expiry of an import token: the token stays expired', async () => {
		const { machine, sandbox, keyId } = await start();
		const { publicKey, importToken } = await getParameters(sandbox.kms, keyId);
		const encryptedKeyMaterial = await wrapKeyMaterial(
			'RSAES_OAEP_SHA_256',
			publicKey,
			randomMaterial()
		);
		machine.systemMs += DAY_MS;
		await sandbox.controls.recordDue();
		machine.systemMs -= DAY_MS;
		const request = { keyId, encryptedKeyMaterial, importToken, keyMaterialExpireUnix: 0 };
		expect(refusalCode(await sandbox.kms.importKeyMaterial(request))).toBe('ImportTokenExpired');
	});
});

describe('a move of the clock', () => {
	test('back over the expiry of a token is refused', async () => {
		const { sandbox, keyId } = await start();
		await getParameters(sandbox.kms, keyId);
		expectDone(await sandbox.moveClock({ move: 'by', ms: DAY_MS }));
		expect(await sandbox.moveClock({ move: 'by', ms: -HOUR_MS })).toMatchObject({
			ok: false,
			problem: 'BehindRecord',
			earliestMs: START_MS + DAY_MS
		});
	});

	test('of a second tab is refused when the first has moved the clock since', async () => {
		const { sandbox, keyId } = await start();
		await importForOneHour(sandbox, keyId);
		const shown = await queries.clock(sandbox.db);
		expectDone(await sandbox.controls.moveClock({ move: 'by', ms: 2 * HOUR_MS }, shown));
		expect(await sandbox.controls.moveClock({ move: 'by', ms: -HOUR_MS }, shown)).toEqual({
			ok: false,
			problem: 'ClockChanged',
			nowMs: START_MS + 2 * HOUR_MS
		});
		expect(await operations(sandbox)).toContain('ExpireKeyMaterial');
	});
});

test('two simultaneous moves, one past an expiry and one back: the expiry is recorded and stays', async () => {
	for (let round = 0; round < 20; round++) {
		const { sandbox, keyId } = await start();
		await importForOneHour(sandbox, keyId);
		const shown = await queries.clock(sandbox.db);
		const moves = [
			sandbox.controls.moveClock({ move: 'by', ms: 2 * HOUR_MS }, shown),
			sandbox.controls.moveClock({ move: 'real' }, shown)
		];
		const answers = await Promise.all(round % 2 === 0 ? moves : moves.toReversed());
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		const passed = answers.some((answer) => answer.ok && answer.nowMs > START_MS);
		const expired = (await operations(sandbox)).includes('ExpireKeyMaterial');
		expect(expired).toBe(passed);
	}
});

test('undo is refused when another operation is the last one by then', async () => {
	const { sandbox, keyId } = await start();
	value(await sandbox.kms.createAlias({ keyId, alias: 'first' }));
	const shown = (await queries.undoable(sandbox.db)) ?? { requestId: '' };
	value(await sandbox.kms.updateAlias({ keyId, alias: 'second' }));
	expect(await sandbox.controls.undoLastOperation(shown)).toEqual({
		ok: false,
		problem: 'NotTheLast',
		operation: 'UpdateAlias'
	});
	expect((await sandbox.record(keyId)).alias).toBe('second');
});

function expectDone(answer: { readonly ok: boolean }): void {
	expect(answer).toMatchObject({ ok: true });
}
