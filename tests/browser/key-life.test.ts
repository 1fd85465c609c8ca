/** The life of an imported key: expiry, deletion, re-import, and what happens to its ciphertexts meanwhile. */
import { expect, test } from 'vitest';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import { WRAPPING_ALGORITHMS } from '$lib/domain/algorithms';
import { settle } from '$lib/domain/key';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	refusalCode,
	startSandbox,
	START_MS,
	value
} from '../support/sandbox';

const plainText = new TextEncoder().encode('keep this');

for (const algorithm of WRAPPING_ALGORITHMS)
	test(`a key pending import becomes enabled by material wrapped with ${algorithm}`, async () => {
		const { kms, record } = await startSandbox();
		const keyId = await createExternalKey(kms);
		expect((await record(keyId)).state).toBe('PENDING_IMPORT');
		value(await importMaterial(kms, keyId, randomMaterial(), { algorithm }));
		expect((await record(keyId)).state).toBe('ENABLED');
		const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
		expect(value(await kms.decrypt({ cipherTextBlob }))).toMatchObject({ keyId, plainText });
	});

test('expired material is unusable from its expiry on, before anything removed it', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const expireUnix = (START_MS + DAY_MS) / 1000;
	value(await importMaterial(kms, keyId, randomMaterial(), { expireUnix }));
	const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));

	await sandbox.advance(DAY_MS - 1);
	value(await kms.decrypt({ cipherTextBlob }));
	await sandbox.advance(1);
	const stored = await sandbox.record(keyId);
	expect(stored.state).toBe('ENABLED');
	expect(settle(stored, await sandbox.nowMs())?.state).toBe('PENDING_IMPORT');
	expect(refusalCode(await kms.decrypt({ cipherTextBlob }))).toBe('KeyPendingImport');
	expect(refusalCode(await kms.encrypt({ keyId, plainText }))).toBe('KeyPendingImport');
});

test('a sweep records an expiry once, with the moment it was due, and removes the material', async () => {
	const sandbox = await startSandbox();
	const { kms, db } = sandbox;
	const keyId = await createExternalKey(kms);
	const dueAtMs = START_MS + HOUR_MS;
	value(await importMaterial(kms, keyId, randomMaterial(), { expireUnix: dueAtMs / 1000 }));
	await sandbox.advance(3 * HOUR_MS);
	await sandbox.sweep();
	await sandbox.sweep();
	expect(await db.materials.get(keyId)).toBeUndefined();
	const record = await sandbox.record(keyId);
	expect(record).toMatchObject({ state: 'PENDING_IMPORT', material: null });
	expect(record.materialFingerprint).toMatch(/^[0-9a-f]{64}$/);
	const expiries = (await sandbox.events()).filter(
		(event) => event.operation === 'ExpireKeyMaterial'
	);
	expect(expiries).toMatchObject([
		{ keyId, actor: 'sweeper', dueAtMs, atMs: START_MS + 3 * HOUR_MS, requestId: null }
	]);
});

test('parameters and their private key go with the first event after the token’s expiry', async () => {
	const sandbox = await startSandbox();
	const { kms, db } = sandbox;
	const keyId = await createExternalKey(kms);
	await getParameters(kms, keyId);
	await sandbox.advance(DAY_MS - 1);
	await sandbox.sweep();
	expect([await db.importParameters.count(), await db.wrappingKeys.count()]).toEqual([1, 1]);
	await sandbox.advance(1);
	await sandbox.sweep();
	// until something is recorded the clock may go back to them
	expect([await db.importParameters.count(), await db.wrappingKeys.count()]).toEqual([1, 1]);
	await createExternalKey(kms);
	await sandbox.sweep();
	expect([await db.importParameters.count(), await db.wrappingKeys.count()]).toEqual([0, 0]);
});

test('a token that has expired stays expired when the system clock goes back', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const { publicKey, importToken } = await getParameters(kms, keyId);
	const encryptedKeyMaterial = await wrapKeyMaterial(
		'RSAES_OAEP_SHA_256',
		publicKey,
		randomMaterial()
	);
	await sandbox.advance(DAY_MS);
	await sandbox.sweep();
	await sandbox.advance(-DAY_MS);
	const request = { keyId, encryptedKeyMaterial, importToken };
	expect(refusalCode(await kms.importKeyMaterial(request))).toBe('ImportTokenExpired');
	expect((await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
});

test('a token that expired is refused as expired after its parameters were removed', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const { publicKey, importToken } = await getParameters(kms, keyId);
	const encryptedKeyMaterial = await wrapKeyMaterial(
		'RSAES_OAEP_SHA_256',
		publicKey,
		randomMaterial()
	);
	await sandbox.advance(DAY_MS);
	await createExternalKey(kms);
	await sandbox.sweep();
	expect(await sandbox.db.wrappingKeys.count()).toBe(0);
	expect(
		refusalCode(await kms.importKeyMaterial({ keyId, encryptedKeyMaterial, importToken }))
	).toBe('ImportTokenExpired');
});

test('after deletion only the same material returns, and old ciphertext opens again', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	value(await importMaterial(kms, keyId, material.slice()));
	const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
	value(await kms.deleteKeyMaterial({ keyId }));
	expect((await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	expect(await sandbox.db.materials.get(keyId)).toBeUndefined();
	expect(refusalCode(await kms.decrypt({ cipherTextBlob }))).toBe('KeyPendingImport');
	expect(refusalCode(await importMaterial(kms, keyId, randomMaterial()))).toBe('MaterialNotMatch');
	expect((await sandbox.record(keyId)).state).toBe('PENDING_IMPORT');
	value(await importMaterial(kms, keyId, material.slice(), { algorithm: 'RSAES_PKCS1_V1_5' }));
	expect(value(await kms.decrypt({ cipherTextBlob })).plainText).toEqual(plainText);
});

test('after expiry the same material returns and old ciphertext opens again', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	const expireUnix = (START_MS + DAY_MS) / 1000;
	value(await importMaterial(kms, keyId, material.slice(), { expireUnix }));
	const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
	await sandbox.advance(2 * DAY_MS);
	expect(refusalCode(await importMaterial(kms, keyId, randomMaterial()))).toBe('MaterialNotMatch');
	value(await importMaterial(kms, keyId, material.slice()));
	expect(value(await kms.decrypt({ cipherTextBlob })).plainText).toEqual(plainText);
});

test('importing the same material again resets the expiry and keeps the state', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	const material = randomMaterial();
	const expireUnix = (START_MS + DAY_MS) / 1000;
	value(await importMaterial(kms, keyId, material.slice(), { expireUnix }));
	value(await importMaterial(kms, keyId, material.slice()));
	expect(await sandbox.record(keyId)).toMatchObject({
		state: 'ENABLED',
		material: { expiresAtMs: null }
	});
	await sandbox.force(keyId, { state: 'DISABLED' });
	value(await importMaterial(kms, keyId, material.slice(), { expireUnix }));
	expect(await sandbox.record(keyId)).toMatchObject({
		state: 'DISABLED',
		material: { expiresAtMs: START_MS + DAY_MS }
	});
});

test('deleting material of a key that has none succeeds and changes nothing', async () => {
	const sandbox = await startSandbox();
	const keyId = await createExternalKey(sandbox.kms);
	const before = await sandbox.everything(keyId);
	value(await sandbox.kms.deleteKeyMaterial({ keyId }));
	expect(await sandbox.everything(keyId)).toEqual(before);
});

test('material of a key pending deletion goes by deletion and by expiry, the state stays', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const deleted = await createExternalKey(kms);
	const expiring = await createExternalKey(kms);
	const expireUnix = (START_MS + DAY_MS) / 1000;
	for (const keyId of [deleted, expiring]) {
		value(await importMaterial(kms, keyId, randomMaterial(), { expireUnix }));
		await sandbox.force(keyId, { state: 'PENDING_DELETE', deleteAtMs: START_MS + 9 * DAY_MS });
	}
	value(await kms.deleteKeyMaterial({ keyId: deleted }));
	await sandbox.advance(DAY_MS);
	await sandbox.sweep();
	for (const keyId of [deleted, expiring])
		expect(await sandbox.record(keyId)).toMatchObject({
			state: 'PENDING_DELETE',
			material: null,
			deleteAtMs: START_MS + 9 * DAY_MS
		});
});

test('every call returns a new key pair and token, several are valid at the same time, a token is reusable', async () => {
	const { kms, record } = await startSandbox();
	const keyId = await createExternalKey(kms);
	const first = await getParameters(kms, keyId);
	const second = await getParameters(kms, keyId);
	expect(second.publicKey).not.toEqual(first.publicKey);
	expect(second.importToken).not.toEqual(first.importToken);
	expect((await record(keyId)).importCalls).toBe(2);
	const material = randomMaterial();
	for (const { publicKey, importToken } of [first, second, first]) {
		const encryptedKeyMaterial = await wrapKeyMaterial('RSAES_OAEP_SHA_256', publicKey, material);
		value(await kms.importKeyMaterial({ keyId, encryptedKeyMaterial, importToken }));
	}
	const crossed = await wrapKeyMaterial('RSAES_OAEP_SHA_256', first.publicKey, material);
	const answer = await kms.importKeyMaterial({
		keyId,
		encryptedKeyMaterial: crossed,
		importToken: second.importToken
	});
	expect(refusalCode(answer)).toBe('MaterialDecryptFailed');
});

test('two keys with equal material cannot read each other’s ciphertext', async () => {
	const { kms } = await startSandbox();
	const material = randomMaterial();
	const one = await createExternalKey(kms);
	const two = await createExternalKey(kms);
	value(await importMaterial(kms, one, material.slice()));
	value(await importMaterial(kms, two, material.slice()));
	const ofOne = value(await kms.encrypt({ keyId: one, plainText })).cipherTextBlob;
	const ofTwo = value(await kms.encrypt({ keyId: two, plainText })).cipherTextBlob;
	// The name is bytes 1 to 16: put two's name on one's ciphertext.
	const renamed = ofOne.slice();
	renamed.set(ofTwo.subarray(1, 17), 1);
	expect(value(await kms.decrypt({ cipherTextBlob: ofOne })).keyId).toBe(one);
	expect(refusalCode(await kms.decrypt({ cipherTextBlob: renamed }))).toBe('InvalidParameter');
});

test('sandbox time never goes back, even when the clock does', async () => {
	const sandbox = await startSandbox();
	const keyId = await createExternalKey(sandbox.kms);
	const expireUnix = (START_MS + DAY_MS) / 1000;
	value(await importMaterial(sandbox.kms, keyId, randomMaterial(), { expireUnix }));
	await sandbox.advance(2 * DAY_MS);
	expect(refusalCode(await sandbox.kms.encrypt({ keyId, plainText }))).toBe('KeyPendingImport');
	await sandbox.advance(-2 * DAY_MS);
	const { keyMetadata } = value(await sandbox.kms.createCmk({ keyUsage: 0, origin: 1 }));
	expect(keyMetadata.creationDate).toBe('2026-03-03 00:00:00');
});
