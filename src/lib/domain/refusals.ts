/**
 * Every refusal the service can give, and the only place that words them.
 *
 * Codes are proposals of the sandbox (domain.md 1.8, our decision): the provider documents none. A message names
 * the field and the rule, and keeps the real service's silence: it never says why an unwrap failed.
 */
import { LONGEST_WINDOW_DAYS, SHORTEST_WINDOW_DAYS, type KeyOrigin, type KeyState } from './key';
import { epochMsToServiceTime, type EpochMs } from './time';

interface RefusalDetails {
	KeyNotFound: { readonly keyId: string };
	KeyNotExternal: { readonly origin: KeyOrigin };
	KeyStateInvalid: { readonly state: KeyState };
	KeyDisabled: Nothing;
	KeyPendingDelete: Nothing;
	KeyPendingImport: Nothing;
	InvalidParameter: { readonly parameter: string };
	ImportTokenInvalid: Nothing;
	ImportTokenExpired: { readonly expiredAtMs: EpochMs };
	MaterialDecryptFailed: Nothing;
	MaterialLengthInvalid: { readonly requiredBytes: number; readonly actualBytes: number };
	MaterialNotMatch: Nothing;
	ExpireTimeInvalid: { readonly expireAtMs: EpochMs; readonly nowMs: EpochMs };
	AliasExists: { readonly alias: string };
	PendingWindowInvalid: { readonly days: number | null };
	/** Not the service's: the browser has no room left for the sandbox. */
	StorageFull: Nothing;
}
type Nothing = Readonly<Record<string, never>>;

export type RefusalCode = keyof RefusalDetails;

const EVERY_CODE: Readonly<Record<RefusalCode, true>> = {
	KeyNotFound: true,
	KeyNotExternal: true,
	KeyStateInvalid: true,
	KeyDisabled: true,
	KeyPendingDelete: true,
	KeyPendingImport: true,
	InvalidParameter: true,
	ImportTokenInvalid: true,
	ImportTokenExpired: true,
	MaterialDecryptFailed: true,
	MaterialLengthInvalid: true,
	MaterialNotMatch: true,
	ExpireTimeInvalid: true,
	AliasExists: true,
	PendingWindowInvalid: true,
	StorageFull: true
};

/** A code left out does not compile. */
export const REFUSAL_CODES = Object.keys(EVERY_CODE) as readonly RefusalCode[];

export type Refusal = {
	[Code in RefusalCode]: {
		readonly code: Code;
		readonly message: string;
		readonly details: RefusalDetails[Code];
	};
}[RefusalCode];

export const keyNotFound = (keyId: string): Refusal => ({
	code: 'KeyNotFound',
	message: `keyId must name an existing CMK, got "${keyId}"`,
	details: { keyId }
});

export const keyNotExternal = (origin: KeyOrigin): Refusal => ({
	code: 'KeyNotExternal',
	message: `keyId must name a CMK of origin EXTERNAL, this one is of origin ${origin}`,
	details: { origin }
});

export const keyStateInvalid = (state: KeyState): Refusal => ({
	code: 'KeyStateInvalid',
	message: `the CMK's state does not allow this operation, it is ${state}`,
	details: { state }
});

export const keyDisabled = (): Refusal => ({
	code: 'KeyDisabled',
	message: 'the CMK is disabled',
	details: {}
});

export const keyPendingDelete = (): Refusal => ({
	code: 'KeyPendingDelete',
	message: 'the CMK is pending deletion',
	details: {}
});

export const keyPendingImport = (): Refusal => ({
	code: 'KeyPendingImport',
	message: 'the CMK is pending import',
	details: {}
});

/** @param rule what the field must be, and what it was, without its value where that could be secret */
export const invalidParameter = (parameter: string, rule: string): Refusal => ({
	code: 'InvalidParameter',
	message: `${parameter} ${rule}`,
	details: { parameter }
});

export const importTokenInvalid = (): Refusal => ({
	code: 'ImportTokenInvalid',
	message: 'importToken is not valid for this CMK',
	details: {}
});

export const importTokenExpired = (expiredAtMs: EpochMs): Refusal => ({
	code: 'ImportTokenExpired',
	message: `importToken expired at ${epochMsToServiceTime(expiredAtMs)} UTC`,
	details: { expiredAtMs }
});

export const materialDecryptFailed = (): Refusal => ({
	code: 'MaterialDecryptFailed',
	message: 'encryptedKeyMaterial is not valid',
	details: {}
});

export const materialLengthInvalid = (requiredBytes: number, actualBytes: number): Refusal => ({
	code: 'MaterialLengthInvalid',
	message: `key material must be ${String(requiredBytes)} bytes, got ${String(actualBytes)}`,
	details: { requiredBytes, actualBytes }
});

export const materialNotMatch = (): Refusal => ({
	code: 'MaterialNotMatch',
	message: 'key material must be the material first imported into this CMK',
	details: {}
});

export const expireTimeInvalid = (expireAtMs: EpochMs, nowMs: EpochMs): Refusal => ({
	code: 'ExpireTimeInvalid',
	message: `keyMaterialExpireUnix must be in the future, got ${epochMsToServiceTime(expireAtMs)} UTC at ${epochMsToServiceTime(nowMs)} UTC`,
	details: { expireAtMs, nowMs }
});

export const aliasExists = (alias: string): Refusal => ({
	code: 'AliasExists',
	message: `alias must be unique, "${alias}" is taken`,
	details: { alias }
});

/** @param days what was asked for, or null when it was no number */
export const pendingWindowInvalid = (days: number | null): Refusal => ({
	code: 'PendingWindowInvalid',
	message: `pendingWindowInDays must be a whole number from ${String(SHORTEST_WINDOW_DAYS)} to ${String(LONGEST_WINDOW_DAYS)}${days === null ? '' : `, got ${String(days)}`}`,
	details: { days }
});

export const storageFull = (): Refusal => ({
	code: 'StorageFull',
	message: 'the sandbox cannot store this: the browser has no room left',
	details: {}
});
