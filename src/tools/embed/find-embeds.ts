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

export type Embed = NamedEmbed | LinkedEmbed;

/** Attributes of HTML, and of JSX with a text in braces. */
const ATTRIBUTE =
	/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`]*)["'`]\s*\}|([^\s"'>{]+))/g;
/** An attribute may hold a `>`. */
const TAG = /<(kms-demo|iframe)((?:\s+(?:"[^"]*"|'[^']*'|[^'">])*)?)>/gi;
const ADDRESS = /(?:[^\s"'`()<>[\]]*\/)?\bembed\/([a-z0-9][a-z0-9-]*)\.html/g;
const TRANSCRIPT = /\bembed\/transcripts\/([a-z0-9][a-z0-9-]*)\.(?:en|zh-CN)\.(?:html|svg)/g;
const FRAGMENT = /#s=[A-Za-z0-9_-]+/g;
/** The page for scenarios that come in the address. */
const OF_LINK = 'scenario';

/** @returns in the order in which they stand there */
export function findEmbeds(text: string): readonly Embed[] {
	const lineOf = lineCounter(text);
	const found: { readonly at: number; readonly embed: Embed }[] = [];
	const rest = text.replace(TAG, (tag, element: string, attributes: string, at: number) => {
		const named = embedOfTag(element.toLowerCase(), attributesOf(attributes), lineOf(at));
		if (!named) return tag;
		found.push({ at, embed: named });
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

function embedOfTag(
	element: string,
	attributes: ReadonlyMap<string, string>,
	line: number
): Embed | undefined {
	const src = attributes.get('src') ?? '';
	const [fragment] = /#s=[A-Za-z0-9_-]+/.exec(src) ?? [];
	if (fragment !== undefined) return { line, fragment };
	const name =
		element === 'kms-demo'
			? attributes.get('scenario')
			: /\bembed\/([a-z0-9][a-z0-9-]*)\.html/.exec(src)?.[1];
	if (name === undefined || name === OF_LINK) return undefined;
	const digest = attributes.get('data-digest') ?? attributes.get('digest');
	return { line, name, ...(digest !== undefined && { digest }) };
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
