/**
 * Converts contents to the stored form of a workspace: with a new sealing key, all other keys non-extractable again, and
 * every copy encrypted again. Checks everything that needs the decrypted secrets. Nothing is written here.
 */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { openImportToken } from '../crypto/import-token';
import { keepMaterial } from '../crypto/material-key';
import type { RsaPrivateKey } from '../crypto/private-key';
import { isConsistentPrivateKey } from '../crypto/rsadp';
import { sealPrivateKey } from '../crypto/sealed-private-key';
import { restoreServiceKeys } from '../crypto/service-keys';
import { unwrapKeyMaterial, wrapKeyMaterial } from '../crypto/wrap';
import type { WholeFile } from '../customer/tray';
import { canonicalJson } from '../domain/audit-chain';
import { base64ToBytes, type Bytes } from '../domain/bytes';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { MaterialRow, SealedPrivateKey, ServiceKeys } from '../storage/database';
import type { Whole } from '../storage/whole';
import type { Base64, CallContents, Contents, MaterialContents } from './contents';
import { startWork, type Work } from './work';

/** The browser's own function, which is the fastest. */
const PROBED = 'RSAES_OAEP_SHA_256';

/** The rows of both databases, ready to be written. */
export interface Restored {
	readonly whole: Whole;
	readonly files: readonly WholeFile[];
}

/** @returns the place where a secret does not match the records, such as `calls[3]` */
export async function restore(
	contents: Contents,
	work: Work = startWork()
): Promise<{ readonly restored: Restored } | { readonly at: string }> {
	const { settings, clock, keys, removals, events, files } = contents;
	const serviceKeys = await restoreServiceKeys({
		token: decode(contents.serviceKeys.token),
		fingerprint: decode(contents.serviceKeys.fingerprint)
	});
	const byId = new Map(keys.map((key) => [key.keyId, key]));
	const total = contents.materials.length + contents.calls.length;
	const materials: MaterialRow[] = [];
	for (const [index, one] of contents.materials.entries()) {
		await work.step('restoring', index, total);
		const row = await restoreMaterial(one, byId.get(one.keyId), serviceKeys);
		if (!row) return { at: `materials[${String(index)}]` };
		materials.push(row);
	}
	const calls: RestoredCall[] = [];
	for (const [index, one] of contents.calls.entries()) {
		await work.step('restoring', contents.materials.length + index, total);
		const call = await restoreCall(one, serviceKeys);
		if (!call) return { at: `calls[${String(index)}]` };
		calls.push(call);
	}
	const restored = {
		whole: {
			...{ settings, clock, keys, removals, events, serviceKeys, materials },
			importParameters: calls.map(({ parameters }) => parameters),
			wrappingKeys: calls.map(({ wrappingKey }) => wrappingKey)
		},
		files: files.map((file) => ({ ...file, bytes: decode(file.bytes) }))
	};
	return { restored };
}

/** @param key absent if the CMK was deleted and its key material waits for its removal */
async function restoreMaterial(
	{ keyId, material }: MaterialContents,
	key: KeyRecord | undefined,
	{ sealing, fingerprint }: ServiceKeys
): Promise<MaterialRow | undefined> {
	const bytes = decode(material);
	const bound = key?.materialFingerprint ?? null;
	if (bound !== null && (await fingerprintMaterial(fingerprint, keyId, bytes)) !== bound) {
		bytes.fill(0);
		return undefined;
	}
	return { keyId, ...(await keepMaterial(sealing, keyId, bytes)) };
}

interface RestoredCall {
	readonly parameters: ImportParametersRecord;
	readonly wrappingKey: SealedPrivateKey;
}

async function restoreCall(
	{ privateKey, publicKey, importToken, callNumber, ...claims }: CallContents,
	{ token, sealing }: ServiceKeys
): Promise<RestoredCall | undefined> {
	const { parametersId } = claims;
	const bytes = { publicKey: decode(publicKey), importToken: decode(importToken) };
	const opened = await openImportToken(token, bytes.importToken);
	if (!opened || canonicalJson(opened) !== canonicalJson(claims)) return undefined;
	if (!(await isPair(bytes.publicKey, privateKey))) return undefined;
	const sealed = await sealPrivateKey(sealing, parametersId, privateKey);
	return {
		parameters: { ...claims, callNumber, ...bytes },
		wrappingKey: { parametersId, sealed }
	};
}

/**
 * Checks that the eight numbers agree with each other, and by one decryption that they match the public key. One
 * algorithm is enough, because every algorithm uses the same numbers.
 */
async function isPair(publicKey: Bytes, privateKey: RsaPrivateKey): Promise<boolean> {
	const probe = new Uint8Array([1, 2, 3]);
	try {
		if (!isConsistentPrivateKey(privateKey)) return false;
		const wrapped = await wrapKeyMaterial(PROBED, publicKey, probe);
		const unwrapped = await unwrapKeyMaterial(PROBED, privateKey, wrapped);
		return unwrapped?.join() === probe.join();
	} catch {
		// for a value that is not a key, the import throws
		return false;
	}
}

function decode(text: Base64): Bytes {
	const bytes = base64ToBytes(text);
	if (!bytes) throw new Error('contents are restored after their check');
	return bytes;
}
