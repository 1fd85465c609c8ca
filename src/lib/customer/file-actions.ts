/** What a printed command does with files, as data. `shell.ts` renders it as text. */
import type { WrappingAlgorithm } from '../domain/algorithms';

interface Conversion {
	readonly from: string;
	readonly to: string;
}

/** In the words of `openssl`, which are the same in every shell. */
type OpensslAction =
	| { readonly act: 'random'; readonly bytes: number; readonly to: string }
	| ({ readonly act: 'derToPem' } & Conversion)
	| ({
			readonly act: 'wrap';
			readonly algorithm: WrappingAlgorithm;
			/** PEM. */
			readonly publicKey: string;
	  } & Conversion);

/** In the words of the shell. */
export type ShellAction =
	| ({ readonly act: 'hexToBytes' | 'base64ToBytes' | 'base64urlToBytes' } & Conversion)
	| ({ readonly act: 'bytesToHex' } & Conversion)
	| ({ readonly act: 'firstBytes'; readonly bytes: number } & Conversion)
	| { readonly act: 'showHexAsBase64'; readonly from: string }
	| { readonly act: 'sizes'; readonly of: readonly string[] }
	| { readonly act: 'sizesOfAll'; readonly endings: readonly string[] };

export type FileAction = OpensslAction | ShellAction;

/** The files that an action reads by their names. */
export function reads(action: FileAction): readonly string[] {
	switch (action.act) {
		case 'random':
		case 'sizesOfAll':
			return [];
		case 'sizes':
			return action.of;
		case 'wrap':
			return [action.publicKey, action.from];
		default:
			return [action.from];
	}
}

/** The file that an action writes, unless it exists. */
export const writes = (action: FileAction): string | undefined =>
	'to' in action ? action.to : undefined;
