/**
 * What an embed and the page around it say to each other, version 1. The embed posts one hello to its parent window, with a
 * port; everything else goes through that port. Neither side trusts what it gets: the readers below take any value, never
 * throw, and answer `undefined` for what is not theirs.
 */
export const PROTOCOL_VERSION = 1;

/** A message longer than this, as JSON, is not looked at. */
export const MOST_MESSAGE_CHARACTERS = 65_536;

/** The only message to `'*'`: the embed does not know who frames it, and nothing in it is a secret. */
export interface Hello {
	readonly kms: 'embed';
	readonly v: typeof PROTOCOL_VERSION;
	readonly type: 'hello';
	/** Drawn anew for every load. */
	readonly id: string;
}

export const ERROR_CODES = ['Scenario', 'Parameters', 'Engine', 'TooLarge', 'Unsupported'] as const;

/** What the events of an embed carry. No bytes, no identifiers of keys. */
export interface EventDetails {
	/** Once per load: what is asked for next will be answered. */
	readonly ready: {
		readonly scenario: string;
		readonly locale: 'en' | 'zh-CN';
		readonly steps: number;
		readonly storage: 'memory' | 'stored';
	};
	readonly step: { readonly index: number; readonly of: number; readonly done: boolean };
	readonly refused: { readonly operation: string; readonly code: string };
	readonly goal: { readonly id: string; readonly met: number; readonly all: number };
	readonly complete: {
		readonly ms: number;
		readonly hints: number;
		readonly mistakes: number;
		/** False once the solution was shown. */
		readonly credit: boolean;
	};
	/** In CSS pixels. */
	readonly resize: { readonly height: number };
	/** An xAPI 1.0.3 statement without an actor, which only the host knows. */
	readonly xapi: { readonly statement: Readonly<Record<string, unknown>> };
	readonly error: { readonly code: (typeof ERROR_CODES)[number]; readonly message: string };
}

export type EventName = keyof EventDetails;

/** As the sandbox clock is moved: to an instant (ISO 8601, UTC), by hours, or back to the system's. */
export type ClockMove =
	{ readonly to: string } | { readonly hours: number } | { readonly system: true };

export interface EmbedState {
	readonly scenario: string;
	/** Zero-based. */
	readonly step: number;
	/** By the id of the goal: whether it is reached. */
	readonly goals: Readonly<Record<string, boolean>>;
	/** The CMKs there are, oldest first. */
	readonly keys: readonly { readonly state: string; readonly origin: string }[];
	/** What the sandbox clock shows, in milliseconds since 1970. */
	readonly nowMs: number;
	readonly complete: boolean;
}

/** What the host may ask of an embed. */
export interface Methods {
	/** Begins the scenario again. */
	reset(): void;
	/** @param step zero-based */
	goTo(step: number): void;
	setClock(move: ClockMove): void;
	getState(): EmbedState;
}

export type MethodName = keyof Methods;

export type FromEmbed =
	| { readonly [Name in EventName]: { readonly type: Name } & EventDetails[Name] }[EventName]
	| { readonly type: 'answer'; readonly n: number; readonly ok: true; readonly value: unknown }
	| { readonly type: 'answer'; readonly n: number; readonly ok: false; readonly code: string };

export type ToEmbed =
	| { readonly type: 'connect'; readonly id: string }
	| {
			readonly [Name in MethodName]: {
				readonly type: 'call';
				/** Grows with every call; one that was used already is ignored. */
				readonly n: number;
				readonly method: Name;
				readonly args: Parameters<Methods[Name]>;
			};
	  }[MethodName];
