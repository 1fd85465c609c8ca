/**
 * The customer's side of the procedure: files, and tools for the work that OpenSSL does on a real machine. The service
 * can't access anything here. It gets only the bytes that the customer uploads.
 */
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { EpochMs } from '../domain/time';

export interface TrayFile {
	readonly fileId: number;
	readonly name: string;
	readonly lengthBytes: number;
	readonly createdAtMs: EpochMs;
}

export type WorkbenchProblem =
	| 'FileNotFound'
	| 'FileTooLarge'
	| 'FileEmpty'
	| 'TrayFull'
	/** The browser has no space left: nothing was stored. */
	| 'StorageFull'
	/** The chosen public key file holds no RSA-2048 public key as hexadecimal, base64, PEM or DER. */
	| 'NotAPublicKey'
	/** The key material is longer than the algorithm can encrypt. */
	| 'TooLongToEncrypt';

export type WorkbenchResult<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: WorkbenchProblem };

export interface EncryptKeyMaterialRequest {
	readonly materialFileId: number;
	readonly publicKeyFileId: number;
	readonly algorithm: WrappingAlgorithm;
	/** The form of the result: as command line tools write it, or as the API expects it. */
	readonly encoding: 'raw' | 'hex' | 'base64';
	/** Name of the new file, with its extension. */
	readonly name: string;
}

export interface NamedFile {
	readonly name: string;
	readonly bytes: Bytes;
}

export interface FileChanges {
	/** Writes this content to the file of that name, or to a new file. */
	readonly written: readonly NamedFile[];
	/** Names. */
	readonly removed: readonly string[];
}

export interface Workbench {
	/** All files, as input for the terminal. */
	readFiles(): Promise<readonly NamedFile[]>;
	/** Stores the changes made in the terminal, all or none. */
	changeFiles(changes: FileChanges): Promise<WorkbenchResult<null>>;
	/** Adds a file with a copy of the bytes. A name in use gets a number. */
	addFile(name: string, bytes: Bytes): Promise<WorkbenchResult<TrayFile>>;
	readFile(fileId: number): Promise<WorkbenchResult<Bytes>>;
	removeFile(fileId: number): Promise<void>;
	/** `openssl rand -out <name> 32` */
	generateKeyMaterial(name: string): Promise<WorkbenchResult<TrayFile>>;
	/** `openssl pkeyutl -encrypt …` */
	encryptKeyMaterial(request: EncryptKeyMaterialRequest): Promise<WorkbenchResult<TrayFile>>;
}

export const LONGEST_TRAY_FILE_BYTES = 65_536;
export const MOST_TRAY_FILES = 100;
