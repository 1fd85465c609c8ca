/**
 * Contents made into what a workspace stores: a new sealing key, every other key non-extractable again, every copy sealed
 * anew. What only the opened secrets can tell is checked on the way. Nothing is written here.
 */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { openImportToken } from '../crypto/import-token';
import { keepMaterial } from '../crypto/material-key';
import { sealPrivateKey } from '../crypto/sealed-private-key';
import { restoreServiceKeys } from '../crypto/service-keys';
import { unwrapKeyMaterial, wrapKeyMaterial } from '../crypto/wrap';
import type { WholeFile } from '../customer/tray';
import { canonicalJson } from '../domain/audit-chain';
import { WRAPPING_ALGORITHMS } from '../domain/algorithms';
import { base64ToBytes, type Bytes } from '../domain/bytes';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { MaterialRow, SealedPrivateKey, ServiceKeys } from '../storage/database';
import type { Whole } from '../storage/whole';
import type { Base64, CallContents, Contents, MaterialContents } from './contents';

/** Everything that the two databases need, ready to be written. */
export interface Restored {
	readonly whole: Whole;
	readonly files: readonly WholeFile[];
}

/** @returns undefined when a secret is not what the records say */
export async function restore(contents: Contents): Promise<Restored | undefined> {
	const { settings, clock, keys, removals, events, files } = contents;
	const serviceKeys = await restoreServiceKeys({
		token: decode(contents.serviceKeys.token),
		fingerprint: decode(contents.serviceKeys.fingerprint)
	});
	const byId = new Map(keys.map((key) => [key.keyId, key]));
	const materials: MaterialRow[] = [];
	for (const one of contents.materials) {
		const row = await restoreMaterial(one, byId.get(one.keyId), serviceKeys);
		if (!row) return undefined;
		materials.push(row);
	}
	const calls: RestoredCall[] = [];
	for (const one of contents.calls) {
		const call = await restoreCall(one, serviceKeys);
		if (!call) return undefined;
		calls.push(call);
	}
	return {
		whole: {
			...{ settings, clock, keys, removals, events, serviceKeys, materials },
			importParameters: calls.map(({ parameters }) => parameters),
			wrappingKeys: calls.map(({ wrappingKey }) => wrappingKey)
		},
		files: files.map((file) => ({ ...file, bytes: decode(file.bytes) }))
	};
}

/** @param key absent: the CMK was deleted, and its bytes wait for their removal */
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

/** Found out by using it, with every algorithm: they do not use the same numbers of the private key. */
async function isPair(publicKey: Bytes, privateKey: JsonWebKey): Promise<boolean> {
	const probe = new Uint8Array([1, 2, 3]);
	try {
		for (const algorithm of WRAPPING_ALGORITHMS) {
			const wrapped = await wrapKeyMaterial(algorithm, publicKey, probe);
			const unwrapped = await unwrapKeyMaterial(algorithm, privateKey, wrapped);
			if (unwrapped?.join() !== probe.join()) return false;
		}
		return true;
	} catch {
		// what is no key at all is thrown
		return false;
	}
}

function decode(text: Base64): Bytes {
	const bytes = base64ToBytes(text);
	if (!bytes) throw new Error('contents are restored after their check');
	return bytes;
}
