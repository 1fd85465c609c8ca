/** What the page says about a file before it is sent. The service sees the same bytes and decides by itself. */
import type { NamedFile, UploadField } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { procedureFile, recognizeUpload, type UploadedFile } from '$lib/domain/uploaded-file';
import { m } from '$lib/paraglide/messages';
import type { ContentId } from '$lib/recognition/contents';

export type Observation =
	| { readonly tone: 'ok'; readonly text: string }
	| {
			readonly tone: 'warn';
			/** As the service reads it. What the file is comes instead, where the diagnosis is shown. */
			readonly seen: string;
			/** What the field takes, or what to do; undefined: `seen` says all there is to say. */
			readonly advice?: string;
	  };

/** What the advice follows. */
interface Known {
	readonly layers: NamedFile['layers'];
	readonly content: ContentId | undefined;
}

/**
 * @param file the whole content, or enough of it to see that it is too large
 * @param named what it is, by itself; undefined while the diagnosis is hidden: then only what the service reads is known
 */
export function observeUpload(
	file: Bytes,
	named: NamedFile | undefined,
	field: UploadField
): Observation {
	const upload = recognizeUpload(file);
	const read = 'bytes' in upload ? procedureFile(upload.bytes) : undefined;
	const known = named ?? { layers: [], content: read };
	switch (upload.form) {
		case 'empty':
			return { tone: 'warn', seen: m.observed_empty() };
		case 'tooLarge':
			return { tone: 'warn', seen: m.observed_too_large() };
		case 'oddHex':
			return warn(m.observed_odd_hex({ digits: upload.digits }), known, field);
		case 'text':
			return warn(m.observed_text({ bytes: upload.fileBytes }), known, field);
		case 'pem':
			return warn(m.observed_pem({ label: upload.label }), known, field);
		case 'hex':
		case 'base64':
		case 'raw': {
			const seen = describe(upload);
			const { file, asExpected } = TAKES[field];
			return read === file && known.content === file
				? { tone: 'ok', text: asExpected({ seen }) }
				: warn(m.observed_bytes({ seen }), known, field);
		}
	}
}

const TAKES = {
	encryptedKeyMaterial: {
		file: 'wrapped',
		asExpected: m.observed_as_expected,
		advice: m.observed_takes_material
	},
	importToken: {
		file: 'importToken',
		asExpected: m.observed_token,
		advice: m.observed_takes_token
	}
} as const;

/** “512 hexadecimal characters = 256 bytes” */
function describe({
	form,
	bytes: { length }
}: Extract<UploadedFile, { readonly bytes: Bytes }>): string {
	switch (form) {
		case 'hex':
			return m.seen_hex({ digits: 2 * length, bytes: length });
		case 'base64':
			return m.seen_base64({ bytes: length });
		case 'raw':
			return m.seen_raw({ bytes: length });
	}
}

const warn = (seen: string, { layers, content }: Known, field: UploadField): Observation => ({
	tone: 'warn',
	seen,
	advice: ((content && ADVICE[field][content]) ?? writtenBy(layers) ?? TAKES[field].advice)()
});

/** What to do with a file that is not the one of its field. */
const ADVICE: Readonly<Record<UploadField, Readonly<Partial<Record<ContentId, () => string>>>>> = {
	encryptedKeyMaterial: {
		importToken: m.observed_token_try,
		publicKey: m.observed_public_key_try,
		otherPublicKey: m.observed_public_key_try,
		pkcs1PublicKey: m.observed_public_key_try,
		publicKeyJwk: m.observed_public_key_try,
		publicKeyOpenSsh: m.observed_public_key_try,
		certificate: m.observed_public_key_try,
		material: m.observed_material_try
	},
	importToken: {
		wrapped: m.observed_wrapped_try,
		material: m.observed_material_try
	}
};

/** The tool that writes such a text destroys binary files. */
const writtenBy = ([outer]: NamedFile['layers']) =>
	outer?.id === 'utf16' ? m.observed_utf16_try : undefined;
