/** How requests and answers are written into the audit log: bounded, and without anything secret. */
import { sha256HexNow } from '../crypto/sha256';
import {
	FIELD_NAME,
	MOST_FIELDS,
	type AuditBytes,
	type AuditField,
	type AuditFields
} from '../domain/events';

/** Plaintexts and data keys. Not even a digest of them: what is guessable could be searched by it. */
const SECRET = new Set(['plainText']);
/** Ours, not the API's. */
const LEFT_OUT = new Set(['parametersId', 'requestId', 'keys']);
const LONGEST_TEXT = 256;
/** Digits enough to recognise bytes, in 64 bits. */
const FINGERPRINT_DIGITS = 16;

/** @param message a request or an answer, as it came: its fields may be of any type and length */
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
	// a number that JSON cannot hold
	if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
	if (typeof value === 'object' && value !== null) return texts(value);
	return typeof value;
}

/** A caller may send anything in the place of bytes: of a secret only its length is kept, whatever it is. */
function lengthOf(value: unknown): number {
	return value instanceof Uint8Array || typeof value === 'string' ? value.length : 0;
}

function bytes(value: Uint8Array): AuditBytes {
	const own = new Uint8Array(value);
	return { bytes: own.length, sha256: sha256HexNow(own).slice(0, FINGERPRINT_DIGITS) };
}

/** `keyMetadata`: texts by name. */
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
