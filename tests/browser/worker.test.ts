/** The page's doors to the real worker: commands go in, facts come out. */
import { expect, onTestFinished, test } from 'vitest';
import { kms, storageMode, workbench } from '$lib/client/kms';
import { watch, type Live } from '$lib/client/live.svelte';
import { currentWorkspaceId } from '$lib/client/workspace';
import { asciiToBytes } from '$lib/domain/bytes';
import type { KeyPage } from '$lib/domain/key-listing';
import type { TrayFile, WorkbenchResult } from '$lib/customer/workbench';
import { serviceDatabaseName } from '$lib/storage/database';
import {
	createExternalKey,
	getParameters,
	refusalCode,
	startSandbox,
	value
} from '../support/sandbox';

function file(result: WorkbenchResult<TrayFile>): TrayFile {
	if (!result.ok) throw new Error(result.problem);
	return result.value;
}

async function bytesOf(fileId: number) {
	const read = await workbench.readFile(fileId);
	if (!read.ok) throw new Error(read.problem);
	return read.value;
}

test('the whole procedure runs through the worker, by uploads alone', async () => {
	expect(await storageMode()).toBe('indexeddb');
	const keyId = await createExternalKey(kms);
	const { publicKey, importToken } = await getParameters(kms, keyId, 'RSAES_PKCS1_V1_5');
	const material = file(await workbench.generateKeyMaterial('KeyMaterial.bin'));
	const keyFile = file(await workbench.addFile('PublicKey.der', publicKey));
	const wrapped = file(
		await workbench.encryptKeyMaterial({
			materialFileId: material.fileId,
			publicKeyFileId: keyFile.fileId,
			algorithm: 'RSAES_PKCS1_V1_5',
			encoding: 'hex',
			name: 'EncryptedKeyMaterial.hex'
		})
	);
	expect(wrapped.lengthBytes).toBe(512);
	const encryptedKeyMaterial = await bytesOf(wrapped.fileId);
	value(await kms.importKeyMaterial({ keyId, encryptedKeyMaterial, importToken }));
	const described = value(await kms.describeKey({ keyId }));
	expect(described.keyMetadata.keyState).toBe('0');
	const plainText = asciiToBytes('hello');
	const { cipherTextBlob } = value(await kms.encrypt({ keyId, plainText }));
	expect(value(await kms.decrypt({ cipherTextBlob })).plainText).toEqual(plainText);
});

test('a refusal crosses the worker whole', async () => {
	const refused = await kms.describeKey({ keyId: 'none' });
	expect(refused).toEqual({
		ok: false,
		refusal: {
			code: 'KeyNotFound',
			message: 'keyId must name an existing CMK, got "none"',
			details: { keyId: 'none' }
		}
	});
	expect(refusalCode(await kms.createCmk({ keyUsage: 9, origin: 1 }))).toBe('InvalidParameter');
});

test('a watched query answers now and after a change, until it is stopped', async () => {
	const keyId = await createExternalKey(kms);
	const seen: Live<unknown>[] = [];
	const stop = watch('key', [keyId], (answer) => seen.push(answer));
	await expect.poll(() => seen.at(-1)).toMatchObject({ status: 'ready', rows: { importCalls: 0 } });
	await getParameters(kms, keyId);
	await expect.poll(() => seen.at(-1)).toMatchObject({ status: 'ready', rows: { importCalls: 1 } });
	stop();
	const count = seen.length;
	await getParameters(kms, keyId);
	await kms.describeKey({ keyId });
	expect(seen).toHaveLength(count);
});

test('a watched search finds what another tab changes', async () => {
	const listing = { search: 'lling', order: 'created', descending: true, limit: 50 } as const;
	const seen: Live<KeyPage>[] = [];
	onTestFinished(watch('keys', [listing], (answer) => seen.push(answer)));
	const aliases = () => {
		const last = seen.at(-1);
		return last?.status === 'ready' ? last.rows.keys.map(({ alias }) => alias) : last;
	};
	await expect.poll(aliases).toEqual([]);
	const otherTab = await startSandbox(serviceDatabaseName(currentWorkspaceId()));
	value(await otherTab.kms.createCmk({ keyUsage: 0, origin: 1, alias: 'Billing' }));
	await expect.poll(aliases).toEqual(['Billing']);
	value(await kms.createCmk({ keyUsage: 0, origin: 1, alias: 'a selling' }));
	await expect.poll(aliases).toEqual(['a selling', 'Billing']);
});

test('the tray numbers names that are taken, and answers problems as data', async () => {
	const name = `same-${String(Date.now())}.txt`;
	const first = file(await workbench.addFile(name, asciiToBytes('1')));
	const second = file(await workbench.addFile(name, asciiToBytes('2')));
	expect([first.name, second.name]).toEqual([name, name.replace('.txt', '-2.txt')]);
	await workbench.removeFile(first.fileId);
	expect(await workbench.readFile(first.fileId)).toEqual({ ok: false, problem: 'FileNotFound' });
	expect(await workbench.addFile('big', new Uint8Array(65_537))).toMatchObject({
		problem: 'FileTooLarge'
	});
	const material = file(await workbench.generateKeyMaterial('m.bin'));
	const request = { algorithm: 'RSAES_OAEP_SHA_256', encoding: 'raw', name: 'out.bin' } as const;
	const { publicKey } = await getParameters(kms, await createExternalKey(kms));
	const keyFile = file(await workbench.addFile('k.der', publicKey));
	const long = file(await workbench.addFile('long.bin', new Uint8Array(191)));
	const wrap = (materialFileId: number, publicKeyFileId: number) =>
		workbench.encryptKeyMaterial({ ...request, materialFileId, publicKeyFileId });
	expect(await wrap(material.fileId, second.fileId)).toMatchObject({ problem: 'NotAPublicKey' });
	expect(await wrap(long.fileId, keyFile.fileId)).toMatchObject({ problem: 'TooLongToEncrypt' });
	expect(await wrap(first.fileId, keyFile.fileId)).toMatchObject({ problem: 'FileNotFound' });
});
