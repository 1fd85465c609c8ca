/** What a file is, in words: the layers from the outside in, and what stands in the middle. Complete by type. */
import type { NamedFile, NamedLayer, SecretDetail } from '$lib/diagnosis/diagnosis';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { ContentId } from '$lib/recognition/contents';
import type { DamageId } from '$lib/recognition/encodings';
import type { Detail } from '$lib/recognition/layer';
import type { CiphertextRepair } from '$lib/recognition/repairs';

/** What a name may mention. */
export interface Mentioned {
	readonly character: string;
	/** A letter for a kind as such. */
	readonly before: number | string;
	readonly codePage: string;
	readonly label: string;
	/** A letter for a kind as such. */
	readonly bytes: number | string;
}

type Names<Id extends string> = Readonly<Record<Id, (mentioned: Mentioned) => string>>;

/** Layers around other bytes or other text. */
const AROUND_NAMES: Names<Exclude<NamedLayer['id'], ChangeId>> = {
	utf8Mark: m.file_layer_utf8_mark,
	utf16: m.file_layer_utf16,
	utf32: m.file_layer_utf32,
	invisibleCharacter: m.file_layer_invisible_character,
	fullWidth: m.file_layer_full_width,
	pemLines: m.file_layer_pem_lines,
	dataUrl: m.file_layer_data_url,
	pythonBytes: m.file_layer_python_bytes,
	jsonString: m.file_layer_json_string,
	azureEnvelope: m.file_content_azure_envelope,
	jsonMember: m.file_layer_json_member,
	quotes: m.file_layer_quotes,
	mimePart: m.file_layer_mime_part,
	quotedPrintable: m.file_layer_quoted_printable,
	urlEncoded: m.file_layer_url_encoded,
	html: m.file_layer_html,
	blanksForPlus: m.file_layer_blanks_for_plus,
	nameBehind: m.file_layer_name_behind,
	nodeBuffer: m.file_layer_node_buffer,
	label: m.file_layer_label,
	codeArray: m.file_layer_code_array,
	codeString: m.file_layer_code_string,
	prompt: m.file_layer_prompt,
	codeFence: m.file_layer_code_fence,
	mailQuoted: m.file_layer_mail_quoted,
	lineNumbers: m.file_layer_line_numbers,
	lineEndsShown: m.file_layer_line_ends_shown,
	escapedBreaks: m.file_layer_escaped_breaks,
	table: m.file_layer_table,
	lookAlike: m.file_layer_look_alike,
	hex: m.file_layer_hex,
	prefixedHex: m.file_layer_prefixed_hex,
	separatedHex: m.file_layer_separated_hex,
	hexDump: m.file_layer_hex_dump,
	octalDump: m.file_layer_octal_dump,
	decimalDump: m.file_layer_decimal_dump,
	characterDump: m.file_layer_character_dump,
	decimalList: m.file_layer_decimal_list,
	signedList: m.file_layer_signed_list,
	octalList: m.file_layer_octal_list,
	decimalNumber: m.file_layer_decimal_number,
	binaryDigits: m.file_layer_binary_digits,
	escapes: m.file_layer_escapes,
	base64: m.file_layer_base64,
	base64OtherPadding: m.file_layer_base64_other_padding,
	base64url: m.file_layer_base64url,
	base32: m.file_layer_base32,
	hexZeroCut: m.file_layer_hex_zero_cut
};

type ChangeId = DamageId | CiphertextRepair;

/** Changes that turned bytes into other bytes. */
const CHANGE_NAMES: Names<ChangeId> = {
	lineBreakBehind: m.file_layer_line_break_behind,
	zerosBehind: m.file_layer_zeros_behind,
	zeroBehind: m.file_layer_zero_behind,
	lineBreaksMade: m.file_layer_line_breaks_made,
	codePageUtf16: m.file_layer_code_page_utf16,
	codePageUtf8: m.file_layer_code_page_utf8,
	reversed: m.file_layer_reversed,
	swappedPairs: m.file_layer_swapped_pairs,
	leadingZeroCut: m.file_layer_leading_zero_cut,
	trailingZeroCut: m.file_layer_trailing_zero_cut,
	signByte: m.file_layer_sign_byte,
	lineBreaksLost: m.file_layer_line_breaks_lost
};

export const LAYER_NAMES: Names<NamedLayer['id']> = { ...AROUND_NAMES, ...CHANGE_NAMES };

export const CONTENT_NAMES: Names<ContentId> = {
	empty: m.file_content_empty,
	twoFiles: m.file_content_two_files,
	importToken: m.file_content_import_token,
	damagedToken: m.file_content_damaged_token,
	publicKey: m.file_content_public_key,
	otherPublicKey: m.file_content_other_public_key,
	pkcs1PublicKey: m.file_content_pkcs1_public_key,
	publicKeyJwk: m.file_content_public_key_jwk,
	publicKeyOpenSsh: m.file_content_public_key_open_ssh,
	certificate: m.file_content_certificate,
	certificateRequest: m.file_content_certificate_request,
	privateKey: m.file_content_private_key,
	keyStore: m.file_content_key_store,
	cms: m.file_content_cms,
	sm2Ciphertext: m.file_content_sm2_ciphertext,
	azureEnvelope: m.file_content_azure_envelope,
	zip: m.file_content_zip,
	gzip: m.file_content_gzip,
	bzip2: m.file_content_bzip2,
	xz: m.file_content_xz,
	sevenZip: m.file_content_seven_zip,
	tar: m.file_content_tar,
	opensslEnc: m.file_content_openssl_enc,
	pgp: m.file_content_pgp,
	cipherTextBlob: m.file_content_cipher_text_blob,
	replaced: m.file_content_replaced,
	questionMarks: m.file_content_question_marks,
	utf16OfBytes: m.file_content_utf16_of_bytes,
	wrapped: m.file_content_wrapped,
	rsa3072: m.file_content_rsa3072,
	rsa4096: m.file_content_rsa4096,
	material: m.file_content_material,
	aesKeyWrap: m.file_content_aes_key_wrap,
	hybridWrap: m.file_content_hybrid_wrap,
	otherKeyLength: m.file_content_other_key_length,
	oddHex: m.file_content_odd_hex,
	oddCharacter: m.file_content_odd_character,
	json: m.file_content_json,
	webPage: m.file_content_web_page,
	plainText: m.file_content_plain_text,
	otherBytes: m.file_content_other_bytes
};

/** “+” and U+200B alike: what can't be seen is named by its number. */
function nameCharacter(character: string): string {
	const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `“${character}” ${number}` : number;
}

function mentioned(detail: Detail | SecretDetail | undefined, bytes = 0): Mentioned {
	const nothing = { character: '', before: 0, codePage: '', label: '', bytes };
	if (!detail) return nothing;
	if ('withheld' in detail) {
		const { withheld, ...rest } = detail;
		return { ...nothing, ...rest, [withheld]: m.diagnosis_withheld() };
	}
	return 'character' in detail
		? { ...nothing, character: nameCharacter(detail.character), before: detail.before }
		: { ...nothing, ...detail };
}

/** Chinese separates its characters from Latin letters and digits with a space. A name always follows such a character. */
const inSentence = (name: string): string =>
	getLocale() === 'zh-CN' && /^[\dA-Za-z]/.test(name) ? ` ${name}` : name;

/** "base64 text, which contains 256 bytes, the length of encrypted key material" */
export function nameFile({ layers, content, detail, bytes }: NamedFile): string {
	return layers.reduceRight(
		(inside, { id, detail: found }) => {
			const names = { outer: LAYER_NAMES[id](mentioned(found)), inner: inside };
			return inSentence(id in CHANGE_NAMES ? m.file_originally(names) : m.file_contains(names));
		},
		inSentence(CONTENT_NAMES[content](mentioned(detail, bytes)))
	);
}
