/** What to do with a file that is not for its field, and with key material that is not the 32 bytes. */
import type { FileAction } from '$lib/customer/file-actions';
import {
	callFileNames,
	encryptedAgainFileName,
	keyMaterialFileName,
	remadeMaterialFileName
} from '$lib/customer/file-names';
import type { FirstMaterial, NamedFile, NamedLayer, UploadField } from '$lib/diagnosis/diagnosis';
import { MATERIAL_BYTES } from '$lib/domain/algorithms';
import { m } from '$lib/paraglide/messages';
import type { ContentId } from '$lib/recognition/contents';
import type { MaterialForm } from '$lib/recognition/repairs';

export interface Remedy {
	readonly remedy: string;
	readonly actions?: readonly FileAction[];
}

/** How to get rid of a layer. */
export const LAYER_FIXES: Readonly<Record<NamedLayer['id'], () => string>> = {
	utf8Mark: m.file_fix_ascii,
	utf16: m.file_fix_ascii,
	utf32: m.file_fix_ascii,
	invisibleCharacter: m.file_fix_character,
	fullWidth: m.file_fix_retype,
	pemLines: m.file_fix_characters,
	dataUrl: m.file_fix_characters,
	pythonBytes: m.file_fix_original,
	jsonString: m.file_fix_decode,
	azureEnvelope: m.file_fix_azure_layer,
	jsonMember: m.file_fix_characters,
	quotes: m.file_fix_characters,
	mimePart: m.file_fix_characters,
	quotedPrintable: m.file_fix_decode,
	urlEncoded: m.file_fix_decode,
	html: m.file_fix_decode,
	blanksForPlus: m.file_fix_plus,
	nameBehind: m.file_fix_characters,
	nodeBuffer: m.file_fix_original,
	label: m.file_fix_characters,
	codeArray: m.file_fix_original,
	codeString: m.file_fix_original,
	prompt: m.file_fix_characters,
	codeFence: m.file_fix_characters,
	mailQuoted: m.file_fix_characters,
	lineNumbers: m.file_fix_characters,
	lineEndsShown: m.file_fix_characters,
	escapedBreaks: m.file_fix_decode,
	table: m.file_fix_characters,
	lookAlike: m.file_fix_retype,
	hex: m.file_fix_once,
	prefixedHex: m.file_fix_characters,
	separatedHex: m.file_fix_characters,
	hexDump: m.file_fix_original,
	octalDump: m.file_fix_original,
	decimalDump: m.file_fix_original,
	characterDump: m.file_fix_original,
	decimalList: m.file_fix_original,
	signedList: m.file_fix_original,
	octalList: m.file_fix_original,
	decimalNumber: m.file_fix_original,
	binaryDigits: m.file_fix_original,
	escapes: m.file_fix_original,
	base64: m.file_fix_once,
	base64OtherPadding: m.file_fix_base64,
	base64url: m.file_fix_base64,
	base32: m.file_fix_base64,
	hexZeroCut: m.file_fix_full_length,
	lineBreakBehind: m.file_fix_line_break,
	zerosBehind: m.file_fix_end,
	zeroBehind: m.file_fix_end,
	lineBreaksMade: m.file_fix_binary,
	lineBreaksLost: m.file_fix_binary,
	codePageUtf16: m.file_fix_binary,
	codePageUtf8: m.file_fix_binary,
	reversed: m.file_fix_byte_order,
	swappedPairs: m.file_fix_words,
	leadingZeroCut: m.file_fix_full_length,
	trailingZeroCut: m.file_fix_end,
	signByte: m.file_fix_full_length
};

type Fix = 'size' | 'asHex' | 'decodeBase64' | 'none';

/** What to do instead of uploading the content as encrypted key material, and the commands for that. */
export const CONTENT_FIXES: Readonly<Record<ContentId, readonly [() => string, Fix]>> = {
	empty: [m.diagnosis_try_empty, 'decodeBase64'],
	twoFiles: [m.file_fix_one_file, 'size'],
	importToken: [() => m.file_fix_token_field({ field: m.import_token() }), 'none'],
	damagedToken: [() => m.file_fix_token_field({ field: m.import_token() }), 'none'],
	publicKey: [m.file_fix_public_key, 'size'],
	otherPublicKey: [m.file_fix_public_key, 'size'],
	pkcs1PublicKey: [m.file_fix_public_key, 'size'],
	publicKeyJwk: [m.file_fix_public_key, 'size'],
	publicKeyOpenSsh: [m.file_fix_public_key, 'size'],
	certificate: [m.file_fix_public_key, 'size'],
	certificateRequest: [m.file_fix_public_key, 'size'],
	privateKey: [m.file_fix_private_key, 'none'],
	keyStore: [m.file_fix_private_key, 'none'],
	cms: [m.file_fix_rsa_directly, 'none'],
	sm2Ciphertext: [m.file_fix_rsa2048, 'none'],
	azureEnvelope: [m.file_fix_azure, 'none'],
	zip: [m.file_fix_unpack, 'none'],
	gzip: [m.file_fix_unpack, 'none'],
	bzip2: [m.file_fix_unpack, 'none'],
	xz: [m.file_fix_unpack, 'none'],
	sevenZip: [m.file_fix_unpack, 'none'],
	tar: [m.file_fix_unpack, 'none'],
	opensslEnc: [m.file_fix_rsa_directly, 'none'],
	pgp: [m.file_fix_rsa_directly, 'none'],
	cipherTextBlob: [m.diagnosis_try_not_encrypt, 'none'],
	replaced: [m.file_fix_lost, 'none'],
	questionMarks: [m.file_fix_lost, 'none'],
	utf16OfBytes: [m.file_fix_lost, 'none'],
	wrapped: [m.diagnosis_try_size, 'size'],
	rsa3072: [m.file_fix_rsa2048, 'none'],
	rsa4096: [m.file_fix_rsa2048, 'none'],
	material: [m.diagnosis_try_wrap, 'none'],
	aesKeyWrap: [m.file_fix_rsa_directly, 'none'],
	hybridWrap: [m.file_fix_rsa_directly, 'none'],
	otherKeyLength: [m.file_fix_other_length, 'none'],
	oddHex: [m.file_fix_copy_again, 'none'],
	oddCharacter: [m.file_fix_retype, 'none'],
	json: [m.file_fix_bytes, 'asHex'],
	webPage: [m.file_fix_bytes, 'asHex'],
	plainText: [m.file_fix_bytes, 'asHex'],
	otherBytes: [m.diagnosis_try_size, 'size']
};

/** A layer that the service decodes itself, if it is the only one. */
const isUnderstood = ({ id }: NamedLayer): boolean => id === 'hex' || id === 'base64';

/** @returns the layer to get rid of: the outermost one that the service does not decode itself */
const layerToFix = ({ layers }: NamedFile): NamedLayer | undefined =>
	layers.find((layer) => !isUnderstood(layer)) ?? (layers.length > 1 ? layers[0] : undefined);

/** A file in the field for encrypted key material. */
export function materialFileRemedy(named: NamedFile, keyId: string): Remedy {
	const layer = named.content === 'wrapped' ? layerToFix(named) : undefined;
	if (layer) return { remedy: LAYER_FIXES[layer.id]() };
	const [remedy, fix] = CONTENT_FIXES[named.content];
	// the call may be another one: its names have another number
	const { encrypted, encryptedHex } = callFileNames(keyId, 1);
	const size: FileAction = { act: 'sizes', of: [encrypted] };
	const actions: Readonly<Record<Fix, readonly FileAction[] | undefined>> = {
		none: undefined,
		size: [size],
		asHex: [{ act: 'bytesToHex', from: encrypted, to: encryptedHex }, size],
		decodeBase64: checked({
			act: 'base64ToBytes',
			from: 'EncryptedKeyMaterial.b64',
			to: encryptedAgainFileName(encrypted)
		})
	};
	return { remedy: remedy(), ...(actions[fix] && { actions: actions[fix] }) };
}

/** A file in the field for the token, which only the service can issue. */
export function tokenFileRemedy({ content }: NamedFile): Remedy {
	if (content === 'wrapped')
		return { remedy: m.diagnosis_try_material_field({ field: m.import_material() }) };
	if (content === 'privateKey' || content === 'keyStore')
		return { remedy: m.file_fix_private_key() };
	return { remedy: m.diagnosis_try_token_again() };
}

export const fieldName = (field: UploadField): string =>
	field === 'importToken' ? m.import_token() : m.import_material();

/** Creates a file, and shows its size. */
const checked = (action: FileAction & { readonly to: string }): readonly FileAction[] => [
	action,
	{ act: 'sizes', of: [action.to] }
];

type Decoding = 'hexToBytes' | 'base64ToBytes' | 'base64urlToBytes';

/** `xxd -r -p` skips characters that aren’t hexadecimal, such as separators. */
const DECODINGS = new Map<NamedLayer['id'], readonly [Decoding, from: string]>([
	['hex', ['hexToBytes', 'KeyMaterial.hex']],
	['separatedHex', ['hexToBytes', 'KeyMaterial.hex']],
	['base64', ['base64ToBytes', 'KeyMaterial.b64']],
	['base64OtherPadding', ['base64urlToBytes', 'KeyMaterial.b64']],
	['base64url', ['base64urlToBytes', 'KeyMaterial.b64']]
]);

/** Key material that is not the 32 bytes. @param first how it compares with the key material that the CMK is bound to */
export function materialRemedy(named: NamedFile, keyId: string, first: FirstMaterial): Remedy {
	switch (first.is) {
		case 'notSet':
			return decodingRemedy(named, keyId) ?? otherRemedy(named, keyId, true);
		case 'same':
			return formRemedy(named, keyId, first.form);
		case 'other':
			return tryFirst(keyId);
	}
}

/** @param form in which the plaintext is the first key material */
function formRemedy(named: NamedFile, keyId: string, form: MaterialForm): Remedy {
	switch (form) {
		case 'lowerCase':
		case 'upperCase':
			return { remedy: m.diagnosis_try_case() };
		case 'hexText':
		case 'base64Text':
			return { remedy: m.diagnosis_try_characters() };
		case 'asRead':
			return decodingRemedy(named, keyId) ?? otherRemedy(named, keyId, false);
	}
}

const sizeOfMaterial = (keyId: string): FileAction => ({
	act: 'sizes',
	of: [keyMaterialFileName(keyId)]
});

const tryFirst = (keyId: string): Remedy => ({
	remedy: m.diagnosis_try_first(),
	actions: [sizeOfMaterial(keyId)]
});

/** How to get the 32 bytes back. */
function decodingRemedy({ layers, bytes }: NamedFile, keyId: string): Remedy | undefined {
	const [outer] = layers;
	if (bytes !== MATERIAL_BYTES || !outer) return undefined;
	const made = (as: 'decoded' | 'cut') => remadeMaterialFileName(as, keyId);
	const decoding = layers.length === 1 ? DECODINGS.get(outer.id) : undefined;
	if (decoding) {
		const [act, from] = decoding;
		return {
			remedy: m.diagnosis_try_decode(),
			actions: checked({ act, from, to: made('decoded') })
		};
	}
	return outer.id === 'lineBreakBehind' && layers.length === 1
		? {
				remedy: m.diagnosis_try_cut(),
				actions: checked({
					act: 'firstBytes',
					bytes: MATERIAL_BYTES,
					from: 'KeyMaterial.txt',
					to: made('cut')
				})
			}
		: { remedy: m.diagnosis_try_undo() };
}

/** @param isFree whether the CMK accepts any key material; if not, new random bytes could never be imported */
function otherRemedy({ content }: NamedFile, keyId: string, isFree: boolean): Remedy {
	if (content === 'privateKey' || content === 'keyStore')
		return { remedy: m.file_fix_private_key() };
	if (content === 'aesKeyWrap')
		return { remedy: m.diagnosis_try_unwrapped(), actions: [sizeOfMaterial(keyId)] };
	if (!isFree) return tryFirst(keyId);
	return {
		remedy: m.diagnosis_try_32(),
		actions: checked({
			act: 'random',
			bytes: MATERIAL_BYTES,
			to: remadeMaterialFileName('new', keyId)
		})
	};
}
