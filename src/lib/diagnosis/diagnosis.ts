/**
 * The second of the two answers to a refusal: what really went wrong, computed from what the sandbox alone can know. No
 * real service has this. It reads and never writes, and nothing of it reaches the answer of an operation.
 */
import type { Padding } from '../crypto/every-padding';
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { Operation } from '../domain/events';
import type { KeyState } from '../domain/key';
import type { DecryptRequest } from '../domain/operations/use-key';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { Refusal } from '../domain/refusals';
import type { Bytes } from '../domain/bytes';
import type { EpochMs } from '../domain/time';
import type { ContentId } from '../recognition/contents';
import type { Detail } from '../recognition/layer';
import type { LayerId } from '../recognition/recognise';
import type { CiphertextRepair, MaterialForm } from '../recognition/repairs';

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

/** A `Detail` of a plaintext: none of its characters leaves the diagnosis. */
export type SecretDetail =
	| Extract<Detail, { readonly codePage: string }>
	| { readonly withheld: 'character'; readonly before: number }
	| { readonly withheld: 'label' };

/** What a file is, by itself: what was put around the bytes in the middle, and what those are. */
export interface NamedFile<Of = Detail | SecretDetail> {
	/** From the outside in; empty for plain bytes. */
	readonly layers: readonly NamedLayer<Of>[];
	readonly content: ContentId;
	readonly detail?: Of;
	/** Of what stands in the middle; undefined for text that stands for no bytes. */
	readonly bytes: number | undefined;
}

export interface NamedLayer<Of = Detail | SecretDetail> {
	/** That a text is one goes without saying. */
	readonly id: Exclude<LayerId, 'text'> | CiphertextRepair;
	readonly detail?: Of;
}

/** Why a tool used a padding. */
export type PaddingReason =
	/** What OpenSSL does if no padding is named. */
	| 'pkcs1'
	| 'none'
	| 'otherLabel'
	/** What OpenSSL does if no digest is named. */
	| 'oaepSha1'
	/** Only the digest of MGF1 was set. */
	| 'mgf1Only'
	/** The digest of MGF1 was not set, as in Java. */
	| 'mgf1Default'
	| 'oaepSha256'
	| 'otherDigests';

/**
 * `structure`: that of PKCS #1 v1.5 around a plaintext that is nothing known. It has no checksum, so that the bytes for another
 * key look like it at most once in 50,000 tries.
 */
export type Evidence = 'proof' | 'structure';

export type UploadField = 'encryptedKeyMaterial' | 'importToken';

/** One thing that was found. Data, not words: the texts are the page's. */
export type Finding =
	/** The file opens with this call's key pair under another padding than the one asked for. */
	| {
			readonly kind: 'otherAlgorithm';
			readonly callNumber: number;
			readonly asked: WrappingAlgorithm;
			readonly used: Padding;
			readonly reason: PaddingReason;
			/** The algorithm of the procedure that uses this padding, if there is one. */
			readonly offered?: WrappingAlgorithm;
			readonly evidence: Evidence;
	  }
	/** The file opens with another open key pair. `key` is set when that is another CMK's. */
	| {
			readonly kind: 'otherCall';
			/** The call of the token, whose public key has to be used. */
			readonly tokenCallNumber: number;
			/** The call whose public key was used. */
			readonly callNumber: number;
			readonly key?: NamedKey;
			readonly asked: WrappingAlgorithm;
			readonly used: Padding;
			/** Whether the padding is the requested one. */
			readonly isAsked: boolean;
			readonly evidence: Evidence;
	  }
	/** A file that is not what its field asks for as it is, and what it is. */
	| {
			readonly kind: 'fileIs';
			readonly field: UploadField;
			readonly named: NamedFile;
			/**
			 * What stands in the middle, never decrypted, where that is proved to be right but for what else was found: it opens
			 * with an open key pair, or is a token of this service.
			 */
			readonly undone?: Bytes;
			/** The call of the token, beside the right bytes of an encrypted file. */
			readonly callNumber?: number;
	  }
	/** Longer than any file of the procedure. */
	| { readonly kind: 'tooLarge'; readonly field: UploadField }
	/** The two files are in each other's field. */
	| { readonly kind: 'fieldsSwapped' }
	/** No open key pair fits: another public key, a change after it was made, or something that was not tried. */
	| {
			readonly kind: 'nothingOpensIt';
			readonly callNumber: number;
			readonly asked: WrappingAlgorithm;
			/** How many key pairs were tried to the end, the newest first: this CMK's, then others'. */
			readonly tried: number;
			/** How many there are. */
			readonly openCalls: number;
			/** Calls of this CMK whose private keys are gone. */
			readonly closedCalls: number;
			/** As what the file was tried, beside the bytes as they are. */
			readonly triedAs: readonly CiphertextRepair[];
	  }
	/** The call that gave the token was taken back, and its private key with it. */
	| { readonly kind: 'callUndone' }
	/** What came out is not 32 bytes long, or not the first key material, and what it is. */
	| {
			readonly kind: 'materialIs';
			readonly named: NamedFile<SecretDetail>;
			/** Of what came out. */
			readonly plaintextBytes: number;
			/**
			 * For a CMK that takes only its first key material: as what the plaintext is that, or `none` of the forms tried. `free`
			 * for a CMK that takes any.
			 */
			readonly first: MaterialForm | 'none' | 'free';
	  }
	/** What came out is bound to another CMK. */
	| { readonly kind: 'materialOfOtherKey'; readonly key: NamedKey }
	/** What came out was never imported anywhere here: a new key, as in an attempt to rotate. */
	| { readonly kind: 'newMaterial'; readonly firstImportedAtMs: EpochMs | null }
	| {
			readonly kind: 'tokenOfOtherKey';
			readonly key: NamedKey;
			readonly callNumber: number | null;
			readonly deleted: boolean;
	  }
	/** A token that was handed out here, but not as it was: most of its bytes are those of this call's. */
	| {
			readonly kind: 'tokenDamaged';
			readonly change: 'altered' | 'cut' | 'longer' | 'lineBreaks' | 'otherwise';
			readonly bytes: number;
			readonly callNumber: number;
			readonly key: NamedKey;
	  }
	/** It begins like a token and is like none that is open here. */
	| { readonly kind: 'tokenUnknown'; readonly bytes: number }
	| {
			readonly kind: 'tokenExpired';
			readonly callNumber: number | null;
			readonly issuedAtMs: EpochMs;
			readonly expiredAtMs: EpochMs;
			readonly lateByMs: number;
	  }
	| {
			readonly kind: 'expiryInPast';
			readonly expireAtMs: EpochMs;
			readonly nowMs: EpochMs;
			readonly probably: 'wrongUnit' | 'realTimeForSandboxTime' | 'past';
	  }
	/** A number of milliseconds where seconds are asked for. */
	| { readonly kind: 'expiryInMilliseconds'; readonly expireAtMs: EpochMs }
	/** Why the CMK is in the state that refused: the event that led there. */
	| {
			readonly kind: 'stateSince';
			readonly state: KeyState;
			readonly by: 'DisableKey' | 'DeleteKeyMaterial' | 'ExpireKeyMaterial' | 'ScheduleKeyDeletion';
			readonly atMs: EpochMs;
			/** For an expiry: how long after the import it came, so that the default of 24 h can be named. */
			readonly lifetimeMs?: number;
			/** For a scheduled deletion: when it comes. */
			readonly deleteAtMs?: EpochMs;
	  }
	/** PENDING_IMPORT from the beginning. */
	| { readonly kind: 'neverImported'; readonly createdAtMs: EpochMs; readonly calls: number }
	/** CancelKeyDeletion where none is scheduled. */
	| { readonly kind: 'nothingToCancel'; readonly state: KeyState }
	| { readonly kind: 'strictReimport' }
	| { readonly kind: 'platformKey' }
	| { readonly kind: 'keyDeleted'; readonly keyId: string; readonly atMs: EpochMs }
	| { readonly kind: 'keyUnknown'; readonly inOtherCase: boolean }
	/** The keyId is the alias of a CMK, which this API does not take. */
	| { readonly kind: 'aliasForKeyId'; readonly key: NamedKey }
	/** Decrypt: the blob is no blob of this service at all. */
	| {
			readonly kind: 'notABlob';
			readonly named: NamedFile;
			/** Hexadecimal digits, which were read as base64. */
			readonly isHex: boolean;
	  }
	/** Decrypt: it opens without a context, or only with another one. */
	| {
			readonly kind: 'otherContext';
			readonly given: boolean;
			readonly used: boolean;
			readonly difference: 'case' | 'blanks' | 'other';
	  }
	| { readonly kind: 'blobDamaged'; readonly key: NamedKey }
	/** Decrypt: the blob is of one CMK and names another. */
	| { readonly kind: 'blobReaddressed'; readonly key: NamedKey; readonly sameMaterial: boolean }
	/** Decrypt: another CMK has the same material, and still cannot open it. */
	| { readonly kind: 'sameMaterialElsewhere'; readonly key: NamedKey }
	| { readonly kind: 'aliasOwner'; readonly key: NamedKey; readonly own: boolean }
	| { readonly kind: 'window'; readonly days: number | null };

export interface Diagnosis {
	/** In their order, up to the end: what was not reached is said too. */
	readonly checks: readonly CheckOutcome[];
	/** Most telling first; at most three. Empty: there is nothing to add to the refusal. */
	readonly findings: readonly Finding[];
	/** The search ended before its time, with no finding. */
	readonly isStopped?: true;
}

/** A refused call, as it was made. */
export type RefusedCall =
	| { readonly operation: 'ImportKeyMaterial'; readonly request: ImportKeyMaterialRequest }
	| { readonly operation: 'Decrypt'; readonly request: DecryptRequest }
	| {
			readonly operation: Exclude<Operation, 'ImportKeyMaterial' | 'Decrypt'>;
			/** `keyId` and `alias` are looked at. */
			readonly request: Readonly<Record<string, unknown>>;
	  };

export interface Diagnostician {
	/** @param work any message from its other end stops the search */
	diagnose(call: RefusedCall, refusal: Refusal, work?: MessagePort): Promise<Diagnosis>;
	/**
	 * What a file is, by itself. Nothing that is stored is read.
	 *
	 * @param file at most one byte longer than `LONGEST_UPLOAD_BYTES`
	 */
	name(file: Bytes): Promise<NamedFile>;
}
