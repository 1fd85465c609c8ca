/** Every kind of file that the diagnosis recognises, as rows. Complete by type: a kind without its sign does not compile. */
import type { NamedLayer } from '$lib/diagnosis/diagnosis';
import { m } from '$lib/paraglide/messages';
import type { ContentId } from '$lib/recognition/contents';
import type { CiphertextRepair } from '$lib/recognition/repairs';
import { CONTENT_FIXES, LAYER_FIXES } from '$lib/ui/features/refusals/file-remedies';
import { CONTENT_NAMES, LAYER_NAMES, type Mentioned } from '$lib/ui/features/key-facts/file-kinds';

type Signs<Id extends string> = Readonly<Record<Id, string>>;

/** An example, in no language: bytes of hexadecimal digits in capitals, text in small ones. */
const LAYER_SIGNS: Signs<Exclude<NamedLayer['id'], CiphertextRepair>> = {
	utf8Mark: 'EF BB BF …',
	utf16: 'FF FE 34 00 66 00 …',
	invisibleCharacter: '4f70 U+200B 656e…',
	fullWidth: '４ｆ７０６５６ｅ…',
	pemLines: '-----BEGIN …-----',
	dataUrl: 'data:…;base64,T3Bl…',
	pythonBytes: "b'T3Bl…'",
	jsonString: String.raw`"T3Bl\nblNT…"`,
	jsonMember: '{"…": "T3Bl…"}',
	quotes: '“4f70656e…”',
	mimePart: 'Content-Transfer-Encoding: …',
	quotedPrintable: 'T3BlblNTTA=3D=3D',
	urlEncoded: 'T3BlblNTTA%3D%3D',
	html: 'T3BlblNTTA&#61;&#61;',
	blanksForPlus: 'T3Bl blNT…',
	nameBehind: '4f70656e…  *.bin',
	nodeBuffer: '<Buffer 4f 70 65 6e …>',
	label: 'key=4f70656e…',
	codeArray: 'k = {0x4f, 0x70, 0x65, …};',
	codeString: 'k = "4f70…" + "656e…";',
	prompt: '$ xxd -p *.bin',
	hex: '4f70656e…',
	prefixedHex: '0x4f70656e…',
	separatedHex: '4f:70:65:6e:…',
	hexDump: '00000000: 4f70 656e …',
	octalDump: '0000000 117 160 145 …',
	decimalDump: '0000000 79 112 101 …',
	decimalList: '79, 112, 101, 110, …',
	utf32: 'FF FE 00 00 34 00 00 00 …',
	codeFence: '```…```',
	mailQuoted: '> 4f70656e…',
	lineNumbers: '1: 4f70656e…',
	lineEndsShown: '4f70656e…$',
	escapedBreaks: String.raw`T3Bl\nblNT…`,
	table: 'id,T3Bl…,2026',
	lookAlike: '4f70U+043E656e…',
	characterDump: String.raw`0000000 O p e n 377 \n …`,
	decimalNumber: '22173…',
	hexZeroCut: '04f7… → 4f7…',
	azureEnvelope: '{"schema_version": …, "header": …, "ciphertext": "T3Bl…"}',
	signedList: '[79, -112, 101, -18, …]',
	octalList: '117 160 145 156 …',
	binaryDigits: '01001111 01110000 …',
	escapes: String.raw`\x4f\x70\x65…`,
	base64: 'T3BlblNTTA==',
	base64OtherPadding: 'T3BlblNTTA',
	base64url: 'T3Bl-blN_TA',
	base32: 'J5YGK3STKNGA====',
	lineBreakBehind: '… 0A',
	zerosBehind: '… 6E → … 6E 00 00 00 00 …',
	lineBreaksMade: '0A → 0D 0A',
	codePageUtf16: '9C → 53 01',
	codePageUtf8: '9C → C5 93'
};

const REPAIR_SIGNS: Signs<CiphertextRepair> = {
	reversed: '4F 70 … 6E → 6E … 70 4F',
	swappedPairs: '4F 70 65 6E → 70 4F 6E 65',
	leadingZeroCut: '00 4F … → 4F …',
	trailingZeroCut: '… 6E 00 → … 6E',
	zeroBehind: '… 6E → … 6E 00',
	signByte: 'CF … → 00 CF …',
	lineBreaksLost: '0D 0A → 0A'
};

const CONTENT_SIGNS: Signs<ContentId> = {
	empty: '0 B',
	twoFiles: '256 B + KIT1…',
	damagedToken: 'KIT1…',
	importToken: 'KIT1…',
	publicKey: '294 B, 30 82 01 22 …',
	otherPublicKey: 'SEQUENCE { SEQUENCE { OID … }, BIT STRING }',
	pkcs1PublicKey: 'SEQUENCE { INTEGER, INTEGER }',
	publicKeyJwk: '{"kty": "RSA", "n": …}',
	publicKeyOpenSsh: 'ssh-rsa AAAA…',
	certificate: 'SEQUENCE { SEQUENCE { [0], INTEGER, … }, … }',
	certificateRequest: 'SEQUENCE { SEQUENCE { INTEGER, …, [0] }, … }',
	privateKey: '-----BEGIN PRIVATE KEY-----',
	keyStore: 'SEQUENCE { INTEGER, SEQUENCE { OID, [0] }, … }',
	cms: 'SEQUENCE { OID, [0] }',
	sm2Ciphertext: 'SEQUENCE { INTEGER, INTEGER, OCTET STRING, OCTET STRING }',
	azureEnvelope: '{"schema_version": …, "header": …, "ciphertext": …}',
	zip: '50 4B 03 04 …',
	gzip: '1F 8B 08 …',
	bzip2: 'BZh…',
	xz: 'FD 37 7A 58 5A 00 …',
	sevenZip: '37 7A BC AF 27 1C …',
	tar: '… ustar …',
	opensslEnc: 'Salted__…',
	pgp: '-----BEGIN PGP …-----',
	cipherTextBlob: '01 … 4x … …',
	replaced: '… EF BF BD … EF BF BD …',
	questionMarks: '… ? … ? … ? …',
	utf16OfBytes: 'FF FE …',
	wrapped: '256 B',
	rsa3072: '384 B',
	rsa4096: '512 B',
	material: '32 B',
	aesKeyWrap: '40 B',
	hybridWrap: '256 B + 40 B',
	otherKeyLength: '16 B, 24 B, 48 B, 64 B',
	oddHex: '4f70656e…4',
	oddCharacter: '4f7O656e…',
	json: '{"…": …}',
	webPage: '<!doctype html>…',
	plainText: 'passw0rd',
	otherBytes: '…'
};

/** Stands for every detail. */
const ANY: Mentioned = { character: 'U+…', before: 'n', codePage: '…', label: '…', bytes: 'n' };

/** Of kinds that are known by their length. */
const LENGTHS: Readonly<Partial<Record<ContentId, number>>> = {
	wrapped: 256,
	rsa3072: 384,
	rsa4096: 512,
	material: 32,
	aesKeyWrap: 40,
	hybridWrap: 296
};

export interface RecognisedKind {
	readonly id: string;
	readonly name: () => string;
	readonly sign: string;
	/** What to do with it in the field for encrypted key material. */
	readonly fix: () => string;
}

/** The commands that follow a fix in the diagnosis need a refusal: here it is a sentence. */
const asSentence = (fix: string): string => fix.replace(/:$/, '.').replace(/：$/, '。');

const idsOf = <Id extends string>(signs: Signs<Id>): readonly Id[] => Object.keys(signs) as Id[];

const around = <Id extends NamedLayer['id']>(signs: Signs<Id>): readonly RecognisedKind[] =>
	idsOf(signs).map((id) => ({
		id,
		name: () => LAYER_NAMES[id](ANY),
		sign: signs[id],
		fix: () => asSentence(LAYER_FIXES[id]())
	}));

export const RECOGNISED_KINDS = {
	layers: around(LAYER_SIGNS),
	repairs: around(REPAIR_SIGNS),
	contents: idsOf(CONTENT_SIGNS).map((id): RecognisedKind => ({
		id,
		name: () => CONTENT_NAMES[id]({ ...ANY, bytes: LENGTHS[id] ?? ANY.bytes }),
		sign: CONTENT_SIGNS[id],
		fix: () => (id === 'wrapped' ? m.fidelity_files_right() : asSentence(CONTENT_FIXES[id][0]()))
	}))
} as const;

export const RECOGNISED_TITLES: Readonly<Record<keyof typeof RECOGNISED_KINDS, () => string>> = {
	layers: m.fidelity_files_layers,
	repairs: m.fidelity_files_repairs,
	contents: m.fidelity_files_contents
};

export const RECOGNISED_GROUPS = Object.keys(
	RECOGNISED_TITLES
) as readonly (keyof typeof RECOGNISED_KINDS)[];
