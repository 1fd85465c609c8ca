/** Two engines over one database, as two tabs have: the transaction of each decides again on what the other wrote. */
import { expect, test } from 'vitest';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	randomMaterial,
	refusalCode,
	startSandbox,
	value
} from '../support/sandbox';

test('two tabs that import different material at once: one wins, the other is refused', async () => {
	const name = `two-tabs-${String(Date.now())}`;
	const tabs = [await startSandbox(name), await startSandbox(name)] as const;
	for (let round = 0; round < 5; round++) {
		const keyId = await createExternalKey(tabs[0].kms);
		const answers = await Promise.all(
			tabs.map(({ kms }) => importMaterial(kms, keyId, randomMaterial()))
		);
		const refused = answers.filter((answer) => !answer.ok);
		expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
		expect(refused.map(refusalCode)).toEqual(['MaterialNotMatch']);
		expect(await tabs[1].record(keyId)).toMatchObject({ state: 'ENABLED' });
	}
});

test('two tabs that start at once use the same service keys', async () => {
	const name = `first-start-${String(Date.now())}`;
	const tabs = await Promise.all([startSandbox(name), startSandbox(name)]);
	const keyId = await createExternalKey(tabs[0].kms);
	value(await importMaterial(tabs[1].kms, keyId, randomMaterial()));
	const plainText = new Uint8Array([7]);
	const { cipherTextBlob } = value(await tabs[1].kms.encrypt({ keyId, plainText }));
	expect(value(await tabs[0].kms.decrypt({ cipherTextBlob })).plainText).toEqual(plainText);
});

test('two tabs that take the same alias at once: one gets it', async () => {
	const name = `alias-${String(Date.now())}`;
	const tabs = [await startSandbox(name), await startSandbox(name)] as const;
	const request = { keyUsage: 0, origin: 1, alias: 'only-one' };
	const answers = await Promise.all(tabs.map(({ kms }) => kms.createCmk(request)));
	expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
	expect(answers.filter((answer) => !answer.ok).map(refusalCode)).toEqual(['AliasExists']);
});

test('an import is decided again when it commits: a change made meanwhile refuses it', async () => {
	const tab = await startSandbox();
	const keyId = await createExternalKey(tab.kms);
	const { publicKey, importToken } = await getParameters(tab.kms, keyId);
	const encryptedKeyMaterial = await wrapKeyMaterial(
		'RSAES_OAEP_SHA_256',
		publicKey,
		randomMaterial()
	);
	// The change is queued while the import still unwraps, so it comes before the import's transaction.
	const importing = tab.kms.importKeyMaterial({ keyId, encryptedKeyMaterial, importToken });
	await tab.force(keyId, { state: 'PENDING_DELETE' });
	expect(refusalCode(await importing)).toBe('KeyStateInvalid');
	expect(await tab.db.materials.count()).toBe(0);
});
