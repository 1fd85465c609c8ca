/** What a file of the tray is, as far as its content tells, and in whose colour it is shown. */
import type { Bytes } from '$lib/domain/bytes';
import {
	procedureFile,
	publicKeyPemBytes,
	recognizeUpload,
	type ProcedureFile
} from '$lib/domain/uploaded-file';
import { m } from '$lib/paraglide/messages';

export interface TrayFileFacts {
	/** undefined: none of the procedure's files as the service would read it. */
	readonly kind: ProcedureFile | undefined;
	readonly form: 'hex' | 'base64' | 'raw' | 'pem' | 'text' | 'empty';
}

const NOTHING = new Uint8Array();

export function trayFileFacts(file: Bytes): TrayFileFacts {
	const upload = recognizeUpload(file);
	switch (upload.form) {
		case 'hex':
		case 'base64':
		case 'raw':
			return { kind: procedureFile(upload.bytes), form: upload.form };
		case 'pem':
			return { kind: procedureFile(publicKeyPemBytes(file) ?? NOTHING), form: 'pem' };
		case 'empty':
			return { kind: undefined, form: 'empty' };
		case 'text':
		case 'oddHex':
		case 'tooLarge':
			return { kind: undefined, form: 'text' };
	}
}

const TRAVELS: readonly ProcedureFile[] = ['publicKey', 'importToken', 'wrapped'];

/** What is made to travel is violet; what stays on the customer's machine is teal. */
export function partyOf(facts: TrayFileFacts | undefined): 'customer' | 'wire' {
	return facts?.kind && TRAVELS.includes(facts.kind) ? 'wire' : 'customer';
}

const KIND: Readonly<Record<ProcedureFile, () => string>> = {
	material: m.tray_kind_material,
	publicKey: m.tray_kind_public_key,
	importToken: m.tray_kind_import_token,
	wrapped: m.tray_kind_wrapped
};

const FORM: Readonly<Record<TrayFileFacts['form'], () => string>> = {
	hex: m.tray_form_hex,
	base64: m.tray_form_base64,
	raw: m.tray_form_raw,
	pem: m.tray_form_pem,
	text: m.tray_form_text,
	empty: m.tray_form_empty
};

/** "public key, PEM" */
export function factsText({ kind, form }: TrayFileFacts): string {
	return m.tray_kind_and_form({
		kind: (kind ? KIND[kind] : m.tray_kind_unknown)(),
		form: FORM[form]()
	});
}
