/** What bytes look like, in words, and what to do with such bytes instead of the right ones. */
import type { FileAction } from '$lib/customer/file-actions';
import {
	callFileNames,
	encryptedAgainFileName,
	keyMaterialFileName,
	remadeMaterialFileName
} from '$lib/customer/file-names';
import type { ByteLook, UploadField } from '$lib/diagnosis/diagnosis';
import { m } from '$lib/paraglide/messages';

type Words = Readonly<Record<ByteLook, () => string>>;

const LOOKS: Words = {
	empty: m.diagnosis_look_empty,
	hexText: m.diagnosis_look_hex,
	hexTextWithNewline: m.diagnosis_look_hex_newline,
	base64Text: m.diagnosis_look_base64,
	base64TextWithNewline: m.diagnosis_look_base64_newline,
	base64urlText: m.diagnosis_look_base64url,
	rawWithNewline: m.diagnosis_look_raw_newline,
	oddHex: m.diagnosis_look_odd_hex,
	decoratedHex: m.diagnosis_look_decorated_hex,
	utf16Text: m.diagnosis_look_utf16,
	mangledText: m.diagnosis_look_mangled,
	text: m.diagnosis_look_text,
	pem: m.diagnosis_look_pem,
	jsonEnvelope: m.diagnosis_look_json,
	publicKey: m.diagnosis_look_public_key,
	pkcs1PublicKey: m.diagnosis_look_pkcs1_key,
	importToken: m.diagnosis_look_token,
	rawMaterial: m.diagnosis_look_raw_material,
	aesKeyWrap: m.diagnosis_look_key_wrap,
	hybridWrap: m.diagnosis_look_hybrid,
	wrapped: m.diagnosis_look_wrapped,
	cipherTextBlob: m.diagnosis_look_blob,
	tooShort: m.diagnosis_look_too_short,
	tooLong: m.diagnosis_look_too_long,
	noise: m.diagnosis_look_noise
};

export const nameLook = (look: ByteLook): string => LOOKS[look]();

/** The looks that mean something else inside an opened file than outside. */
const MATERIAL_LOOKS: Partial<Words> = {
	hexText: m.diagnosis_material_hex,
	hexTextWithNewline: m.diagnosis_material_hex_newline,
	base64Text: m.diagnosis_material_base64,
	base64TextWithNewline: m.diagnosis_material_base64_newline,
	base64urlText: m.diagnosis_material_base64url,
	text: m.diagnosis_material_text,
	aesKeyWrap: m.diagnosis_material_key_wrap,
	tooShort: m.diagnosis_material_too_short,
	tooLong: m.diagnosis_material_too_long
};

export const nameMaterialLook = (look: ByteLook): string => (MATERIAL_LOOKS[look] ?? LOOKS[look])();

export interface Remedy {
	readonly remedy: string;
	readonly actions?: readonly FileAction[];
}

/** A file in the field for encrypted key material that cannot be one. */
export function materialFileRemedy(look: ByteLook, keyId: string): Remedy {
	// whichever call it was, the names differ in the number alone
	const { encrypted, encryptedHex } = callFileNames(keyId, 1);
	const size: FileAction = { act: 'sizes', of: [encrypted] };
	const asHex: FileAction = { act: 'bytesToHex', from: encrypted, to: encryptedHex };
	switch (look) {
		case 'empty':
			return {
				remedy: m.diagnosis_try_empty(),
				actions: checked({
					act: 'base64ToBytes',
					from: 'EncryptedKeyMaterial.b64',
					to: encryptedAgainFileName(encrypted)
				})
			};
		case 'jsonEnvelope':
			return { remedy: m.diagnosis_try_json(), actions: [asHex, size] };
		case 'pem':
		case 'publicKey':
		case 'pkcs1PublicKey':
			return { remedy: m.diagnosis_try_public_key(), actions: [size] };
		case 'importToken':
			return { remedy: m.diagnosis_try_token_field({ field: m.import_token() }) };
		case 'rawMaterial':
			return { remedy: m.diagnosis_try_wrap() };
		case 'cipherTextBlob':
			return { remedy: m.diagnosis_try_not_encrypt() };
		case 'aesKeyWrap':
		case 'hybridWrap':
			return { remedy: m.diagnosis_try_rsa_only() };
		case 'utf16Text':
			return { remedy: m.diagnosis_try_powershell() };
		case 'mangledText':
			return { remedy: m.diagnosis_try_binary() };
		case 'base64urlText':
		case 'oddHex':
		case 'decoratedHex':
		case 'text':
			return { remedy: m.diagnosis_try_bytes(), actions: [asHex, size] };
		default:
			return { remedy: m.diagnosis_try_size(), actions: [size] };
	}
}

/** A file in the field for the token that cannot be one: only the service makes one. */
export function tokenFileRemedy(look: ByteLook): Remedy {
	if (look === 'utf16Text') return { remedy: m.diagnosis_try_powershell() };
	if (look === 'mangledText') return { remedy: m.diagnosis_try_binary() };
	if (look === 'wrapped')
		return { remedy: m.diagnosis_try_material_field({ field: m.import_material() }) };
	return { remedy: m.diagnosis_try_token_again() };
}

export const fieldName = (field: UploadField): string =>
	field === 'importToken' ? m.import_token() : m.import_material();

/** Makes a file, and shows its size. */
const checked = (action: FileAction & { readonly to: string }): readonly FileAction[] => [
	action,
	{ act: 'sizes', of: [action.to] }
];

/**
 * Key material that is not 32 bytes.
 *
 * @param bound whether the CMK takes only its first key material: new random bytes could never be imported
 */
export function materialRemedy(look: ByteLook, keyId: string, bound: boolean): Remedy {
	const made = (as: 'decoded' | 'cut' | 'new') => remadeMaterialFileName(as, keyId);
	const decode = (act: 'hexToBytes' | 'base64ToBytes' | 'base64urlToBytes', from: string) => ({
		remedy: m.diagnosis_try_decode(),
		actions: checked({ act, from, to: made('decoded') })
	});
	const size: FileAction = { act: 'sizes', of: [keyMaterialFileName(keyId)] };
	switch (look) {
		case 'hexText':
		case 'hexTextWithNewline':
			return decode('hexToBytes', 'KeyMaterial.hex');
		case 'base64Text':
		case 'base64TextWithNewline':
			return decode('base64ToBytes', 'KeyMaterial.b64');
		case 'base64urlText':
			return decode('base64urlToBytes', 'KeyMaterial.b64');
		case 'rawWithNewline':
			return {
				remedy: m.diagnosis_try_cut(),
				actions: checked({
					act: 'firstBytes',
					bytes: 32,
					from: 'KeyMaterial.txt',
					to: made('cut')
				})
			};
		case 'aesKeyWrap':
			return { remedy: m.diagnosis_try_unwrapped(), actions: [size] };
		default:
			return bound
				? { remedy: m.diagnosis_try_first(), actions: [size] }
				: {
						remedy: m.diagnosis_try_32(),
						actions: checked({ act: 'random', bytes: 32, to: made('new') })
					};
	}
}
