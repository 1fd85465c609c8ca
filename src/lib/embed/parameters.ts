/** How an embed is asked for: `embed/<scenario>.html?…`. Shared by the frame, the element and the builder page. */

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

export interface EmbedParameters {
	/** Empty: those that the scenario itself is about. */
	readonly parts: readonly Part[];
	/** `auto`: the visitor's. */
	readonly lang: (typeof LOCALES)[number] | 'auto';
	readonly theme: (typeof THEMES)[number];
	/** `#rrggbb`, or none of its own. */
	readonly accent: string | null;
	/** No hints, no solution, no diagnosis. */
	readonly exam: boolean;
	/** The instant that the sandbox clock shows at the start (ISO 8601, UTC); null: the scenario's. */
	readonly clock: string | null;
	/** A name under which the state is kept in this browser; null: in memory, gone with the page. */
	readonly persist: string | null;
}
