/**
 * The second of the two answers to a refusal: what really went wrong, found from data that only the sandbox has. A real
 * service does not return it. The diagnosis reads and never writes, and does not change the result of an operation.
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
/** The checks of every other operation: those that apply to it, in this order. */
export const OTHER_CHECKS = ['request', 'keyExists', 'originExternal', 'state', 'rule'] as const;
export type Check = (typeof IMPORT_CHECKS)[number] | (typeof OTHER_CHECKS)[number];

export interface CheckOutcome {
	readonly check: Check;
	readonly outcome: 'passed' | 'refused' | 'notReached';
}

/** A `Detail` of a plaintext, without its characters: they never leave the diagnosis. */
export type SecretDetail =
	| Extract<Detail, { readonly codePage: string }>
	| { readonly withheld: 'character'; readonly before: number }
	| { readonly withheld: 'label' };

/** What a file is, by itself: the layers around its bytes, and the content inside them. */
export interface NamedFile<Of = Detail | SecretDetail> {
	/** From the outside in; empty for plain bytes. */
	readonly layers: readonly NamedLayer<Of>[];
	readonly content: ContentId;
	readonly detail?: Of;
	/** The length of the content; undefined for text that does not represent bytes. */
	readonly bytes: number | undefined;
}

export interface NamedLayer<Of = Detail | SecretDetail> {
	/** `text` is left out: the layers inside it imply it. */
	readonly id: Exclude<LayerId, 'text'> | CiphertextRepair;
	readonly detail?: Of;
}

/**
 * `structure`: the padding of PKCS #1 v1.5 around a plaintext that was not recognised. That padding has no checksum: a file
 * for another key pair has it by chance, at most once in 50,000 files.
 */
export type Evidence = 'proof' | 'structure';

/** Of all key material that a CMK was given, only the fingerprint of the first is kept: what others are compared with. */
export type FirstMaterial =
	/** The CMK has no fingerprint and accepts any key material. */
	| { readonly is: 'notSet' }
	/** The fingerprints are equal for the plaintext in this form, which proves it. */
	| { readonly is: 'same'; readonly form: MaterialForm }
	/** The fingerprint of each form is another one. Only forms of 32 bytes are compared, so there may be none. */
	| { readonly is: 'other'; readonly formsCompared: number };

export type UploadField = 'encryptedKeyMaterial' | 'importToken';

/** Which digests OAEP was used with, as far as it says who chose them. The page knows no names of WebCrypto. */
export type DigestChoice =
	/** SHA-1 twice: OpenSSL's, if no digest is named. */
	| 'sha1'
	/** SHA-1 for the label alone: OpenSSL's, if only the digest of MGF1 is named. */
	| 'mgf1Only'
	/** SHA-1 for MGF1 alone: that of Java's own provider. */
	| 'java'
	| 'sha256'
	| 'other';

/** One thing that was found, as data. The page has the texts. */
export type Finding =
	/** This call's key pair decrypts the file, with another padding than the requested one. */
	| {
			readonly kind: 'otherAlgorithm';
			readonly callNumber: number;
			readonly asked: WrappingAlgorithm;
			readonly used: Padding;
			/** Set exactly if `used` is OAEP with known digests. */
			readonly digests?: DigestChoice;
			/** The algorithm of the procedure that uses this padding, if there is one. */
			readonly offered?: WrappingAlgorithm;
			readonly evidence: Evidence;
	  }
	/** The key pair of another valid call decrypts the file. `key` is set if that is a call of another CMK. */
	| {
			readonly kind: 'otherCall';
			/** The call of the token, whose public key has to be used. */
			readonly tokenCallNumber: number;
			/** The call whose public key was used. */
			readonly callNumber: number;
			readonly key?: NamedKey;
			readonly asked: WrappingAlgorithm;
			/** The padding, if it isn't the requested one. */
			readonly otherPadding?: Padding;
			readonly evidence: Evidence;
	  }
	| FileIs
	/** Longer than any file of the procedure. */
	| { readonly kind: 'tooLarge'; readonly field: UploadField }
	/** The two files are in each other's field. */
	| { readonly kind: 'fieldsSwapped' }
	/** No valid key pair decrypts the file. It has another public key or padding, or was changed. */
	| {
			readonly kind: 'nothingOpensIt';
			readonly callNumber: number;
			readonly asked: WrappingAlgorithm;
			/** How many key pairs were tried with all readings of the file, the newest first: this CMK's, then others'. */
			readonly tried: number;
			/** How many there are. */
			readonly openCalls: number;
			/** Calls of this CMK whose private keys were deleted. */
			readonly closedCalls: number;
			/** The changes that were undone for a try, besides the file as it is. */
			readonly triedAs: readonly CiphertextRepair[];
	  }
	/** The call that issued the token was undone, which deleted its private key. */
	| { readonly kind: 'callUndone' }
	/** The plaintext is not 32 bytes long, or not the first key material. */
	| {
			readonly kind: 'materialIs';
			readonly named: NamedFile<SecretDetail>;
			/** The length of the plaintext. */
			readonly plaintextBytes: number;
			readonly first: FirstMaterial;
			/** That this is the plaintext, if no finding before this one says it: the service decrypted the file as requested. */
			readonly evidence?: Evidence;
	  }
	/** The plaintext has the fingerprint of another CMK's first key material. */
	| { readonly kind: 'materialOfOtherKey'; readonly key: NamedKey }
	/** The plaintext has the fingerprint of no CMK that was compared: perhaps a new key, to rotate. */
	| {
			readonly kind: 'newMaterial';
			readonly firstImportedAtMs: EpochMs | null;
			/** How many other CMKs it was compared with. */
			readonly othersCompared: number;
	  }
	| {
			readonly kind: 'tokenOfOtherKey';
			readonly key: NamedKey;
			readonly callNumber: number | null;
			readonly deleted: boolean;
	  }
	/** At least half of the bytes are those of a token that was issued here, for this call. */
	| {
			readonly kind: 'tokenDamaged';
			readonly change: 'altered' | 'cut' | 'longer' | 'lineBreaks' | 'otherwise';
			readonly bytes: number;
			readonly callNumber: number;
			readonly key: NamedKey;
	  }
	/** It begins like a token, and is not like any valid token. */
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
	/** A number of milliseconds instead of seconds. */
	| { readonly kind: 'expiryInMilliseconds'; readonly expireAtMs: EpochMs }
	| StateSince
	/** PENDING_IMPORT from the beginning. */
	| { readonly kind: 'neverImported'; readonly createdAtMs: EpochMs; readonly calls: number }
	/** CancelKeyDeletion where none is scheduled. */
	| { readonly kind: 'nothingToCancel'; readonly state: KeyState }
	| { readonly kind: 'strictReimport' }
	| { readonly kind: 'platformKey' }
	| { readonly kind: 'keyDeleted'; readonly keyId: string; readonly atMs: EpochMs }
	| { readonly kind: 'keyUnknown'; readonly inOtherCase: boolean }
	/** The keyId is the alias of a CMK, which this API does not accept. */
	| { readonly kind: 'aliasForKeyId'; readonly key: NamedKey }
	/** Decrypt: the blob is not a ciphertext of this service. */
	| {
			readonly kind: 'notABlob';
			readonly named: NamedFile;
			/** Hexadecimal text that was read as base64. */
			readonly isHex: boolean;
	  }
	/** Decrypt: another context decrypts the blob, or none, and how the given one differs from it. */
	| {
			readonly kind: 'otherContext';
			readonly given: 'needless' | 'missing' | 'inOtherCase' | 'withOtherSpaces' | 'different';
	  }
	| { readonly kind: 'blobDamaged'; readonly key: NamedKey }
	/** Decrypt: the blob was encrypted with one CMK and names another. */
	| { readonly kind: 'blobReaddressed'; readonly key: NamedKey; readonly sameMaterial: boolean }
	/** Decrypt: another CMK has the same key material, which can't decrypt the blob either. */
	| { readonly kind: 'sameMaterialElsewhere'; readonly key: NamedKey }
	| { readonly kind: 'aliasOwner'; readonly key: NamedKey; readonly own: boolean }
	| { readonly kind: 'window'; readonly days: number | null };

/** A file that is not what its field is for. `undone` is set if its bytes were proved to be right, but for other findings. */
export type FileIs = { readonly kind: 'fileIs'; readonly named: NamedFile } & (
	| {
			readonly field: 'encryptedKeyMaterial';
			/** The content, which a valid key pair decrypts, never decrypted; and the call of the token. */
			readonly undone?: { readonly bytes: Bytes; readonly callNumber: number };
	  }
	| {
			readonly field: 'importToken';
			/** The content, which is a token of this service. */
			readonly undone?: { readonly bytes: Bytes };
	  }
);

/** The event that led to the state that refused. */
export type StateSince = { readonly kind: 'stateSince'; readonly atMs: EpochMs } & (
	| { readonly by: 'DisableKey' | 'DeleteKeyMaterial' }
	/** How long after the import, if the log has the import. */
	| { readonly by: 'ExpireKeyMaterial'; readonly lifetimeMs?: number }
	| { readonly by: 'ScheduleKeyDeletion'; readonly deleteAtMs: EpochMs }
);

export interface Diagnosis {
	/** All of them in their order, those that were not reached too. */
	readonly checks: readonly CheckOutcome[];
	/** Most telling first; at most three. Empty: there is nothing to add to the refusal. */
	readonly findings: readonly Finding[];
	/** The search was stopped, so it has no finding. */
	readonly isStopped?: true;
}

/** A refused call, as it was made. */
export type RefusedCall =
	| { readonly operation: 'ImportKeyMaterial'; readonly request: ImportKeyMaterialRequest }
	| { readonly operation: 'Decrypt'; readonly request: DecryptRequest }
	| {
			readonly operation: Exclude<Operation, 'ImportKeyMaterial' | 'Decrypt'>;
			/** Only `keyId` and `alias` are used. */
			readonly request: Readonly<Record<string, unknown>>;
	  };

export interface Diagnostician {
	/** @param work any message from its other end stops the search */
	diagnose(call: RefusedCall, refusal: Refusal, work?: MessagePort): Promise<Diagnosis>;
	/**
	 * What a file is, by itself. No stored data is read.
	 *
	 * @param file at most one byte longer than `LONGEST_UPLOAD_BYTES`
	 */
	name(file: Bytes): Promise<NamedFile>;
}
