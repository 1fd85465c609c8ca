/**
 * The customer's side of the procedure: a tray of files and the tools that OpenSSL is for real. The service has no
 * path to anything in here; only bytes that the customer uploads reach it.
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
	/** The material is longer than the algorithm can carry. */
	| 'TooLongToEncrypt';

export type WorkbenchResult<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: WorkbenchProblem };

export interface EncryptKeyMaterialRequest {
	readonly materialFileId: number;
	readonly publicKeyFileId: number;
	readonly algorithm: WrappingAlgorithm;
	/** How the result is written: as downloaded tools write it, or as the API wants it. */
	readonly encoding: 'raw' | 'hex' | 'base64';
	/** Name of the new file, with its ending. */
	readonly name: string;
}

export interface NamedFile {
	readonly name: string;
	readonly bytes: Bytes;
}

export interface FileChanges {
	/** A file of that name gets this content; else there is a new one. */
	readonly written: readonly NamedFile[];
	/** Names. */
	readonly removed: readonly string[];
}

export interface Workbench {
	/** All that is in the tray: what a terminal works on … */
	readFiles(): Promise<readonly NamedFile[]>;
	/** … and what it has made of it, all or nothing. */
	changeFiles(changes: FileChanges): Promise<WorkbenchResult<null>>;
	/** Puts a copy of the bytes into the tray; a name that is taken gets a number. */
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
