/** How an embed is asked for: `embed/<scenario>.html?…`. Shared by the frame, the element and the builder page. */
import { LATEST_MS } from '../domain/time';

/** Parts of the console that a demo may show. */
export const PARTS = [
	'create',
	'parameters',
	'encrypt',
	'upload',
	'expiry',
	'use',
	'guide'
] as const;
export type Part = (typeof PARTS)[number];

/** The steps of the procedure that have a demo of their own, in its order; every lesson and drill has one too. */
export const STEP_DEMOS = ['create', 'parameters', 'encrypt', 'upload', 'expiry', 'use'] as const;

export const THEMES = ['auto', 'light', 'dark'] as const;
export const LOCALES = ['en', 'zh-CN'] as const;

/** Longer queries are refused unread. */
export const MOST_QUERY_CHARACTERS = 2048;
/** Of the name of a parameter that is refused, as it is told. */
const MOST_NAME_CHARACTERS = 64;

export interface EmbedParameters {
	/** Empty: those that the scenario itself is about. */
	readonly parts: readonly Part[];
	/** `auto`: the visitor's. */
	readonly lang: (typeof LOCALES)[number] | 'auto';
	readonly theme: (typeof THEMES)[number];
	/** `#rrggbb`, lower case, or none of its own. */
	readonly accent: string | null;
	/** No hints, no solution, no diagnosis. */
	readonly exam: boolean;
	/** The instant that the sandbox clock shows at the start (ISO 8601, UTC, with milliseconds); null: the scenario's. */
	readonly clock: string | null;
	/** A name under which the state is kept in this browser; null: in memory, gone with the page. */
	readonly persist: string | null;
}

export const DEFAULT_PARAMETERS: EmbedParameters = {
	parts: [],
	lang: 'auto',
	theme: 'auto',
	accent: null,
	exam: false,
	clock: null,
	persist: null
};

export type ParametersAnswer =
	| { readonly ok: true; readonly value: EmbedParameters }
	/** The name of the first parameter that is unknown, there twice, or has a value that it cannot have; empty: the query is too long. */
	| { readonly ok: false; readonly key: string };

type Readers = {
	readonly [Name in keyof EmbedParameters]: (text: string) => EmbedParameters[Name] | undefined;
};

/** An empty value is the default. @returns undefined for a value that the parameter cannot have */
const READERS: Readers = {
	parts: readParts,
	lang: oneOf(['auto', ...LOCALES]),
	theme: oneOf(THEMES),
	accent: (text) =>
		/^#?[0-9a-f]{6}$/i.test(text) ? `#${text.slice(-6).toLowerCase()}` : undefined,
	exam: (text) =>
		/^(?:1|true)$/.test(text) ? true : /^(?:0|false)$/.test(text) ? false : undefined,
	clock: readInstant,
	persist: (text) => (/^[a-z0-9-]{1,32}$/.test(text) ? text : undefined)
};

const isParameter = (name: string): name is keyof EmbedParameters => Object.hasOwn(READERS, name);

/** Never throws. @param query `location.search`, with or without its question mark; written by anybody */
export function readParameters(query: string): ParametersAnswer {
	if (query.length > MOST_QUERY_CHARACTERS) return { ok: false, key: '' };
	const read: Record<string, unknown> = {};
	for (const [name, text] of new URLSearchParams(query)) {
		const value =
			!isParameter(name) || Object.hasOwn(read, name)
				? undefined
				: text === ''
					? DEFAULT_PARAMETERS[name]
					: READERS[name](text);
		if (value === undefined) return { ok: false, key: name.slice(0, MOST_NAME_CHARACTERS) };
		read[name] = value;
	}
	return { ok: true, value: { ...DEFAULT_PARAMETERS, ...read } };
}

/** @returns the query without its question mark; empty when everything is as usual */
export function writeParameters(value: EmbedParameters): string {
	const { parts, lang, theme, accent, exam, clock, persist } = value;
	const texts = {
		parts: parts.join(','),
		lang: lang === 'auto' ? '' : lang,
		theme: theme === 'auto' ? '' : theme,
		accent: accent?.replace('#', ''),
		exam: exam ? '1' : '',
		clock: clock?.replace('.000Z', 'Z'),
		persist
	};
	return Object.entries(texts)
		.flatMap(([name, text]) => (text ? `${name}=${text}` : []))
		.join('&');
}

function oneOf<const Choice extends string>(choices: readonly Choice[]) {
	return (text: string): Choice | undefined => choices.find((choice) => choice === text);
}

/** In the order of the procedure, each once. */
function readParts(text: string): readonly Part[] | undefined {
	const names = text.split(',');
	const parts = PARTS.filter((part) => names.includes(part));
	return parts.length === names.length ? parts : undefined;
}

function readInstant(text: string): string | undefined {
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text)) return undefined;
	const ms = Date.parse(text);
	if (!(ms >= 0 && ms <= LATEST_MS)) return undefined;
	const instant = new Date(ms).toISOString();
	// some engines make the 2nd of March of a 30th of February
	return instant.slice(0, 10) === text.slice(0, 10) ? instant : undefined;
}
