/** Files as people make them, with what each is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';

const FOLDER = join(import.meta.dirname, '../fixtures/field-cases');

export interface Case {
	readonly file: string;
	readonly field: 'encryptedKeyMaterial' | 'importToken' | 'plaintext';
	readonly what: string;
	/** The tool and the command that made it. */
	readonly origin: string;
	/** Whether it is right once its layers are taken off. */
	readonly right: boolean;
	/** Of the right bytes, hexadecimal. */
	readonly sha256?: string;
	/** From the outside in. */
	readonly layers: readonly string[];
	readonly content: string;
	/** Behind the layers: what only a key proves. */
	readonly repairs?: readonly string[];
	readonly padding?: {
		readonly scheme: 'oaep' | 'pkcs1' | 'none';
		readonly digest?: string;
		readonly mgf1Digest?: string;
		readonly label?: string;
	};
	/** Of what the file decrypts to, if that is text. */
	readonly plaintextLayers?: readonly string[];
	/** All of them, in their order, for a CMK that was given the right key material first; none: the file is imported. */
	readonly findings: readonly Finding['kind'][];
	/** Of the same form around a token of the sandbox itself. */
	readonly ownFindings?: readonly Finding['kind'][];
}

const parsed = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

export const THE_CASES = (parsed('manifest.json') as { readonly files: readonly Case[] }).files;

/** The pair under which the files were encrypted. For tests only. */
export const TEST_KEY = parsed('given/test-only-private.jwk.json') as JsonWebKey;

export const readCase = (file: string): Bytes => new Uint8Array(readFileSync(join(FOLDER, file)));
