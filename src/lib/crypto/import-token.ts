/**
 * The import token: claims that only the service can read or write. The customer carries it as opaque bytes.
 * Whether the claims fit a request is the domain's question.
 */
import { isWrappingAlgorithm } from '../domain/algorithms';
import { startsWith, type Bytes } from '../domain/bytes';
import {
	IMPORT_TOKEN_MAGIC,
	TOKEN_INSTANT_DIGITS,
	type ImportTokenClaims
} from '../domain/import-parameters';
import { open, seal } from './sealing';

/**
 * Simplified: the provider documents no format, only that the token is opaque. This one begins with `KIT1`, so that
 * the sandbox can tell it from other files.
 *
 * @returns magic (4) || sealed claims, bound to the magic
 */
export async function sealImportToken(key: CryptoKey, claims: ImportTokenClaims): Promise<Bytes> {
	const sealed = await seal(key, encodeClaims(claims), IMPORT_TOKEN_MAGIC);
	return new Uint8Array([...IMPORT_TOKEN_MAGIC, ...sealed]);
}

/** @returns undefined unless every byte is as this service wrote it */
export async function openImportToken(
	key: CryptoKey,
	token: Bytes
): Promise<ImportTokenClaims | undefined> {
	if (!startsWith(token, IMPORT_TOKEN_MAGIC)) return undefined;
	const opened = await open(key, token.slice(IMPORT_TOKEN_MAGIC.length), IMPORT_TOKEN_MAGIC);
	return opened && decodeClaims(opened);
}

/**
 * Fields one by one: a caller's larger record must not end up inside the token. Spaces at the end give the tokens of all times a
 * few lengths, which tell them from damaged ones.
 */
function encodeClaims(claims: ImportTokenClaims): Bytes {
	const { parametersId, keyId, wrappingAlgorithm, publicKeySha256, issuedAtMs, expiresAtMs } =
		claims;
	const json = JSON.stringify({
		parametersId,
		keyId,
		wrappingAlgorithm,
		publicKeySha256,
		issuedAtMs,
		expiresAtMs
	} satisfies ImportTokenClaims);
	const digits = String(issuedAtMs).length + String(expiresAtMs).length;
	const whole = TOKEN_INSTANT_DIGITS.find((most) => digits <= most) ?? digits;
	return new TextEncoder().encode(json + ' '.repeat(whole - digits));
}

function decodeClaims(json: Bytes): ImportTokenClaims | undefined {
	const value = parseObject(new TextDecoder().decode(json));
	if (!value) return undefined;
	const { parametersId, keyId, wrappingAlgorithm, publicKeySha256, issuedAtMs, expiresAtMs } =
		value;
	if (typeof parametersId !== 'string' || typeof keyId !== 'string') return undefined;
	if (!isWrappingAlgorithm(wrappingAlgorithm)) return undefined;
	if (typeof publicKeySha256 !== 'string' || !/^[0-9a-f]{64}$/.test(publicKeySha256))
		return undefined;
	if (!isInstant(issuedAtMs) || !isInstant(expiresAtMs)) return undefined;
	return { parametersId, keyId, wrappingAlgorithm, publicKeySha256, issuedAtMs, expiresAtMs };
}

/** An earlier version of the sandbox may have sealed something else with the same key. */
function parseObject(json: string): Partial<Record<keyof ImportTokenClaims, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

function isInstant(value: unknown): value is number {
	return Number.isSafeInteger(value);
}
