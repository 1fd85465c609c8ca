/** Key material in use: a key that encrypts and decrypts and can never be read again. */
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';

const AES_GCM = { name: 'AES-GCM', length: 8 * MATERIAL_BYTES };
const USAGES = ['encrypt', 'decrypt'] as const;

/**
 * @param material 32 bytes; overwritten with zeros before this returns or throws, so the caller's array is spent
 * @throws when it is not 32 bytes: WebCrypto would take 16 for a shorter key
 */
export async function importMaterial(material: Bytes): Promise<CryptoKey> {
	try {
		if (material.length !== MATERIAL_BYTES) throw new RangeError('key material must be 32 bytes');
		return await crypto.subtle.importKey('raw', material, AES_GCM, false, USAGES);
	} finally {
		material.fill(0);
	}
}

/** The platform's own material, for a CMK of origin KMS. */
export function generateMaterial(): Promise<CryptoKey> {
	return crypto.subtle.generateKey(AES_GCM, false, USAGES);
}
