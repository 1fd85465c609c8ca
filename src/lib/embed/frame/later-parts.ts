/** What is loaded when it is first asked for: a script with a Svelte of its own, which mounts into what it is given. */
import { version } from '$app/environment';
import type { NamedFile, RefusedCall, UploadField } from '../../diagnosis/diagnosis';
import type { Bytes } from '../../domain/bytes';
import type { Refusal } from '../../domain/refusals';
import { scriptUrl } from '../engine/script-url';
import type { Locale } from './globals';

export interface LaterProps {
	readonly diagnosis: { readonly refusal: Refusal; readonly call: RefusedCall | undefined };
	/** What is said about a file that was chosen in the import form. */
	readonly observed: {
		readonly bytes: Bytes;
		readonly named: NamedFile;
		readonly field: UploadField;
	};
	/** All that there is to a CMK: its state, when its key material expires, what changes it. */
	readonly key: { readonly keyId: string };
	/** The customer's files, with all that can be done with them. */
	readonly tray: Readonly<Record<string, never>>;
	/** The way into the whole sandbox. */
	readonly full: { readonly onclose: () => void };
	readonly use: { readonly keyId: string };
	readonly log: Readonly<Record<string, never>>;
}
export type LaterName = keyof LaterProps;

/** @returns the end of it */
export type MountLater = <Name extends LaterName>(
	name: Name,
	target: HTMLElement,
	props: LaterProps[Name]
) => () => void;

declare global {
	/** `later.<locale>.js` */
	var kmsLater: { readonly version: string; readonly mount: MountLater } | undefined;
	/** No diagnosis is ever shown. */
	var kmsEmbedExam: boolean | undefined;
}

let loading: Promise<MountLater> | undefined;

/** The host has been given another version since the frame was loaded. The two would not fit: the page has to be loaded anew. */
export class OtherVersionError extends Error {}

/**
 * @throws {OtherVersionError}
 * @throws when it cannot be loaded; the next call tries again
 */
export function loadLater(locale: Locale): Promise<MountLater> {
	// the later script has a copy of this module, and was loaded by the second script's
	const { kmsLater: later } = globalThis;
	if (later?.version === version) return Promise.resolve(later.mount);
	loading ??= load(locale).catch((error: unknown) => {
		loading = undefined;
		throw error;
	});
	return loading;
}

async function load(locale: Locale): Promise<MountLater> {
	const sheet = document.createElement('link');
	sheet.rel = 'stylesheet';
	sheet.href = 'later.css';
	const script = document.createElement('script');
	script.src = scriptUrl(`later.${locale}.js`);
	await Promise.all([sheet, script].map(loaded));
	const { kmsLater: later } = globalThis;
	if (!later) throw new Error('the rest of the demo is not what was expected');
	if (later.version !== version) throw new OtherVersionError('the rest of the demo is another');
	return later.mount;
}

function loaded(element: HTMLElement): Promise<void> {
	return new Promise((resolve, reject) => {
		element.onload = () => {
			resolve();
		};
		element.onerror = () => {
			element.remove();
			reject(new Error('the rest of the demo could not be loaded'));
		};
		document.head.append(element);
	});
}
