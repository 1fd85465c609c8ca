/** RSAEP, the RSA public operation without any padding (RFC 8017 section 5.1.1), which WebCrypto does not offer. */
import type { Bytes } from '../domain/bytes';
import { base64urlToBytes, bigIntToBytes, bytesToBigInt, modPow } from './big-integers';

interface EncryptionPrimitive {
	readonly modulusBytes: number;
	/** @param message encoded, as long as the modulus */
	readonly message: (message: Bytes) => Bytes;
}

/**
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws when the public key is none
 */
export async function encryptionPrimitive(publicKey: Bytes): Promise<EncryptionPrimitive> {
	const { n, e } = await publicNumbers(publicKey);
	const modulus = base64urlToBytes(n);
	return {
		modulusBytes: modulus.length,
		message: (message) => {
			const representative = modPow(
				bytesToBigInt(message),
				bytesToBigInt(base64urlToBytes(e)),
				bytesToBigInt(modulus)
			);
			return bigIntToBytes(representative, modulus.length);
		}
	};
}

/** WebCrypto reads the DER, so that no parser is needed here. */
async function publicNumbers(
	publicKey: Bytes
): Promise<{ readonly n: string; readonly e: string }> {
	const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('spki', publicKey, algorithm, true, ['encrypt']);
	const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', key);
	return { n, e };
}
