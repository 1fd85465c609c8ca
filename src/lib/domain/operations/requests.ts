/**
 * The shape of requests: types, sizes and ranges, checked before any rule of the service. All data that the worker receives
 * is untrusted, and is bounded here.
 */
import { isSeenWhole } from '../display-name';
import { isWrappingAlgorithm, WRAPPING_ALGORITHMS, WRAPPING_KEY_SPEC } from '../algorithms';
import { invalidParameter, type Refusal } from '../refusals';
import { LATEST_MS } from '../time';
import { LONGEST_UPLOAD_BYTES } from '../uploaded-file';

/** Lengths in characters; none is documented, so these are our decision (domain.md 1.12). */
const LONGEST_ALIAS = 128;
export const LONGEST_DESCRIPTION = 1024;
export const LONGEST_CONTEXT = 1024;
export const LONGEST_PAGE = 100;

/** @see domain.md 1.2 "Encrypt payload" (documented): under 4 KB */
export const LONGEST_PLAINTEXT_BYTES = 4095;

/** A ciphertext blob of the longest plaintext: its 17-byte name, 12-byte nonce and 16-byte tag added. */
export const LONGEST_BLOB_BYTES = LONGEST_PLAINTEXT_BYTES + 45;

/** Runs checks in order; the first refusal ends it. */
export function firstRefusal(
	...checks: readonly (Refusal | undefined | false)[]
): Refusal | undefined {
	return checks.find((refusal) => refusal !== undefined && refusal !== false) || undefined;
}

export function checkKeyId(keyId: unknown): Refusal | undefined {
	if (typeof keyId === 'string' && keyId.length > 0 && keyId.length <= 64) return undefined;
	return invalidParameter('keyId', 'must be a string of 1 to 64 characters');
}

export function checkText(parameter: string, value: unknown, longest: number): Refusal | undefined {
	if (value === undefined) return undefined;
	// Half a surrogate pair has no bytes in UTF-8, so two contexts that differ only in such halves would be the same.
	if (typeof value === 'string' && value.length <= longest && value.isWellFormed())
		return undefined;
	return invalidParameter(
		parameter,
		`must be Unicode text of at most ${String(longest)} characters`
	);
}

export function checkAlias(alias: unknown): Refusal | undefined {
	if (alias === undefined) return undefined;
	// an alias is shown in tables and typed in searches, so all its characters must be visible
	if (isStoredAlias(alias) && isSeenWhole(alias)) return undefined;
	return invalidParameter(
		'alias',
		`must be 1 to ${String(LONGEST_ALIAS)} characters that can all be seen, and without blanks at either end`
	);
}

/** The earlier rule for aliases, which allowed invisible characters. A workspace file may contain such an alias. */
const REFUSED_BEFORE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

export function isStoredAlias(alias: unknown): alias is string {
	if (typeof alias !== 'string' || alias.length > LONGEST_ALIAS || alias.trim() !== alias)
		return false;
	return alias !== '' && alias.isWellFormed() && !REFUSED_BEFORE.test(alias);
}

export function checkOneOf(
	parameter: string,
	value: unknown,
	allowed: readonly (string | number)[]
): Refusal | undefined {
	if (allowed.some((candidate) => candidate === value)) return undefined;
	return invalidParameter(parameter, `must be one of ${allowed.join(', ')}`);
}

export function checkWrapping(spec: unknown, algorithm: unknown): Refusal | undefined {
	if (spec !== WRAPPING_KEY_SPEC)
		return invalidParameter('wrappingKeySpec', `must be ${WRAPPING_KEY_SPEC}`);
	if (isWrappingAlgorithm(algorithm)) return undefined;
	return invalidParameter('wrappingAlgorithm', `must be one of ${WRAPPING_ALGORITHMS.join(', ')}`);
}

export function checkBytes(
	parameter: string,
	value: unknown,
	shortest: number,
	longest: number
): Refusal | undefined {
	if (value instanceof Uint8Array && value.length >= shortest && value.length <= longest)
		return undefined;
	return invalidParameter(
		parameter,
		shortest === 0
			? `must be at most ${String(longest)} bytes`
			: `must be ${String(shortest)} to ${String(longest)} bytes`
	);
}

/** An uploaded file may be empty: the rule that reads the file refuses it with its own message. */
export function checkUpload(parameter: string, value: unknown): Refusal | undefined {
	return checkBytes(parameter, value, 0, LONGEST_UPLOAD_BYTES);
}

export function checkExpireUnix(seconds: unknown): Refusal | undefined {
	if (seconds === undefined) return undefined;
	if (Number.isInteger(seconds) && Number(seconds) >= 0 && Number(seconds) <= LATEST_MS / 1000)
		return undefined;
	return invalidParameter(
		'keyMaterialExpireUnix',
		'must be whole seconds since 1970, 0 for never, before the year 10000'
	);
}
