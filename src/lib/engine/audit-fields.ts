/** How requests and responses are written to the audit log: with bounds, and without secrets. */
import { sha256HexNow } from '../crypto/sha256';
import {
	FIELD_NAME,
	MOST_FIELDS,
	type AuditBytes,
	type AuditField,
	type AuditFields
} from '../domain/events';

/** Plaintexts and data keys. The log holds no digest of them either: a digest would confirm a guessed plaintext. */
const SECRET = new Set(['plainText']);
/** Fields of the sandbox, not of the API. */
const LEFT_OUT = new Set(['parametersId', 'requestId', 'keys']);
const LONGEST_TEXT = 256;
/** 16 hexadecimal characters (64 bits): enough to recognise bytes. */
const FINGERPRINT_DIGITS = 16;

/** @param message an unchecked request or response: its fields may have any type and length */
export function auditFields(message: object): AuditFields {
	return Object.fromEntries(
		Object.entries(message)
			.filter(
				([name, value]) => value !== undefined && !LEFT_OUT.has(name) && FIELD_NAME.test(name)
			)
			.slice(0, MOST_FIELDS)
			.map(([name, value]) => [name, field(name, value)])
	);
}

function field(name: string, value: unknown): AuditField {
	if (SECRET.has(name)) return { bytes: lengthOf(value) };
	if (value instanceof Uint8Array) return bytes(value);
	if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
	if (typeof value === 'boolean') return value;
	// a number that JSON can't hold
	if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
	if (typeof value === 'object' && value !== null) return texts(value);
	return typeof value;
}

/** A caller may send any value instead of bytes. Of a secret, the log keeps only the length. */
function lengthOf(value: unknown): number {
	return value instanceof Uint8Array || typeof value === 'string' ? value.length : 0;
}

function bytes(value: Uint8Array): AuditBytes {
	const own = new Uint8Array(value);
	return { bytes: own.length, sha256: sha256HexNow(own).slice(0, FINGERPRINT_DIGITS) };
}

/** `keyMetadata`: an object of strings. */
function texts(value: object): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(value)
			.filter(
				(entry): entry is [string, string] =>
					typeof entry[1] === 'string' && FIELD_NAME.test(entry[0])
			)
			.slice(0, MOST_FIELDS)
			.map(([name, text]) => [name, text.slice(0, LONGEST_TEXT)])
	);
}
