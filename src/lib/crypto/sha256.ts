/**
 * SHA-256 (FIPS 180-4) that answers at once. WebCrypto's is asynchronous, and nothing but the database may be awaited
 * inside a transaction; the audit log's chain is made there.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, type Bytes } from '../domain/bytes';

/** @returns 64 hexadecimal digits */
export function sha256HexNow(bytes: Bytes): string {
	return bytesToHex(sha256(bytes));
}
