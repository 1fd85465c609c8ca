/** A public key as the text that OpenSSL reads. */
import { bytesToBase64 } from '../domain/bytes';

/**
 * @param der SubjectPublicKeyInfo
 * @see RFC 7468: lines of 64 characters
 */
export function publicKeyToPem(der: Uint8Array): string {
	const lines = bytesToBase64(der).match(/.{1,64}/g) ?? [];
	return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}
