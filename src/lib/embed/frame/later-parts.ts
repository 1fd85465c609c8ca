/** What is loaded when it is first asked for: a script with a Svelte of its own, which mounts into what it is given. */
import type { RefusedCall } from '../../diagnosis/diagnosis';
import type { Refusal } from '../../domain/refusals';
import { scriptUrl } from '../engine/script-url';
import type { Locale } from './globals';

export interface LaterProps {
	readonly diagnosis: { readonly refusal: Refusal; readonly call: RefusedCall | undefined };
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
	var kmsLater: MountLater | undefined;
	/** No diagnosis is ever loaded. */
	var kmsEmbedExam: boolean | undefined;
}

let loading: Promise<MountLater> | undefined;

/** @throws when it cannot be loaded; the next call tries again */
export function loadLater(locale: Locale): Promise<MountLater> {
	if (globalThis.kmsLater) return Promise.resolve(globalThis.kmsLater);
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
	if (!globalThis.kmsLater) throw new Error('the rest of the demo is not what was expected');
	return globalThis.kmsLater;
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
