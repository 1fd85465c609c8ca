/** The names of a session's files, for downloads, the workbench and the generated commands. Pure. */
import type { EncryptKeyMaterialRequest } from './workbench';

/** File names contain only the start of a UUID, because people read and type the names. */
export const shortKeyId = (keyId: string): string => keyId.slice(0, 8);

/** Whether a file is named after this CMK. */
export const isNamedAfter = (name: string, keyId: string): boolean =>
	name.includes(`_${shortKeyId(keyId)}`);

/** @param keyId absent if the page shows no CMK */
export function keyMaterialFileName(keyId?: string): string {
	return keyId === undefined ? 'KeyMaterial.bin' : `KeyMaterial_${shortKeyId(keyId)}.bin`;
}

/**
 * For bytes made instead of a file that is wrong: never the name of a file that may exist. `as` says how they were made.
 *
 * @param keyId absent if the page shows no CMK
 */
export function remadeMaterialFileName(as: 'decoded' | 'cut' | 'new', keyId?: string): string {
	return keyMaterialFileName(keyId).replace('.bin', `_${as}.bin`);
}

/** The files of one GetParametersForImport call: the downloads, and the files encrypted with them. */
export interface CallFileNames {
	readonly publicKeyHex: string;
	readonly publicKeyPem: string;
	readonly publicKeyDer: string;
	readonly importToken: string;
	readonly encrypted: string;
	readonly encryptedHex: string;
}

export function callFileNames(keyId: string, callNumber: number): CallFileNames {
	const call = `${shortKeyId(keyId)}_${String(callNumber)}`;
	return {
		publicKeyHex: `PublicKey_${call}.hex`,
		publicKeyPem: `PublicKey_${call}.pem`,
		publicKeyDer: `PublicKey_${call}.der`,
		importToken: `ImportToken_${call}.hex`,
		encrypted: `EncryptedKeyMaterial_${call}.bin`,
		encryptedHex: `EncryptedKeyMaterial_${call}.hex`
	};
}

/** Encrypted once more, beside the file that was refused. */
export const encryptedAgainFileName = (encrypted: string): string =>
	encrypted.replace('.bin', '_again.bin');

/** The right bytes of a file that was refused for its form, beside that file. */
export const decodedTokenFileName = 'ImportToken_decoded.bin';
export const decodedFileName = (encrypted: string): string =>
	encrypted.replace('.bin', '_decoded.bin');

const PUBLIC_KEY_NAME =
	/^PublicKey_([0-9a-f]{8})_([0-9]{1,9})(?:-[0-9]+| ?\([0-9]+\))?\.(?:hex|pem|der)$/;

/** The call that a public key file came from, according to its name. */
export function callOfPublicKeyFile(
	name: string
): { readonly shortKeyId: string; readonly callNumber: number } | undefined {
	const [, keyId, call] = PUBLIC_KEY_NAME.exec(name) ?? [];
	return keyId && call ? { shortKeyId: keyId, callNumber: Number(call) } : undefined;
}

const ENDING: Readonly<Record<EncryptKeyMaterialRequest['encoding'], string>> = {
	raw: 'bin',
	hex: 'hex',
	base64: 'b64'
};

/** The name of encrypted key material, derived from the name of the public key. */
export function encryptedFileName(
	publicKeyName: string,
	encoding: EncryptKeyMaterialRequest['encoding']
): string {
	const call = callOfPublicKeyFile(publicKeyName);
	const suffix = call ? `_${call.shortKeyId}_${String(call.callNumber)}` : '';
	return `EncryptedKeyMaterial${suffix}.${ENDING[encoding]}`;
}
