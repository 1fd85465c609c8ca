/** Import parameters: the public key and the import token of one GetParametersForImport call. */
import type { WrappingAlgorithm } from './algorithms';
import type { Bytes } from './bytes';
import { DAY_MS, type EpochMs } from './time';

/** @see domain.md 1.2 "validity of public key + token" (documented) */
export const IMPORT_TOKEN_LIFETIME_MS = DAY_MS;

/** What a token binds together. It is sealed inside the token and read back only by the service. */
export interface ImportTokenClaims {
	readonly parametersId: string;
	readonly keyId: string;
	readonly wrappingAlgorithm: WrappingAlgorithm;
	/** SHA-256 of the DER public key, hexadecimal. */
	readonly publicKeySha256: string;
	readonly issuedAtMs: EpochMs;
	readonly expiresAtMs: EpochMs;
}

/** The metadata row of one call. Nothing in it is secret: it is what the customer was handed. */
export interface ImportParametersRecord extends ImportTokenClaims {
	/** 1 for the first call for this CMK, then 2, and so on. */
	readonly callNumber: number;
	/** DER SubjectPublicKeyInfo. */
	readonly publicKey: Bytes;
	readonly importToken: Bytes;
}

/** From the moment of expiry on the token is refused. */
export function isTokenExpired(claims: ImportTokenClaims, nowMs: EpochMs): boolean {
	return claims.expiresAtMs <= nowMs;
}

/** First bytes of every token, "KIT1": lets the page tell a token from other files without opening it. */
export const IMPORT_TOKEN_MAGIC: Bytes = new Uint8Array([0x4b, 0x49, 0x54, 0x31]);

/**
 * Decimal digits and spaces of both instants of a token: in the years 2001 to 2286, and later. A line break at the end makes no
 * length of them another one.
 */
export const TOKEN_INSTANT_DIGITS = [26, 40] as const;

/** The lengths of a token: its magic, what sealing adds, and claims with two lengths of an algorithm's name and of instants. */
export const TOKEN_BYTES: readonly number[] = [313, 315, 327, 329];
