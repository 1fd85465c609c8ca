/** What a printed certificate and the file of its transcript have in common. */
import { sha256HexNow } from '../crypto/sha256';
import type { Bytes } from '../domain/bytes';

/** Half of the digest: still more than anybody can find a second file for. */
const DIGITS = 32;

/** @returns the first half of the file's SHA-256, in groups of four to be compared by eye */
export function transcriptFingerprint(file: Bytes): string {
	return (sha256HexNow(file).slice(0, DIGITS).match(/.{4}/g) ?? []).join(' ');
}
