/**
 * What an embed and the page around it say to each other, version 1. The embed posts one hello to its parent window, with a
 * port; everything else goes through that port. Neither side trusts what it gets: the readers below take any value, never
 * throw, and answer `undefined` for what is not theirs.
 */
const PROTOCOL_VERSION = 1;

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

/** Nesting beyond this is nobody's message. */
const MOST_LEVELS = 16;

type Guard<T> = (value: unknown) => value is T;
type Fields<T> = { readonly [Name in keyof T]: Guard<T[Name]> };
type Plain = Readonly<Record<string, unknown>>;

const text: Guard<string> = (value): value is string =>
	typeof value === 'string' && value.length <= 4096;
const flag: Guard<boolean> = (value) => typeof value === 'boolean';
const finite: Guard<number> = (value): value is number =>
	typeof value === 'number' && Number.isFinite(value);
export const count: Guard<number> = (value): value is number =>
	Number.isSafeInteger(value) && Number(value) >= 0;
const plain: Guard<Plain> = (value): value is Plain =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
/** What a method answered: nothing, or a state. */
const outcome: Guard<unknown> = (value): value is unknown =>
	value === undefined || value === null || plain(value);
const oneOf =
	<const T>(...allowed: readonly T[]): Guard<T> =>
	(value): value is T =>
		allowed.includes(value as T);

const EVENTS: { readonly [Name in EventName]: Fields<EventDetails[Name]> } = {
	ready: {
		scenario: text,
		locale: oneOf('en', 'zh-CN'),
		steps: count,
		storage: oneOf('memory', 'stored')
	},
	step: { index: count, of: count, done: flag },
	refused: { operation: text, code: text },
	goal: { id: text, met: count, all: count },
	complete: { ms: finite, hints: count, mistakes: count, credit: flag },
	resize: { height: finite },
	xapi: { statement: plain },
	error: { code: oneOf(...ERROR_CODES), message: text }
};

/** Of years with four digits; `Date.parse` alone would take what each browser likes. */
const isInstant = (value: string): boolean =>
	/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(value) &&
	!Number.isNaN(Date.parse(value));

export const isClockMove: Guard<ClockMove> = (value): value is ClockMove => {
	if (!plain(value) || Object.keys(value).length !== 1) return false;
	if ('to' in value) return text(value['to']) && isInstant(value['to']);
	return 'hours' in value ? finite(value['hours']) : value['system'] === true;
};

const ARGUMENTS: { readonly [Name in MethodName]: readonly Guard<unknown>[] } = {
	reset: [],
	goTo: [count],
	setClock: [isClockMove],
	getState: []
};

/** `toString` and the like are not entries of a table. */
const entryOf = <T extends object>(table: T, name: unknown): T[keyof T] | undefined =>
	typeof name === 'string' && Object.hasOwn(table, name) ? table[name as keyof T] : undefined;

/**
 * Reads every property once, so that what was checked is what is used.
 * @throws for what JSON cannot say, is longer than {@link MOST_MESSAGE_CHARACTERS} or nested too deep, and whatever a getter throws
 */
function copyOf(value: unknown): unknown {
	let left = MOST_MESSAGE_CHARACTERS;
	const spend = (characters: number) => {
		left -= characters;
		if (left < 0) throw new RangeError('too long');
	};
	const copy = (part: unknown, level: number): unknown => {
		spend(1);
		if (typeof part === 'string') {
			spend(part.length);
			return part;
		}
		if (part === null || flag(part) || finite(part)) return part;
		if (typeof part !== 'object' || level === MOST_LEVELS) throw new TypeError('not a message');
		if (Array.isArray(part)) {
			const list: readonly unknown[] = part;
			// before it is walked: an array may say that it has four thousand million places
			spend(list.length);
			return Array.from(list, (item) => copy(item, level + 1));
		}
		// what comes out of a port has this prototype or, in a test without one, none
		const prototype: unknown = Object.getPrototypeOf(part);
		if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
			throw new TypeError('not a plain object');
		const names = Object.keys(part);
		spend(names.length);
		return Object.fromEntries(
			names.flatMap((name) => {
				spend(name.length);
				const inner: unknown = (part as Plain)[name];
				return inner === undefined ? [] : [[name, copy(inner, level + 1)]];
			})
		);
	};
	return copy(value, 0);
}

/** Takes the fields it knows and leaves others out: a later embed may say more. */
function readFields<T extends object>(fields: Fields<T>, value: Plain): T | undefined {
	const read: Partial<T> = {};
	for (const name in fields) {
		const field = entryOf(value, name);
		if (!fields[name](field)) return undefined;
		read[name] = field;
	}
	return read as T;
}

function readPlain<T>(value: unknown, read: (message: Plain) => T | undefined): T | undefined {
	try {
		const message = copyOf(value);
		return plain(message) ? read(message) : undefined;
	} catch {
		return undefined;
	}
}

/** Of exactly this shape: anybody may post to a window, and other libraries do. */
export const readHello = (value: unknown): Hello | undefined =>
	readPlain(value, (message) =>
		Object.keys(message).length === 4
			? readFields<Hello>(
					{ kms: oneOf('embed'), v: oneOf(PROTOCOL_VERSION), type: oneOf('hello'), id: text },
					message
				)
			: undefined
	);

/** What came out of the port, for the host. */
export const readFromEmbed = (value: unknown): FromEmbed | undefined =>
	readPlain(value, (message) => {
		const type = message['type'];
		if (type === 'answer') {
			const answer = { type: oneOf('answer'), n: count };
			return message['ok'] === true
				? readFields({ ...answer, ok: oneOf(true), value: outcome }, message)
				: readFields({ ...answer, ok: oneOf(false), code: text }, message);
		}
		const fields = entryOf(EVENTS, type);
		const details = fields && readFields<object>(fields, message);
		return details && ({ type, ...details } as FromEmbed);
	});

/** What came out of the port, for the embed. */
export const readToEmbed = (value: unknown): ToEmbed | undefined =>
	readPlain(value, (message) => {
		if (message['type'] === 'connect')
			return readFields({ type: oneOf('connect'), id: text }, message);
		const guards = entryOf(ARGUMENTS, message['method']);
		const args: unknown = message['args'];
		if (message['type'] !== 'call' || !guards || !count(message['n']) || !Array.isArray(args))
			return undefined;
		return args.length === guards.length && guards.every((guard, at) => guard(args[at]))
			? ({ type: 'call', n: message['n'], method: message['method'], args } as unknown as ToEmbed)
			: undefined;
	});

/** What `getState` answered. */
export const readState = (value: unknown): EmbedState | undefined =>
	readPlain(value, (message) =>
		readFields<EmbedState>(
			{
				scenario: text,
				step: count,
				goals: (goals): goals is EmbedState['goals'] =>
					plain(goals) && Object.values(goals).every(flag),
				keys: (keys): keys is EmbedState['keys'] =>
					Array.isArray(keys) &&
					keys.every((key: unknown) => plain(key) && text(key['state']) && text(key['origin'])),
				nowMs: finite,
				complete: flag
			},
			message
		)
	);
