/** Digests: the keyed one that recognises key material again, and the plain one that names public files. */
import { bytesToHex, type Bytes } from '../domain/bytes';
import { uuidToBytes } from './uuid';

/**
 * Lets the service recognise the material first imported into a CMK without keeping it. It is keyed, because a plain
 * digest of guessable material could be searched; it names the CMK, so that equal material in two CMKs does not show.
 *
 * @param key HMAC-SHA-256
 * @param keyId UUID, lower case; as sixteen bytes, so that no other split into id and material gives the same message
 * @returns 64 hexadecimal digits
 */
export async function fingerprintMaterial(
	key: CryptoKey,
	keyId: string,
	material: Bytes
): Promise<string> {
	const message = new Uint8Array([...uuidToBytes(keyId), ...material]);
	try {
		return bytesToHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, message)));
	} finally {
		message.fill(0);
	}
}

/** @returns 64 hexadecimal digits */
export async function sha256Hex(bytes: Bytes): Promise<string> {
	return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
