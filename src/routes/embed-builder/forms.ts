/** What is copied into somebody's page, and what that page's policy has to allow. Text out of data: no page, no state. */
import { writeParameters, type EmbedParameters } from '$lib/embed/parameters';

export const FORMS = ['iframe', 'element', 'markdown', 'mdx', 'docusaurus'] as const;
export type Form = (typeof FORMS)[number];

export const STARTS = ['click', 'visible', 'now'] as const;
export type Start = (typeof STARTS)[number];

type Locale = Exclude<EmbedParameters['lang'], 'auto'>;

/** A demo of this app, or a scenario that travels in the address. */
export type Chosen =
	| { readonly name: string; readonly digest: string }
	/** From `#s=` on. */
	| { readonly fragment: string };

export interface Wanted {
	readonly chosen: Chosen;
	readonly title: string;
	/** Of the title, where the reader's language is the demo's; absent: English. */
	readonly locale?: Locale;
	readonly parameters: EmbedParameters;
	/** In CSS pixels. */
	readonly height: number;
	readonly start: Start;
	/** The absolute address of the folder of the demos, with a slash at the end. */
	readonly base: string;
}

export function codeOf(form: Form, wanted: Wanted): string {
	switch (form) {
		case 'iframe':
			return iframeCode(wanted);
		case 'element':
			return `<script type="module" src="${scriptAddress(wanted)}"></script>\n${elementCode(wanted)}`;
		case 'markdown':
			return markdownCode(wanted);
		case 'mdx':
			return `<script async type="module" src="${scriptAddress(wanted)}" />\n\n${elementCode(wanted)}`;
		case 'docusaurus':
			return [
				'// docusaurus.config.js',
				`scripts: [{ src: ${JSON.stringify(`${wanted.base}kms-demo.js`)}, type: 'module' }],`,
				'',
				'{/* in the page */}',
				elementCode(wanted)
			].join('\n');
	}
}

/** @returns the directives that a policy of `default-src 'none'` lacks; empty: none */
export function policyOf(form: Form, { base, chosen }: Pick<Wanted, 'base' | 'chosen'>): string {
	const { origin } = new URL(base);
	switch (form) {
		case 'iframe':
			return `frame-src ${origin}`;
		case 'markdown':
			return 'name' in chosen ? `img-src ${origin}` : '';
		case 'element':
		case 'mdx':
		case 'docusaurus':
			return `script-src ${origin}; frame-src ${origin}`;
	}
}

/** The page of a demo, as it is asked for. @param base relative is fine too */
export function pageAddress({
	base,
	chosen,
	parameters
}: Pick<Wanted, 'base' | 'chosen' | 'parameters'>): string {
	const query = writeParameters(parameters);
	const [name, fragment] = 'name' in chosen ? [chosen.name, ''] : ['scenario', chosen.fragment];
	return `${base}${name}.html${query === '' ? '' : `?${query}`}${fragment}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	// would begin an expression in MDX
	'{': '&#123;',
	'}': '&#125;'
};
const escape = (text: string): string =>
	text.replace(/[&<>"{}]/g, (character) => ESCAPES[character] ?? '');

const scriptAddress = ({ base }: Wanted): string => escape(`${base}kms-demo.js`);

/** One attribute to a line, those without a value left out. */
const tag = (name: string, attributes: readonly (readonly [string, string | true])[]): string =>
	[
		`<${name}`,
		...attributes.map(([key, value]) =>
			value === true ? `  ${key}` : `  ${key}="${escape(value)}"`
		)
	].join('\n') + '\n>';

const digestOf = ({ chosen }: Wanted): readonly (readonly [string, string])[] =>
	'name' in chosen ? [['data-digest', chosen.digest]] : [];

function iframeCode(wanted: Wanted): string {
	const opening = tag('iframe', [
		['src', pageAddress(wanted)],
		['title', wanted.title],
		['width', '100%'],
		['height', String(wanted.height)],
		['frameborder', '0'],
		['loading', 'lazy'],
		['allow', 'clipboard-write'],
		['referrerpolicy', 'no-referrer'],
		...digestOf(wanted)
	]);
	return `${opening}</iframe>\n<p>${fallbackLink(wanted)}</p>`;
}

function elementCode(wanted: Wanted): string {
	const { chosen, title, parameters, height, start } = wanted;
	const { parts, lang, theme, accent, exam, clock, persist } = parameters;
	const opening = tag('kms-demo', [
		'name' in chosen ? ['scenario', chosen.name] : ['src', chosen.fragment],
		['title', title],
		['height', String(height)],
		...given('parts', parts.join(',')),
		...given('lang', lang === 'auto' ? '' : lang),
		...given('theme', theme === 'auto' ? '' : theme),
		...given('accent', accent ?? ''),
		...(exam ? [['exam', ''] as const] : []),
		...given('clock', clock ?? ''),
		...given('persist', persist ?? ''),
		...given('start', start === 'click' ? '' : start),
		...digestOf(wanted)
	]);
	return `${opening}\n  ${fallbackLink(wanted)}\n</kms-demo>`;
}

const given = (name: string, value: string): readonly (readonly [string, string])[] =>
	value === '' ? [] : [[name, value]];

const localeOf = ({ parameters: { lang }, locale = 'en' }: Wanted): Locale =>
	lang === 'auto' ? locale : lang;

/** What stands in the page for print and for readers without scripts. */
const fallbackAddress = (wanted: Wanted): string =>
	'name' in wanted.chosen
		? `${wanted.base}transcripts/${wanted.chosen.name}.${localeOf(wanted)}.html`
		: pageAddress(wanted);

const fallbackLink = (wanted: Wanted): string =>
	`<a href="${escape(fallbackAddress(wanted))}">${escape(wanted.title)}</a>`;

function markdownCode(wanted: Wanted): string {
	const { chosen, base } = wanted;
	const title = wanted.title.replace(/[[\]\\<>&`*_{}]/g, '\\$&');
	const address = pageAddress(wanted);
	if (!('name' in chosen)) return `[${title}](${address})`;
	return `[![${title}](${base}transcripts/${chosen.name}.${localeOf(wanted)}.svg)](${address})`;
}
