/** UUIDs as the sixteen bytes they stand for (RFC 9562 section 4). */
import { bytesToHex, hexToBytes, type Bytes } from '../domain/bytes';

export const UUID_BYTES = 16;

/** @throws when the text is no UUID: the service makes every id itself */
export function uuidToBytes(uuid: string): Bytes {
	const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid);
	const bytes = isUuid ? hexToBytes(uuid.replaceAll('-', '')) : undefined;
	if (!bytes) throw new Error(`keyId must be a lower-case UUID, got "${uuid}"`);
	return bytes;
}

/** @param bytes sixteen of them */
export function bytesToUuid(bytes: Bytes): string {
	return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
