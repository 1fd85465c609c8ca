/** What the scripts of a frame leave for each other on the window: classic scripts import nothing. */
import type { Scenario } from '../../scenario/format';
import type { EmbedParameters } from '../parameters';
import type { FromEmbed } from '../protocol';

/** The line to the page around the frame; silent where there is none. */
export interface HostLink {
	/** Kept until the host has connected. */
	send(message: FromEmbed): void;
	/** @param tell gets what came through the port after the host has connected; written by anybody */
	listen(tell: (message: unknown) => void): void;
}

/** The page that has its scenario in the address. */
export const FROM_LINK = 'scenario';

export type Locale = 'en' | 'zh-CN';

export type FaultCode = 'Scenario' | 'Parameters' | 'Engine' | 'TooLarge';

/** Why there is no demo. `detail` is what of the address is meant, where it is about that. */
export type Fail = (code: FaultCode, detail?: string) => void;

export interface CoreStart {
	/** The demo's name, as its page has it. */
	readonly name: string;
	readonly scenario: Scenario;
	readonly parameters: EmbedParameters;
	readonly link: HostLink;
	readonly target: HTMLElement;
	readonly fail: Fail;
}

export type ReaderAnswer =
	| { readonly ok: true; readonly scenario: Scenario }
	| { readonly ok: false; readonly code: 'Scenario' | 'TooLarge' };

declare global {
	/** Called by `scenarios/<name>.<locale>.js`. */
	var kmsScenario: ((name: string, scenario: Scenario) => void) | undefined;
	/** The engine's source (`engine.js`). */
	var kmsEngine: string | undefined;
	/** Says in the frame why there is no demo (`core.<locale>.js`). @returns the same in one line */
	var kmsFault: ((target: HTMLElement, code: FaultCode, detail: string) => string) | undefined;
	/** `core.<locale>.js` */
	var kmsCore: ((start: CoreStart) => void) | undefined;
	/** `reader.js`: reads the scenario that an address carries after its `#`. */
	var kmsReader: ((fragment: string) => Promise<ReaderAnswer>) | undefined;
}
