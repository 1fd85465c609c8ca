/**
 * The second of the two answers to a refusal: what really went wrong, computed from what the sandbox alone can know. No
 * real service has this. It reads and never writes, and nothing of it reaches the answer of an operation.
 */
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { KeyState } from '../domain/key';
import type { DecryptRequest } from '../domain/operations/use-key';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { Refusal } from '../domain/refusals';
import type { EpochMs } from '../domain/time';

/** A CMK as a text names it. */
export interface NamedKey {
	readonly keyId: string;
	readonly alias: string | null;
}

/** The checks of ImportKeyMaterial in their order (domain.md 1.8). */
export const IMPORT_CHECKS = [
	'request',
	'keyExists',
	'originExternal',
	'state',
	'tokenDecodes',
	'tokenOfThisKey',
	'tokenNotExpired',
	'fileDecodes',
	'length256',
	'unwrap',
	'length32',
	'sameMaterial',
	'expiryInFuture'
] as const;
/** The checks of every other operation: as far as they apply, in this order. */
export const OTHER_CHECKS = ['request', 'keyExists', 'originExternal', 'state', 'rule'] as const;
export type Check = (typeof IMPORT_CHECKS)[number] | (typeof OTHER_CHECKS)[number];

export interface CheckOutcome {
	readonly check: Check;
	readonly outcome: 'passed' | 'refused' | 'notReached';
}

/** What bytes look like, by themselves. */
export type ByteLook =
	| 'empty'
	| 'hexText'
	| 'hexTextWithNewline'
	| 'base64Text'
	| 'base64TextWithNewline'
	| 'base64urlText'
	| 'rawWithNewline'
	| 'text'
	| 'pem'
	| 'jsonEnvelope'
	| 'publicKey'
	| 'pkcs1PublicKey'
	| 'importToken'
	| 'rawMaterial'
	| 'aesKeyWrap'
	| 'hybridWrap'
	| 'truncated'
	| 'encodedTwice'
	| 'tooLong'
	| 'noise';

/** How the wrapped bytes were padded; the last is what Java does when only the label's digest is set. */
export type WrappedAs = WrappingAlgorithm | 'OAEP_SHA_256_MGF1_SHA_1';

/** One thing that was found. Data, not words: the texts are the page's. */
export type Finding =
	/** The file opens with this call's key pair under another padding than the one asked for. */
	| { readonly kind: 'otherAlgorithm'; readonly callNumber: number; readonly asked: WrappingAlgorithm; readonly used: WrappedAs }
	/** The file opens with another open key pair. `key` is set when that is another CMK's. */
	| {
			readonly kind: 'otherCall';
			readonly tokenCallNumber: number;
			readonly callNumber: number;
			readonly key?: NamedKey;
			readonly asked: WrappingAlgorithm;
			readonly used: WrappedAs;
	  }
	/** The file opens once it is decoded once more; it does with this padding. */
	| { readonly kind: 'encodedTwice'; readonly outer: 'hex' | 'base64' | 'raw'; readonly inner: 'hex' | 'base64' }
	/** A file that cannot be what its field asks for, and what it looks like. */
	| {
			readonly kind: 'wrongFile';
			readonly field: 'encryptedKeyMaterial' | 'importToken';
			readonly look: ByteLook;
			readonly bytes: number;
	  }
	/** The two files are in each other's field. */
	| { readonly kind: 'fieldsSwapped' }
	/** No key pair that is still open fits: damage, or a pair whose parameters are over. */
	| { readonly kind: 'nothingOpensIt'; readonly openCalls: number; readonly closedCalls: number }
	/** What came out is not 32 bytes long, and what it looks like. */
	| { readonly kind: 'materialLooks'; readonly look: ByteLook; readonly bytes: number }
	/** What came out is bound to another CMK. */
	| { readonly kind: 'materialOfOtherKey'; readonly key: NamedKey }
	/** What came out was never imported anywhere here: a new key, as in an attempt to rotate. */
	| { readonly kind: 'newMaterial'; readonly firstImportedAtMs: EpochMs | null }
	| { readonly kind: 'tokenOfOtherKey'; readonly key: NamedKey; readonly callNumber: number | null; readonly deleted: boolean }
	/** A token, but not as it was handed out. */
	| { readonly kind: 'tokenDamaged'; readonly bytes: number }
	| {
			readonly kind: 'tokenExpired';
			readonly callNumber: number | null;
			readonly issuedAtMs: EpochMs;
			readonly expiredAtMs: EpochMs;
			readonly lateByMs: number;
	  }
	| { readonly kind: 'expiryInPast'; readonly expireAtMs: EpochMs; readonly nowMs: EpochMs; readonly byMs: number; readonly probably: 'secondsForMilliseconds' | 'realTimeForSandboxTime' | 'past' }
	/** Why the CMK is in the state that refused: the last event that led there. */
	| {
			readonly kind: 'stateSince';
			readonly state: KeyState;
			readonly by: string;
			readonly atMs: EpochMs;
			/** For an expiry: how long after the import it came, so that the default of 24 h can be named. */
			readonly lifetimeMs?: number;
	  }
	| { readonly kind: 'neverImported' }
	| { readonly kind: 'strictReimport' }
	| { readonly kind: 'platformKey' }
	| { readonly kind: 'keyDeleted'; readonly keyId: string; readonly atMs: EpochMs }
	| { readonly kind: 'keyUnknown'; readonly inOtherCase: boolean }
	/** Decrypt: the blob is no blob of this service at all. */
	| { readonly kind: 'notABlob'; readonly look: ByteLook; readonly bytes: number }
	/** Decrypt: it opens without a context, or only with one. */
	| { readonly kind: 'otherContext'; readonly opensWithout: boolean }
	| { readonly kind: 'blobDamaged'; readonly key: NamedKey }
	| { readonly kind: 'aliasOwner'; readonly key: NamedKey }
	| { readonly kind: 'window'; readonly days: number | null };

export interface Diagnosis {
	/** In their order, up to the end: what was not reached is said too. */
	readonly checks: readonly CheckOutcome[];
	/** Most telling first; at most three. Empty: there is nothing to add to the refusal. */
	readonly findings: readonly Finding[];
}

/** A refused call, as it was made. */
export type RefusedCall =
	| { readonly operation: 'ImportKeyMaterial'; readonly request: ImportKeyMaterialRequest }
	| { readonly operation: 'Decrypt'; readonly request: DecryptRequest }
	| {
			readonly operation: string;
			/** `keyId` and `alias` are looked at. */
			readonly request: Readonly<Record<string, unknown>>;
	  };

export interface Diagnostician {
	diagnose(call: RefusedCall, refusal: Refusal): Promise<Diagnosis>;
}
