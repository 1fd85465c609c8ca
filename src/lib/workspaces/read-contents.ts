/** Everything of a workspace, read from its two databases. What is sealed there is opened for it. */
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

/**
 * @param newKeys for a workspace that nobody has worked in yet: its service has no keys of its own
 * @throws when something sealed cannot be opened, or a call has no private key: a defect
 */
export async function readContents(
	db: Database,
	files: readonly WholeFile[],
	newKeys: () => Promise<ServiceKeys>
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

	const copies = needed(await openServiceKeyCopies(serviceKeys));
	const { reimport, removal, diagnosis } = stored.settings ?? DEFAULT_SETTINGS;
	const { offsetMs, frozenAtMs, movedAtMs, passedMs } = stored.clock ?? SYSTEM_CLOCK;
	return {
		settings: { reimport, removal, diagnosis },
		clock: { offsetMs, frozenAtMs, movedAtMs, ...(passedMs !== undefined && { passedMs }) },
		serviceKeys: { token: spend(copies.token), fingerprint: spend(copies.fingerprint) },
		keys: stored.keys,
		materials: await Promise.all(
			stored.materials.map(({ keyId, sealed }) => toMaterial(keyId, sealed))
		),
		removals: stored.removals,
		calls: await Promise.all(stored.importParameters.map(toCall)),
		events: stored.events,
		files: files.map((file) => ({ ...file, bytes: bytesToBase64(file.bytes) }))
	};
}

/** The text, and the bytes overwritten. */
function spend(secret: Bytes): Base64 {
	const text = bytesToBase64(secret);
	secret.fill(0);
	return text;
}

function needed<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('the workspace cannot be read whole');
	return value;
}
