/** Bytes and identifiers that follow from a seed: the same start state every time. Never for secrets of the service. */
import { sha256HexNow } from '../crypto/sha256';
import { asciiToBytes, hexToBytes, type Bytes } from '../domain/bytes';

export interface Seeded {
	/** UUIDs of version 4, lower case. */
	readonly newId: () => string;
	readonly randomBytes: (length: number) => Bytes;
	/** @returns a whole number below that one */
	readonly below: (bound: number) => number;
}

/** @param purpose draws of one purpose do not change those of another */
export function createSeeded(seed: number, purpose: string): Seeded {
	let block = 0;

	function randomBytes(length: number): Bytes {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length; at += 32) {
			const digest = sha256HexNow(asciiToBytes(`${purpose} ${String(seed)} ${String(block++)}`));
			bytes.set(hexToBytes(digest)?.subarray(0, length - at) ?? [], at);
		}
		return bytes;
	}

	return {
		randomBytes,
		below: (bound) => new DataView(randomBytes(4).buffer).getUint32(0) % bound,
		newId: () => {
			const bytes = randomBytes(16);
			const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
			const variant = '89ab'.charAt((bytes[8] ?? 0) % 4);
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
		}
	};
}
