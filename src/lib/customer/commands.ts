/** The commands for the customer's half of the procedure with OpenSSL, for one call. */
import {
	MATERIAL_BYTES,
	PUBLIC_KEY_BYTES,
	WRAPPED_BYTES,
	type WrappingAlgorithm
} from '../domain/algorithms';
import type { FileAction } from './file-actions';
import type { CallFileNames } from './file-names';
import { posix } from './posix';
import { powerShell } from './powershell';
import { render, type Shell } from './shell';

export const PLATFORMS = ['openssl', 'libressl', 'powershell'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const SHELLS: Readonly<Record<Platform, Shell>> = {
	openssl: posix,
	libressl: posix,
	powershell: powerShell
};

export interface CommandSession {
	readonly algorithm: WrappingAlgorithm;
	/** The file with the 32 bytes. */
	readonly material: string;
	/** Whether the CMK takes only its first key material: then no new one is made. */
	readonly bound: boolean;
	/** The files of the call whose public key encrypts them. */
	readonly files: CallFileNames;
}

export interface CommandStep {
	/** `publicKey` is for a public key downloaded as hexadecimal text, `hex` for those who want text to upload. */
	readonly id: 'material' | 'publicKey' | 'wrap' | 'hex' | 'check';
	readonly optional: boolean;
	readonly actions: readonly FileAction[];
	readonly command: string;
	/** Files that exist afterwards, and how long each of them must be. */
	readonly results: readonly { readonly name: string; readonly bytes: number }[];
}

type Step = Omit<CommandStep, 'command'>;

export function commandsFor(platform: Platform, session: CommandSession): CommandStep[] {
	return stepsOf(session, platform).map((step) => ({
		...step,
		command: render(SHELLS[platform], step.actions)
	}));
}

function stepsOf(
	{ algorithm, material, bound, files }: CommandSession,
	platform: Platform
): Step[] {
	const materialResult = { name: material, bytes: MATERIAL_BYTES };
	const wrappedResult = { name: files.encrypted, bytes: WRAPPED_BYTES };
	// xxd ends the line
	const hexBytes = 2 * WRAPPED_BYTES + (platform === 'powershell' ? 0 : 1);
	return [
		...(bound
			? []
			: [
					{
						id: 'material',
						optional: false,
						actions: [{ act: 'random', bytes: MATERIAL_BYTES, to: material }],
						results: [materialResult]
					} satisfies Step
				]),
		{
			id: 'publicKey',
			optional: true,
			actions: [
				{ act: 'hexToBytes', from: files.publicKeyHex, to: files.publicKeyDer },
				{ act: 'derToPem', from: files.publicKeyDer, to: files.publicKeyPem }
			],
			results: [{ name: files.publicKeyDer, bytes: PUBLIC_KEY_BYTES }]
		},
		{
			id: 'wrap',
			optional: false,
			actions: [
				{
					act: 'wrap',
					algorithm,
					publicKey: files.publicKeyPem,
					from: material,
					to: files.encrypted
				}
			],
			results: [wrappedResult]
		},
		{
			id: 'hex',
			optional: true,
			actions: [{ act: 'bytesToHex', from: files.encrypted, to: files.encryptedHex }],
			results: [{ name: files.encryptedHex, bytes: hexBytes }]
		},
		{
			id: 'check',
			optional: false,
			actions: [{ act: 'sizes', of: [material, files.encrypted] }],
			results: [materialResult, wrappedResult]
		}
	];
}
