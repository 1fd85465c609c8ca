/**
 * Types of the element `<kms-demo>`, for pages that load `kms-demo.js`. Take this file beside your sources and import its types:
 *
 *     import type { KmsDemoElement } from './kms-demo';
 *
 * After that import `document.querySelector('kms-demo')` and its events are typed. In a component language, say once:
 *
 *     // React 19
 *     declare module 'react' {
 *       namespace JSX { interface IntrinsicElements { 'kms-demo': KmsDemoJsx & React.RefAttributes<KmsDemoElement> } }
 *     }
 *     // Vue 3, with compilerOptions.isCustomElement = (tag) => tag === 'kms-demo'
 *     declare module 'vue' { interface GlobalComponents { 'kms-demo': new () => { $props: KmsDemoAttributes } } }
 *     // Svelte 5
 *     declare module 'svelte/elements' { interface SvelteHTMLElements { 'kms-demo': KmsDemoJsx } }
 */

export type KmsDemoPart =
	'create' | 'parameters' | 'encrypt' | 'upload' | 'expiry' | 'use' | 'guide';

/** As markup says it; each of them is a property of the element too. */
export interface KmsDemoAttributes {
	/** The name of a demo: a step of the procedure such as `upload`, a lesson or a drill. */
	scenario?: string;
	/** A scenario of your own: the link `…#s=…` that the sandbox made of it. It stands instead of `scenario`. */
	src?: string;
	/** Parts of the console to show, with commas between; absent: those that the scenario is about. */
	parts?: string;
	/** `en` or `zh-CN`; absent: the visitor's. */
	lang?: string;
	theme?: 'auto' | 'light' | 'dark';
	/** `#rrggbb` */
	accent?: string;
	/** Without hints and solution. */
	exam?: boolean | '';
	/** What the sandbox clock shows at the start: ISO 8601, UTC. */
	clock?: string;
	/** Room that is kept before anything is loaded, in CSS pixels; a demo that needs more takes it. 480 */
	height?: number | string;
	/** When it is loaded: at the press of its button (the default), once it is seen, or at once. */
	start?: 'click' | 'visible' | 'now';
	/** The folder of the demos, where the script is a copy of your own. */
	base?: string;
	/** Runs it without an origin: `allow-scripts` is given, more as the attribute of an iframe has it. */
	sandbox?: string;
	/** Keeps the state in the visitor's browser under this name; absent: it is gone with the page. */
	persist?: string;
	/** Names the demo, for its button and for screen readers. */
	title?: string;
}

export interface KmsDemoEventDetails {
	/** Once per load of the demo. */
	ready: {
		readonly scenario: string;
		readonly locale: 'en' | 'zh-CN';
		readonly steps: number;
		readonly storage: 'memory' | 'stored';
	};
	step: { readonly index: number; readonly of: number; readonly done: boolean };
	refused: { readonly operation: string; readonly code: string };
	goal: { readonly id: string; readonly met: number; readonly all: number };
	complete: {
		readonly ms: number;
		readonly hints: number;
		readonly mistakes: number;
		/** False once the solution was shown. */
		readonly credit: boolean;
	};
	/** The height that the demo would like, in CSS pixels. */
	resize: { readonly height: number };
	/** An xAPI 1.0.3 statement without an actor. */
	xapi: { readonly statement: Readonly<Record<string, unknown>> };
	error: {
		readonly code: 'Scenario' | 'Parameters' | 'Engine' | 'TooLarge' | 'Unsupported';
		readonly message: string;
	};
}

/** None of them bubbles. */
export type KmsDemoEventMap = {
	[Name in keyof KmsDemoEventDetails]: CustomEvent<KmsDemoEventDetails[Name]>;
};

/** To an instant (ISO 8601, UTC), by hours, or back to the system's clock. */
export type KmsDemoClockMove =
	{ readonly to: string } | { readonly hours: number } | { readonly system: true };

export interface KmsDemoState {
	readonly scenario: string;
	/** Zero-based. */
	readonly step: number;
	/** By the id of the goal: whether it is reached. */
	readonly goals: Readonly<Record<string, boolean>>;
	/** Oldest first. */
	readonly keys: readonly { readonly state: string; readonly origin: string }[];
	/** What the sandbox clock shows, in milliseconds since 1970. */
	readonly nowMs: number;
	readonly complete: boolean;
}

export interface KmsDemoElement extends HTMLElement {
	/** `''` where the attribute is absent, as for all that are texts. */
	scenario: string;
	src: string;
	parts: string;
	theme: string;
	accent: string;
	exam: boolean;
	clock: string;
	height: number;
	start: string;
	base: string;
	sandbox: string;
	persist: string;

	/**
	 * Begins the scenario again. As all methods: the demo starts if it did not yet; rejects with an Error that says what to do
	 * when the element is in no page, the demo refuses, or no answer comes in 30 s.
	 */
	reset(): Promise<void>;
	/** @param step zero-based */
	goTo(step: number): Promise<void>;
	setClock(move: KmsDemoClockMove): Promise<void>;
	getState(): Promise<KmsDemoState>;

	addEventListener<Name extends keyof KmsDemoEventMap>(
		type: Name,
		listener: (this: KmsDemoElement, event: KmsDemoEventMap[Name]) => unknown,
		options?: boolean | AddEventListenerOptions
	): void;
	addEventListener<Name extends Exclude<keyof HTMLElementEventMap, keyof KmsDemoEventMap>>(
		type: Name,
		listener: (this: KmsDemoElement, event: HTMLElementEventMap[Name]) => unknown,
		options?: boolean | AddEventListenerOptions
	): void;
	addEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | AddEventListenerOptions
	): void;
	removeEventListener<Name extends keyof KmsDemoEventMap>(
		type: Name,
		listener: (this: KmsDemoElement, event: KmsDemoEventMap[Name]) => unknown,
		options?: boolean | EventListenerOptions
	): void;
	removeEventListener(
		type: string,
		listener: EventListenerOrEventListenerObject,
		options?: boolean | EventListenerOptions
	): void;
}

/** Attributes and listeners, `onready` and so on, as React 19 and Svelte 5 take them in JSX or markup. */
export type KmsDemoJsx = KmsDemoAttributes & {
	[Name in keyof KmsDemoEventMap as `on${Name}`]?: (event: KmsDemoEventMap[Name]) => unknown;
} & { children?: unknown; class?: string; className?: string; id?: string; slot?: string };

declare global {
	interface HTMLElementTagNameMap {
		'kms-demo': KmsDemoElement;
	}
}
