/** What the page says about a file before it is sent. The service sees the same bytes and decides by itself. */
import { startsWith, type Bytes } from '$lib/domain/bytes';
import { guessBytes, recognizeUpload, type UploadedFile } from '$lib/domain/uploaded-file';
import { m } from '$lib/paraglide/messages';

export type UploadKind = 'encryptedKeyMaterial' | 'importToken';

export interface Observation {
	readonly tone: 'ok' | 'warn';
	readonly text: string;
}

const warn = (text: string): Observation => ({ tone: 'warn', text });
const fine = (text: string): Observation => ({ tone: 'ok', text });

/** @param file the whole content, or enough of it to see that it is too large */
export function observeUpload(file: Bytes, kind: UploadKind): Observation {
	const upload = recognizeUpload(file);
	switch (upload.form) {
		case 'empty':
			return warn(m.observed_empty());
		case 'tooLarge':
			return warn(m.observed_too_large());
		case 'oddHex':
			return warn(m.observed_odd_hex({ digits: upload.digits }));
		case 'text':
			return warn(m.observed_text({ bytes: upload.fileBytes }));
		case 'pem':
			return warn(observedPem(upload.label, kind));
		case 'raw':
			return isUtf16(file) ? warn(m.observed_utf16()) : observeBytes(upload, kind);
		case 'hex':
		case 'base64':
			return observeBytes(upload, kind);
	}
}

function observedPem(label: string, kind: UploadKind): string {
	return kind === 'importToken' ? m.observed_pem_token({ label }) : m.observed_pem({ label });
}

type Decoded = Extract<UploadedFile, { readonly bytes: Bytes }>;

function observeBytes(upload: Decoded, kind: UploadKind): Observation {
	const seen = describe(upload);
	const isToken = kind === 'importToken';
	switch (guessBytes(upload.bytes)) {
		case 'importToken':
			return isToken
				? fine(m.observed_token({ seen }))
				: warn(m.observed_token_in_material({ seen }));
		case 'wrapped':
			return isToken
				? warn(m.observed_wrapped_in_token({ seen }))
				: fine(m.observed_as_expected({ seen }));
		case 'publicKey':
			return warn(
				isToken ? m.observed_public_key_in_token({ seen }) : m.observed_public_key({ seen })
			);
		case 'material':
			return warn(m.observed_material({ seen }));
		case 'encodedTwice':
			return warn(m.observed_encoded_twice({ seen }));
		case 'unknown':
			return warn(isToken ? m.observed_not_token({ seen }) : m.observed_length({ seen }));
	}
}

/** "512 hexadecimal digits = 256 bytes" */
function describe({ form, bytes: { length } }: Decoded): string {
	switch (form) {
		case 'hex':
			return m.seen_hex({ digits: 2 * length, bytes: length });
		case 'base64':
			return m.seen_base64({ bytes: length });
		case 'raw':
			return m.seen_raw({ bytes: length });
	}
}

/** The byte order mark of UTF-16, little endian, and then a character below U+0100. */
const isUtf16 = (file: Bytes): boolean =>
	startsWith(file, new Uint8Array([0xff, 0xfe])) && file[3] === 0;
