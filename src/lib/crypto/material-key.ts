/**
 * Key material in use: a key that encrypts and decrypts and can never be read again. Beside it a copy of the bytes,
 * sealed: only so that a workspace can be carried to another browser.
 */
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { open, seal } from './sealing';

const AES_GCM = { name: 'AES-GCM', length: 8 * MATERIAL_BYTES };
const USAGES = ['encrypt', 'decrypt'] as const;

export interface KeptMaterial {
	readonly key: CryptoKey;
	readonly sealed: Bytes;
}

/**
 * @param sealing the service's non-extractable sealing key
 * @param keyId the CMK to which the copy is bound
 * @param material 32 bytes; overwritten with zeros before this returns or throws, so the caller's array is spent
 * @throws when it is not 32 bytes: WebCrypto would take 16 for a shorter key
 */
export async function keepMaterial(
	sealing: CryptoKey,
	keyId: string,
	material: Bytes
): Promise<KeptMaterial> {
	try {
		if (material.length !== MATERIAL_BYTES) throw new RangeError('key material must be 32 bytes');
		const [key, sealed] = await Promise.all([
			crypto.subtle.importKey('raw', material, AES_GCM, false, USAGES),
			seal(sealing, material, boundTo(keyId))
		]);
		return { key, sealed };
	} finally {
		material.fill(0);
	}
}

/** The platform's own material, for a CMK of origin KMS. */
export function generateMaterial(sealing: CryptoKey, keyId: string): Promise<KeptMaterial> {
	return keepMaterial(sealing, keyId, crypto.getRandomValues(new Uint8Array(MATERIAL_BYTES)));
}

/** @returns the 32 bytes, which the caller overwrites; undefined for damage or another CMK's copy */
export function openMaterialCopy(
	sealing: CryptoKey,
	keyId: string,
	sealed: Bytes
): Promise<Bytes | undefined> {
	return open(sealing, sealed, boundTo(keyId));
}

const boundTo = (keyId: string): Bytes => new TextEncoder().encode(`material:${keyId}`);
