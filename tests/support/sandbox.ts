/** An engine over a fresh database of real IndexedDB, with a clock that tests move and numbered ids. */
import type { DBCore } from 'dexie';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { generateWrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import type { Bytes } from '$lib/domain/bytes';
import type { AuditEvent } from '$lib/domain/events';
import type { KeyRecord } from '$lib/domain/key';
import type { GetParametersForImportResponse, Kms } from '$lib/domain/kms';
import type { Result } from '$lib/domain/result';
import type { SandboxControls, UndoAnswer } from '$lib/domain/sandbox';
import { sandboxNow, SYSTEM_CLOCK, type ClockAnswer, type ClockMove } from '$lib/domain/time';
import { createAuditControls } from '$lib/engine/audit-controls';
import type { EngineDeps } from '$lib/engine/deps';
import { createKeyPairPool } from '$lib/engine/key-pair-pool';
import { createKms } from '$lib/engine/kms';
import { createSandboxControls } from '$lib/engine/sandbox';
import type { Database } from '$lib/storage/database';
import { openStore, type Store } from '$lib/storage/open-store';
import { queries } from '$lib/storage/queries';
import { sweep } from '$lib/storage/sweep';
import { pastTheDoor } from './past-the-door';

/** 2026-03-01T00:00:00Z */
export const START_MS = 1_772_323_200_000;

export interface Sandbox {
	readonly store: Store;
	readonly kms: Kms;
	readonly controls: SandboxControls;
	/** From the clock as it is now. */
	readonly moveClock: (move: ClockMove) => Promise<ClockAnswer>;
	/** The operation that can be undone now. */
	readonly undo: () => Promise<UndoAnswer>;
	readonly db: Database;
	/** Sandbox time moves on; nothing waits. */
	readonly advance: (ms: number) => Promise<void>;
	readonly nowMs: () => Promise<number>;
	readonly sweep: () => Promise<void>;
	/** What is stored about a CMK, secrets included, to be compared before and after. */
	readonly everything: (keyId: string) => Promise<unknown>;
	readonly record: (keyId: string) => Promise<KeyRecord>;
	/** Changes a record directly, for states that no operation of today leads to. */
	readonly force: (keyId: string, change: Partial<KeyRecord>) => Promise<void>;
	readonly events: () => Promise<AuditEvent[]>;
}

let opened = 0;

/** Node has no IndexedDB: there the database is in memory, and is found again by its name all the same. */
const HAS_INDEXED_DB = typeof indexedDB !== 'undefined';

export async function startSandbox(
	name = `test-${String(Date.now())}-${String(++opened)}`,
	given: Partial<Pick<EngineDeps, 'keyPairs' | 'newId' | 'systemNowMs'>> & {
		/** Asked before each write: what it shall fail with. */
		readonly failWrite?: () => Error | undefined;
	} = {}
): Promise<Sandbox> {
	const store = await openStore(name, generateServiceKeys);
	if (HAS_INDEXED_DB && store.mode !== 'indexeddb')
		throw new Error('these tests need real IndexedDB');
	const { db } = store;
	if (given.failWrite) await makeBreakable(db, given.failWrite);
	const { systemNowMs = () => START_MS } = given;
	const keyPairs =
		given.keyPairs ??
		createKeyPairPool(generateWrappingKeyPair, 2, (refill) => {
			refill();
		});
	const { newId = () => crypto.randomUUID() } = given;
	const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	const deps = { store, keyPairs, newId, randomBytes, systemNowMs };
	const clock = async () => (await db.clock.get(0)) ?? { ...SYSTEM_CLOCK, id: 0 as const };
	const controls = {
		...createSandboxControls(deps),
		...createAuditControls(deps),
		// tests sweep when they say so
		expiryWatch: () => Promise.resolve({ leads: false, timer: null })
	};
	return {
		store,
		kms: createKms(deps),
		controls,
		moveClock: async (move) => controls.moveClock(move, await queries.clock(db)),
		undo: async () =>
			controls.undoLastOperation((await queries.undoable(db)) ?? { requestId: 'none' }),
		db,
		advance: async (ms) => {
			const row = await clock();
			await pastTheDoor(db).clock.put({ ...row, offsetMs: row.offsetMs + ms });
		},
		nowMs: async () => sandboxNow(await clock(), systemNowMs()),
		sweep: () => sweep(db, systemNowMs(), { by: 'tab', armedAtMs: null }),
		everything: async (keyId) => ({
			key: await db.keys.get(keyId),
			material: await identity((await db.materials.get(keyId))?.key),
			parameters: await db.importParameters.where({ keyId }).toArray(),
			wrappingKeys: await db.wrappingKeys.toArray()
		}),
		record: async (keyId) => {
			const record = await db.keys.get(keyId);
			if (!record) throw new Error(`no CMK ${keyId}`);
			return record;
		},
		force: async (keyId, change) => {
			await pastTheDoor(db).keys.update(keyId, change);
		},
		events: () => db.events.orderBy('sequence').toArray()
	};
}

/** From now on writes can be made to fail. @param fail whether this write shall, and with what */
export async function makeBreakable(db: Database, fail: () => Error | undefined): Promise<void> {
	db.close();
	db.use({
		stack: 'dbcore',
		name: 'breakable',
		create: (core: DBCore) => ({
			...core,
			table: (name: string) => {
				const table = core.table(name);
				return {
					...table,
					mutate: (request: Parameters<typeof table.mutate>[0]) => {
						const error = fail();
						return error ? Promise.reject(error) : table.mutate(request);
					}
				};
			}
		})
	});
	await db.open();
}

/** What tells one non-extractable key from another: the same plaintext under the same nonce. */
async function identity(key: CryptoKey | undefined): Promise<Bytes | undefined> {
	if (!key) return undefined;
	const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
	return new Uint8Array(await crypto.subtle.encrypt(algorithm, key, new Uint8Array(16)));
}

/** The value of an answer that has to be a success. */
export function value<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(`refused: ${result.refusal.code}: ${result.refusal.message}`);
	return result.value;
}

/** The code of an answer that has to be a refusal. */
export function refusalCode(result: Result<unknown>): string {
	if (result.ok) throw new Error('expected a refusal, got a success');
	return result.refusal.code;
}

export async function createExternalKey(kms: Kms): Promise<string> {
	const { keyMetadata } = value(await kms.createCmk({ keyUsage: 0, origin: 1 }));
	return keyMetadata.keyId;
}

export async function getParameters(
	kms: Kms,
	keyId: string,
	wrappingAlgorithm: WrappingAlgorithm = 'RSAES_OAEP_SHA_256'
): Promise<GetParametersForImportResponse> {
	const request = { keyId, wrappingKeySpec: 'RSA_2048', wrappingAlgorithm };
	return value(await kms.getParametersForImport(request));
}

export const randomMaterial = (): Bytes => crypto.getRandomValues(new Uint8Array(32));

/** The whole procedure with fresh parameters. */
export async function importMaterial(
	kms: Kms,
	keyId: string,
	material: Bytes,
	{
		algorithm = 'RSAES_OAEP_SHA_256',
		expireUnix = 0
	}: { readonly algorithm?: WrappingAlgorithm; readonly expireUnix?: number } = {}
): Promise<Result<unknown>> {
	const { publicKey, importToken } = await getParameters(kms, keyId, algorithm);
	const encryptedKeyMaterial = await wrapKeyMaterial(algorithm, publicKey, material);
	const request = { keyId, encryptedKeyMaterial, importToken };
	return kms.importKeyMaterial({ ...request, keyMaterialExpireUnix: expireUnix });
}
