/** Finds every demo that a page of documentation embeds or leads to, in HTML, Markdown or MDX. Text in, places out. */

interface Place {
	/** From 1. */
	readonly line: number;
}

/** By its name: `<kms-demo scenario="upload">`, an address that ends with `embed/upload.html`, a link to a transcript. */
interface NamedEmbed extends Place {
	readonly name: string;
	/** What the builder wrote beside it: the scenario as it was then. */
	readonly digest?: string;
	/** Of a link: it may lead to a file of the documentation that only looks like a demo. */
	readonly address?: string;
}

/** By what is in the address: from `#s=` on. */
interface LinkedEmbed extends Place {
	readonly fragment: string;
}

/** It is one, and which demo it shows is said nowhere: by a variable, or not at all. */
interface UnreadableEmbed extends Place {
	/** The whole tag. */
	readonly unreadable: string;
}

export type Embed = NamedEmbed | LinkedEmbed | UnreadableEmbed;

/** Attributes of HTML, and of JSX with a text in braces; one that is bound to a variable (`:name`) has no value here. */
const ATTRIBUTE =
	/(?<![\w:.@-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`]*)["'`]\s*\}|([^\s"'>{]+))/g;
/** An attribute may hold a `>`. */
const TAG = /<(kms-demo|iframe)((?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?)>/gi;
const ADDRESS = /(?:(?<![^\s"'`()<>[\]])[^\s"'`()<>[\]]*\/)?\bembed\/([a-z0-9][a-z0-9-]*)\.html/g;
const TRANSCRIPT = /\bembed\/transcripts\/([a-z0-9][a-z0-9-]*)\.(?:en|zh-CN)\.(?:html|svg)/g;
const FRAGMENT = /#s=[A-Za-z0-9_-]+/g;
const NAME = /^[a-z0-9][a-z0-9-]*$/;
const NAMED_PAGE = /\bembed\/([a-z0-9][a-z0-9-]*)\.html/;
/** What some page of the embeds is the end of, also where a variable completes it; other sites have a folder of that name too. */
const SOME_PAGE = /\bembed\/(?:[^\s?#]*\.html|['"`]\s*\+|[^\s?#]*\{)/;
/** In whatever syntax it is bound. */
const HAS_SRC = /(?:^|[\s:.[])src\b\s*\]?=/;
/** The page for scenarios that come in the address. */
const OF_LINK = 'scenario';

/** @returns in the order in which they stand there */
export function findEmbeds(text: string): readonly Embed[] {
	const lineOf = lineCounter(text);
	const found: { readonly at: number; readonly embed: Embed }[] = [];
	const rest = text.replace(TAG, (tag, element: string, attributes: string, at: number) => {
		const embed = embedOfTag(element.toLowerCase(), attributes);
		if (!embed) return tag;
		// a word about the element, in a sentence
		const isMention = text[at - 1] === '`' && text[at + tag.length] === '`';
		if (embed !== 'unreadable') found.push({ at, embed: { line: lineOf(at), ...embed } });
		else if (!isMention) found.push({ at, embed: { line: lineOf(at), unreadable: tag } });
		return ' '.repeat(tag.length);
	});
	for (const { 0: address, 1: name = '', index } of rest.matchAll(ADDRESS))
		if (name !== OF_LINK) found.push({ at: index, embed: { line: lineOf(index), name, address } });
	for (const { 1: name = '', index } of rest.matchAll(TRANSCRIPT))
		found.push({ at: index, embed: { line: lineOf(index), name } });
	for (const { 0: fragment, index } of rest.matchAll(FRAGMENT))
		found.push({ at: index, embed: { line: lineOf(index), fragment } });
	return found.sort((a, b) => a.at - b.at).map(({ embed }) => embed);
}

type Shown = Omit<NamedEmbed, 'line'> | Omit<LinkedEmbed, 'line'>;

/** @returns undefined for a frame that shows something else */
function embedOfTag(element: string, text: string): Shown | 'unreadable' | undefined {
	const attributes = attributesOf(text);
	const src = attributes.get('src') ?? '';
	const [fragment] = /#s=[A-Za-z0-9_-]+/.exec(src) ?? [];
	if (fragment !== undefined) return { fragment };
	const isElement = element === 'kms-demo';
	if (!isElement && !SOME_PAGE.test(text)) return undefined;
	// the element's link goes before its name
	const name = !isElement
		? NAMED_PAGE.exec(src)?.[1]
		: HAS_SRC.test(text)
			? undefined
			: attributes.get('scenario');
	if (name === undefined || name === OF_LINK || !NAME.test(name)) return 'unreadable';
	const digest = attributes.get('data-digest') ?? attributes.get('digest');
	return { name, ...(digest !== undefined && { digest }) };
}

function attributesOf(text: string): ReadonlyMap<string, string> {
	const pairs = [...text.matchAll(ATTRIBUTE)].map(
		([, name = '', ...values]) => [name.toLowerCase(), values.find(Boolean) ?? ''] as const
	);
	return new Map(pairs);
}

function lineCounter(text: string): (at: number) => number {
	const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
	return (at) => starts.filter((start) => start <= at).length;
}
