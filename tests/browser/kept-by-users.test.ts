/** The workspace of a user of an earlier version, in a real database: see `tests/fixtures`. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256HexNow } from '$lib/crypto/sha256';
import { openTray, type Tray } from '$lib/customer/tray';
import { firstBrokenLink } from '$lib/domain/audit-chain';
import {
	base64ToBytes,
	bytesToAscii,
	bytesToBase64,
	hexToBytes,
	type Bytes
} from '$lib/domain/bytes';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import databases from '../fixtures/v1/databases.json';
import { restoreDatabases, type DumpedDatabase } from '../fixtures/dump';
import { refusalCode, startSandbox, value, type Sandbox } from '../support/sandbox';

/** 2026-03-02T09:00:00Z, when the last of it was done. One expiry passes two hours later. */
const LEFT_MS = 1_772_442_000_000;

/** As the service answers. */
const ENABLED = '0';
const DISABLED = '1';
const PENDING_DELETE = '2';
const PENDING_IMPORT = '3';

const STATES = {
	doomed: PENDING_DELETE,
	due: PENDING_IMPORT,
	expired: PENDING_IMPORT,
	lately: PENDING_IMPORT,
	paused: DISABLED,
	platform: ENABLED,
	'Prüfung 主密钥': ENABLED,
	removed: PENDING_IMPORT,
	waiting: PENDING_IMPORT,
	yearly: ENABLED
};

let sandbox: Sandbox;
let tray: Tray;
let systemMs: number;
let restored = 0;

beforeEach(async () => {
	systemMs = LEFT_MS;
	const prefix = `kept-${String(++restored)}/`;
	const dumped = databases as readonly DumpedDatabase[];
	await restoreDatabases(
		dumped
			.filter(({ name }) => name.endsWith('/main'))
			.map((database) => ({ ...database, name: `${prefix}${database.name}` }))
	);
	sandbox = await startSandbox(`${prefix}kms/main`, { systemNowMs: () => systemMs });
	tray = await openTray(`${prefix}workbench/main`, {});
});

afterEach(() => {
	sandbox.db.close();
	tray.close();
});

async function file(name: string): Promise<Bytes> {
	const found = (await tray.list()).find((one) => one.name === name);
	const bytes = found && (await tray.read(found.fileId));
	if (!bytes) throw new Error(`no file ${name}`);
	return bytes;
}

async function keyIdOf(alias: string): Promise<string> {
	const key = await sandbox.db.keys.get({ alias });
	if (!key) throw new Error(`no CMK ${alias}`);
	return key.keyId;
}

const stateOf = async (alias: string) =>
	value(await sandbox.kms.describeKey({ keyId: await keyIdOf(alias) })).keyMetadata.keyState;

async function importAgain(alias: string, call: string, importToken: Bytes) {
	return sandbox.kms.importKeyMaterial({
		keyId: await keyIdOf(alias),
		encryptedKeyMaterial: await file(`Encrypted-${call}.bin`),
		importToken,
		keyMaterialExpireUnix: 0
	});
}

const textOf = (bytes: Bytes) => bytesToAscii(bytes) ?? '';

test('the log is whole, and goes on', async () => {
	const before = await sandbox.events();
	expect(before.length).toBeGreaterThan(40);
	expect(firstBrokenLink(before, sha256HexNow)).toBeUndefined();
	await sandbox.kms.describeKey({ keyId: await keyIdOf('yearly') });
	const after = await sandbox.events();
	expect(after.slice(0, before.length)).toEqual(before);
	expect(after.length).toBeGreaterThan(before.length);
	expect(firstBrokenLink(after, sha256HexNow)).toBeUndefined();
});

test('every CMK is in its state, and what was due meanwhile has happened', async () => {
	systemMs += 3 * HOUR_MS;
	const states: Record<string, string> = {};
	const aliases = (await sandbox.db.keys.toArray()).map(({ alias }) => alias ?? '');
	for (const alias of aliases.sort()) states[alias] = await stateOf(alias);
	expect(states).toEqual(STATES);
	const keyId = await keyIdOf('due');
	expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText: new Uint8Array(1) }))).toBe(
		'KeyPendingImport'
	);
	expect(await sandbox.events()).toContainEqual(
		expect.objectContaining({ operation: 'ExpireKeyMaterial', keyId })
	);
	expect(await sandbox.controls.checkAuditLog()).toEqual({
		events: (await sandbox.events()).length
	});
});

test('what was encrypted can be decrypted', async () => {
	const blob = async (name: string) => base64ToBytes(textOf(await file(name))) ?? new Uint8Array();
	const { plainText } = value(await sandbox.kms.decrypt({ cipherTextBlob: await blob('a.txt') }));
	expect(textOf(plainText)).toBe('kept through the years');
	const inContext = { cipherTextBlob: await blob('b.txt'), encryptionContext: 'b' };
	expect(textOf(value(await sandbox.kms.decrypt(inContext)).plainText)).toBe('in context');
	expect(value(await sandbox.kms.decrypt({ cipherTextBlob: await blob('c.txt') }))).toBeDefined();
});

test('unused parameters are still valid, and a CMK is still bound to its key material', async () => {
	const calls = await sandbox.db.importParameters.toArray();
	const waiting = await keyIdOf('waiting');
	const token = calls.find(({ keyId }) => keyId === waiting)?.importToken;
	if (!token) throw new Error('no parameters');
	value(await importAgain('waiting', 'waiting', token));
	const downloaded = hexToBytes(textOf(await file('Token.hex'))) ?? new Uint8Array();
	const expired = await keyIdOf('expired');
	const last = calls.filter(({ keyId }) => keyId === expired).at(-1);
	const others = calls.filter(
		({ keyId, importToken }) =>
			keyId === expired && bytesToBase64(importToken) !== bytesToBase64(downloaded)
	);
	expect(last).toBeDefined();
	const [other] = others;
	if (!other) throw new Error('no second call');
	expect(refusalCode(await importAgain('expired', 'expired3', other.importToken))).toBe(
		'MaterialNotMatch'
	);
	value(await importAgain('expired', 'expired2', downloaded));
	expect(await stateOf('expired')).toBe(ENABLED);
});

test('the last operation can be undone', async () => {
	expect(await sandbox.undo()).toMatchObject({ ok: true });
	const keyId = await keyIdOf('removed');
	expect(await stateOf('removed')).toBe(ENABLED);
	value(await sandbox.kms.encrypt({ keyId, plainText: new Uint8Array(1) }));
});

test('bytes that wait for their removal go when it is time', async () => {
	const keyId = await keyIdOf('lately');
	expect(await sandbox.db.materials.get(keyId)).toBeDefined();
	systemMs += DAY_MS;
	await sandbox.sweep();
	expect(await sandbox.db.materials.get(keyId)).toBeUndefined();
});

test('settings and clock are as they were left', async () => {
	expect(await sandbox.db.settings.get(0)).toMatchObject({
		...{ reimport: 'anytime', removal: 'within24Hours', diagnosis: 'hidden' }
	});
	expect(await sandbox.nowMs()).toBe(LEFT_MS + 7 * DAY_MS + 2 * HOUR_MS + HOUR_MS / 60);
});
