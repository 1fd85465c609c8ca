/**
 * A crash between any two steps: every write of an operation is made to fail once, and each failure leaves everything
 * exactly as it was. Only the whole of an operation is ever stored, its audit event with it.
 */
import { expect, test } from 'vitest';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import type { ImportKeyMaterialRequest } from '$lib/domain/operations/import-key-material';
import { DAY_MS } from '$lib/domain/time';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	makeBreakable,
	randomMaterial,
	refusalCode,
	startSandbox,
	START_MS,
	value,
	type Sandbox
} from '../support/sandbox';

interface Act {
	/** What is there before; done whole. */
	readonly before?: (sandbox: Sandbox, keyId: string) => Promise<unknown>;
	readonly act: (sandbox: Sandbox, keyId: string, before: unknown) => Promise<unknown>;
}

const material = randomMaterial();
const tomorrow = (START_MS + DAY_MS) / 1000;

/** Each begins with an ENABLED key whose material expires tomorrow. */
const acts: Readonly<Record<string, Act>> = {
	CreateCmk: { act: ({ kms }) => kms.createCmk({ keyUsage: 0, origin: 0, alias: 'second' }) },
	UpdateAlias: { act: ({ kms }, keyId) => kms.updateAlias({ keyId, alias: 'other' }) },
	GetParametersForImport: { act: ({ kms }, keyId) => getParameters(kms, keyId) },
	DeleteKeyMaterial: { act: ({ kms }, keyId) => kms.deleteKeyMaterial({ keyId }) },
	DisableKey: { act: ({ kms }, keyId) => kms.disableKey({ keyId }) },
	ScheduleKeyDeletion: {
		act: ({ kms }, keyId) => kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 })
	},
	'a refusal': { act: ({ kms }, keyId) => kms.cancelKeyDeletion({ keyId }) },
	'ImportKeyMaterial that finds an expiry due': {
		before: async ({ kms, advance }, keyId) => {
			await advance(DAY_MS / 2);
			const { publicKey, importToken } = await getParameters(kms, keyId);
			await advance(DAY_MS / 2);
			const encryptedKeyMaterial = await wrapKeyMaterial(
				'RSAES_OAEP_SHA_256',
				publicKey,
				material.slice()
			);
			return { keyId, encryptedKeyMaterial, importToken };
		},
		act: ({ kms }, _keyId, request) => kms.importKeyMaterial(request as ImportKeyMaterialRequest)
	},
	'a sweep of an expiry and a deletion': {
		before: async ({ kms, advance }, keyId) => {
			await kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 });
			await advance(8 * DAY_MS);
		},
		act: ({ sweep }) => sweep()
	},
	'the undo of a deletion of material': {
		before: ({ kms }, keyId) => kms.deleteKeyMaterial({ keyId }),
		act: ({ undo }) => undo()
	}
};

/** Everything that is stored. Keys that cannot be read are told apart by their sealed copies. */
async function dump({ db }: Sandbox): Promise<string> {
	const tables = await Promise.all(
		db.tables.map(async (table) => [table.name, await table.toArray()] as const)
	);
	return JSON.stringify(tables);
}

class Crash extends Error {}

for (const [name, { before, act }] of Object.entries(acts))
	test(`${name}: a crash at any write leaves everything as it was`, async () => {
		let survived = false;
		for (let writes = 0; !survived; writes++) {
			const sandbox = await startSandbox();
			const keyId = await createExternalKey(sandbox.kms);
			value(await sandbox.kms.createAlias({ keyId, alias: 'first' }));
			value(await importMaterial(sandbox.kms, keyId, material.slice(), { expireUnix: tomorrow }));
			const made = await before?.(sandbox, keyId);
			let left = Infinity;
			await makeBreakable(sandbox.db, () => (--left < 0 ? new Crash() : undefined));
			const untouched = await dump(sandbox);
			left = writes;
			survived = await act(sandbox, keyId, made).then(
				() => true,
				() => false
			);
			expect(left < 0).toBe(!survived);
			left = Infinity;
			expect((await dump(sandbox)) === untouched).toBe(!survived);
			if (survived) await expectWhole(sandbox);
			// an operation writes at least its event
			if (survived) expect(writes).toBeGreaterThan(0);
			await sandbox.db.delete();
		}
	});

/** Records, materials, calls, counters and log agree with each other. */
async function expectWhole({ db, controls }: Sandbox): Promise<void> {
	const keys = await db.keys.toArray();
	expect(await db.materials.count()).toBe(keys.filter((key) => key.material).length);
	for (const { state, count } of await db.counters.toArray())
		expect(keys.filter((key) => key.state === state)).toHaveLength(count);
	expect(await db.wrappingKeys.toCollection().primaryKeys()).toEqual(
		await db.importParameters.toCollection().primaryKeys()
	);
	expect(await controls.checkAuditLog()).not.toHaveProperty('brokenAt');
}

test('a full disk refuses an operation in words, and nothing is lost', async () => {
	const sandbox = await startSandbox();
	const keyId = await createExternalKey(sandbox.kms);
	const { publicKey, importToken } = await getParameters(sandbox.kms, keyId);
	const encryptedKeyMaterial = await wrapKeyMaterial(
		'RSAES_OAEP_SHA_256',
		publicKey,
		material.slice()
	);
	let isFull = true;
	await makeBreakable(sandbox.db, () =>
		isFull ? new DOMException('no room left', 'QuotaExceededError') : undefined
	);
	const before = await dump(sandbox);
	const request = { keyId, encryptedKeyMaterial, importToken };
	expect(refusalCode(await sandbox.kms.importKeyMaterial(request))).toBe('StorageFull');
	expect(refusalCode(await sandbox.kms.createCmk({ keyUsage: 0, origin: 1 }))).toBe('StorageFull');
	expect(await dump(sandbox)).toBe(before);
	isFull = false;
	value(await sandbox.kms.importKeyMaterial(request));
	expect(await sandbox.record(keyId)).toMatchObject({ state: 'ENABLED' });
});
