/** The refusals of the other operations, in the documented order, each leaving the records as they were. */
import { expect, test } from 'vitest';
import type { KeyState } from '$lib/domain/key';
import type { Kms } from '$lib/domain/kms';
import type { Result } from '$lib/domain/result';
import {
	createExternalKey,
	importMaterial,
	randomMaterial,
	refusalCode,
	startSandbox,
	value,
	type Sandbox
} from '../support/sandbox';
import { pastTheDoor } from '../support/past-the-door';

const plainText = new Uint8Array([1, 2, 3]);
const parameters = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSAES_OAEP_SHA_1' };

async function expectRefusal(
	sandbox: Sandbox,
	keyId: string,
	code: string,
	call: (kms: Kms) => Promise<Result<unknown>>
) {
	const before = await sandbox.everything(keyId);
	const eventsBefore = (await sandbox.events()).length;
	expect(refusalCode(await call(sandbox.kms))).toBe(code);
	expect(await sandbox.everything(keyId)).toEqual(before);
	expect((await sandbox.events()).slice(eventsBefore).map((event) => event.code)).toEqual([code]);
}

test('CreateCmk refuses a malformed request before it looks for the alias', async () => {
	const sandbox = await startSandbox();
	value(await sandbox.kms.createCmk({ keyUsage: 0, origin: 1, alias: 'taken' }));
	const bad = [
		{ keyUsage: 1, origin: 1, alias: 'taken' },
		{ keyUsage: 0, origin: 2, alias: 'taken' },
		{ keyUsage: 0, origin: 1, alias: ' taken' },
		{ keyUsage: 0, origin: 1, alias: 'x'.repeat(129) },
		{ keyUsage: 0, origin: 1, description: 'x'.repeat(1025) }
	];
	for (const request of bad)
		await expectRefusal(sandbox, '-', 'InvalidParameter', (kms) => kms.createCmk(request));
});

test('CreateCmk refuses an alias that is taken', async () => {
	const sandbox = await startSandbox();
	value(await sandbox.kms.createCmk({ keyUsage: 0, origin: 0, alias: 'payroll' }));
	await expectRefusal(sandbox, '-', 'AliasExists', (kms) =>
		kms.createCmk({ keyUsage: 0, origin: 1, alias: 'payroll' })
	);
	expect(await sandbox.db.keys.count()).toBe(1);
});

test('GetParametersForImport refuses in the documented order', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const platform = value(await kms.createCmk({ keyUsage: 0, origin: 0 })).keyMetadata.keyId;
	const external = await createExternalKey(kms);
	await sandbox.force(platform, { state: 'PENDING_DELETE' });
	await sandbox.force(external, { state: 'PENDING_DELETE' });
	for (const wrong of [{ wrappingKeySpec: 'RSA_4096' }, { wrappingAlgorithm: 'RSA_AES' }])
		await expectRefusal(sandbox, '-', 'InvalidParameter', () =>
			kms.getParametersForImport({ keyId: 'none', ...parameters, ...wrong })
		);
	for (const [keyId, code] of [
		['none', 'KeyNotFound'],
		[platform, 'KeyNotExternal'],
		[external, 'KeyStateInvalid']
	] as const)
		await expectRefusal(sandbox, keyId, code, () =>
			kms.getParametersForImport({ keyId, ...parameters })
		);
});

test('DeleteKeyMaterial refuses an unknown key and a key of origin KMS', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const platform = value(await kms.createCmk({ keyUsage: 0, origin: 0 })).keyMetadata.keyId;
	await expectRefusal(sandbox, 'none', 'KeyNotFound', () =>
		kms.deleteKeyMaterial({ keyId: 'none' })
	);
	await expectRefusal(sandbox, platform, 'KeyNotExternal', () =>
		kms.deleteKeyMaterial({ keyId: platform })
	);
	await expectRefusal(sandbox, '-', 'InvalidParameter', () => kms.deleteKeyMaterial({ keyId: '' }));
});

const useRefusals: readonly (readonly [KeyState, string])[] = [
	['DISABLED', 'KeyDisabled'],
	['PENDING_IMPORT', 'KeyPendingImport'],
	['PENDING_DELETE', 'KeyPendingDelete']
];

for (const [state, code] of useRefusals)
	test(`Encrypt and Decrypt answer ${code} while the key is ${state}`, async () => {
		const sandbox = await startSandbox();
		const { kms } = sandbox;
		const keyId = await createExternalKey(kms);
		value(await importMaterial(kms, keyId, randomMaterial()));
		const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
		await sandbox.force(keyId, { state });
		await expectRefusal(sandbox, keyId, code, () => kms.encrypt({ keyId, plainText }));
		await expectRefusal(sandbox, keyId, code, () => kms.decrypt({ cipherTextBlob }));
	});

test('Encrypt refuses an empty or too long plaintext before it looks for the key', async () => {
	const sandbox = await startSandbox();
	for (const length of [0, 4096])
		await expectRefusal(sandbox, '-', 'InvalidParameter', (kms) =>
			kms.encrypt({ keyId: 'none', plainText: new Uint8Array(length) })
		);
	await expectRefusal(sandbox, '-', 'KeyNotFound', (kms) =>
		kms.encrypt({ keyId: 'none', plainText })
	);
});

test('Decrypt refuses bytes that are not a ciphertext of the named key', async () => {
	const sandbox = await startSandbox();
	const { kms } = sandbox;
	const keyId = await createExternalKey(kms);
	value(await importMaterial(kms, keyId, randomMaterial()));
	const request = { keyId, plainText, encryptionContext: 'invoice 7' };
	const { cipherTextBlob } = value(await kms.encrypt(request));
	const damaged = cipherTextBlob.map((byte, index) => (index === 40 ? byte ^ 1 : byte));
	const encryptionContext = 'invoice 7';
	for (const wrong of [
		{ cipherTextBlob: new Uint8Array(5), encryptionContext },
		{ cipherTextBlob: damaged, encryptionContext },
		{ cipherTextBlob, encryptionContext: 'invoice 8' },
		{ cipherTextBlob }
	])
		await expectRefusal(sandbox, keyId, 'InvalidParameter', () => kms.decrypt(wrong));
	await pastTheDoor(sandbox.db).keys.delete(keyId);
	await expectRefusal(sandbox, keyId, 'KeyNotFound', () =>
		kms.decrypt({ cipherTextBlob, encryptionContext })
	);
});
