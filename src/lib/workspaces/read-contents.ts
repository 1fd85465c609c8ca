/** Reads a whole workspace from its two databases, and decrypts its secrets. */
import { openMaterialCopy } from '../crypto/material-key';
import { toRsaPrivateKey } from '../crypto/private-key';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { openServiceKeyCopies } from '../crypto/service-keys';
import type { WholeFile } from '../customer/tray';
import { bytesToBase64, type Bytes } from '../domain/bytes';
import type { ImportParametersRecord } from '../domain/import-parameters';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { SYSTEM_CLOCK } from '../domain/time';
import type { Database, ServiceKeys } from '../storage/database';
import { readWhole } from '../storage/whole';
import type { Base64, CallContents, Contents, MaterialContents } from './contents';
import { startWork, type Work } from './work';

/**
 * @param newKeys for an unused workspace, whose service has no keys yet
 * @throws if a secret can't be decrypted, or a call has no private key. Both are defects
 */
export async function readContents(
	db: Database,
	files: readonly WholeFile[],
	newKeys: () => Promise<ServiceKeys>,
	work: Work = startWork()
): Promise<Contents> {
	const stored = await readWhole(db);
	const serviceKeys = stored.serviceKeys ?? (await newKeys());
	const { sealing } = serviceKeys;
	const privateKeys = new Map(stored.wrappingKeys.map((row) => [row.parametersId, row.sealed]));

	async function toCall(call: ImportParametersRecord): Promise<CallContents> {
		const { publicKey, importToken, ...claims } = call;
		const sealed = needed(privateKeys.get(call.parametersId));
		const privateKey = needed(await openPrivateKey(sealing, call.parametersId, sealed));
		return {
			...claims,
			publicKey: bytesToBase64(publicKey),
			importToken: bytesToBase64(importToken),
			privateKey: toRsaPrivateKey(privateKey)
		};
	}

	async function toMaterial(keyId: string, sealed: Bytes): Promise<MaterialContents> {
		return { keyId, material: spend(needed(await openMaterialCopy(sealing, keyId, sealed))) };
	}

	const total = stored.materials.length + stored.importParameters.length;
	const materials: MaterialContents[] = [];
	for (const [index, { keyId, sealed }] of stored.materials.entries()) {
		await work.step('reading', index, total);
		materials.push(await toMaterial(keyId, sealed));
	}
	const calls: CallContents[] = [];
	for (const [index, call] of stored.importParameters.entries()) {
		await work.step('reading', stored.materials.length + index, total);
		calls.push(await toCall(call));
	}
	const copies = needed(await openServiceKeyCopies(serviceKeys));
	const { reimport, removal, diagnosis } = stored.settings ?? DEFAULT_SETTINGS;
	const { offsetMs, frozenAtMs, movedAtMs, passedMs } = stored.clock ?? SYSTEM_CLOCK;
	return {
		settings: { reimport, removal, diagnosis },
		clock: { offsetMs, frozenAtMs, movedAtMs, ...(passedMs !== undefined && { passedMs }) },
		serviceKeys: { token: spend(copies.token), fingerprint: spend(copies.fingerprint) },
		keys: stored.keys,
		materials,
		removals: stored.removals,
		calls,
		events: stored.events,
		files: files.map((file) => ({ ...file, bytes: bytesToBase64(file.bytes) }))
	};
}

/** Returns the bytes as text, and overwrites the bytes. */
function spend(secret: Bytes): Base64 {
	const text = bytesToBase64(secret);
	secret.fill(0);
	return text;
}

function needed<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('the workspace cannot be read whole');
	return value;
}
