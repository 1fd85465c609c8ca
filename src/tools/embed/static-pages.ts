/** The files of the embed that are text alone: a page, a scenario, transcripts and an oEmbed answer for every demo. */
import { generateWrappingKeyPair, type WrappingKeyPair } from '../../lib/crypto/wrapping-key-pair';
import { DEMOS, type Demo } from '../../lib/embed/demos';
import { reservedHeight } from '../../lib/embed/heights';
import { LOCALES } from '../../lib/embed/parameters';
import { escapeHtml, transcriptArticle } from '../../lib/embed/transcript/html';
import { noScript, page, transcriptPage } from '../../lib/embed/transcript/pages';
import { performScenario } from '../../lib/embed/transcript/perform';
import { transcriptSvg } from '../../lib/embed/transcript/svg';
import { tell, type Transcript } from '../../lib/embed/transcript/transcript';
import type { MemorySandbox } from '../../lib/learn/memory-sandbox';
import { scenarioDigest } from '../../lib/scenario/digest';
import { PAGE_CSP, TRANSCRIPT_CSP } from './page-policy.js';

/** What most help pages have room for. */
const OEMBED_WIDTH = 640;

/** @param origin where the build will be, with its path and without a slash at the end; '' when that is not known */
export async function* staticFiles(origin: string): AsyncGenerator<readonly [string, string]> {
	const keyPairs = recycledKeyPairs();
	yield ['transcript.css', TRANSCRIPT_CSS];
	yield ['scenario.html', pageOfLink()];
	for (const demo of DEMOS) {
		const { name, scenario } = demo;
		const performed = await performScenario(scenario, keyPairs);
		const transcripts = LOCALES.map((locale) => tell(scenario, performed, locale));
		yield [`${name}.html`, pageOf(demo, transcripts, origin)];
		yield [`oembed/${name}.json`, oEmbedOf(demo, transcripts, origin)];
		for (const transcript of transcripts) {
			const { locale } = transcript;
			yield [`scenarios/${name}.${locale}.js`, scriptOf(demo, locale)];
			yield [`transcripts/${name}.${locale}.svg`, transcriptSvg(transcript)];
			yield [
				`transcripts/${name}.${locale}.html`,
				transcriptPage(name, transcript, TRANSCRIPT_CSP)
			];
		}
	}
}

/** Making a pair is what takes the time, and nothing of one is in any file here. */
function recycledKeyPairs(): MemorySandbox['keyPairs'] {
	const MOST = 12;
	const made: Promise<WrappingKeyPair>[] = [];
	let at = 0;
	return { take: () => (made[at++ % MOST] ??= generateWrappingKeyPair()) };
}

/** Relative to the pages where nobody said more. */
const folderAt = (origin: string): string => (origin === '' ? '' : `${origin}/embed/`);

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;

function pageOf(
	{ name, scenario }: Demo,
	transcripts: readonly Transcript[],
	origin: string
): string {
	const [first] = transcripts;
	const title = first?.title ?? name;
	return page({
		title,
		policy: PAGE_CSP,
		head: [
			`<meta name="description" content="${escapeHtml(first?.summary ?? '')}">`,
			`<meta name="kms-digest" content="${scenarioDigest(scenario)}">`,
			`<link rel="alternate" type="application/json+oembed" href="${escapeHtml(folderAt(origin))}oembed/${name}.json" title="${escapeHtml(title)}">`,
			// whoever plays the demo needs none of it
			'<noscript><link rel="stylesheet" href="transcript.css"></noscript>'
		],
		body: [
			`<main id="transcript" data-scenario="${name}">`,
			...transcripts.map(
				(transcript) => `${noScript(transcript)}\n${transcriptArticle(transcript)}`
			),
			'</main>',
			'<script src="frame.js"></script>'
		]
	});
}

/** The scenario comes in the address, so nothing of it can be written down here. */
function pageOfLink(): string {
	return page({
		title: 'KMS import sandbox',
		policy: PAGE_CSP,
		head: ['<noscript><link rel="stylesheet" href="transcript.css"></noscript>'],
		body: [
			'<main id="transcript">',
			...LOCALES.map((locale) => noScript({ locale })),
			'</main>',
			'<script src="frame.js"></script>'
		]
	});
}

/**
 * A frame without an origin cannot fetch, so the scenario comes as a script. Texts of the other language are left out: what
 * stands in their place keeps the form of a scenario file, for whoever opens the state in the whole sandbox.
 */
function scriptOf({ name, scenario }: Demo, locale: (typeof LOCALES)[number]): string {
	const oneLanguage = (_: string, value: unknown): unknown =>
		isLocalized(value) ? { en: value[locale], 'zh-CN': value[locale] } : value;
	return `kmsScenario(${JSON.stringify(name)},${JSON.stringify(scenario, oneLanguage)});\n`;
}

const isLocalized = (value: unknown): value is Readonly<Record<(typeof LOCALES)[number], string>> =>
	typeof value === 'object' &&
	value !== null &&
	Object.keys(value).length === LOCALES.length &&
	LOCALES.every((locale) => Object.hasOwn(value, locale));

/** A frame is written into pages of anywhere: where its whole address is not known, the answer is a link with a title alone. */
function oEmbedOf({ name, kind }: Demo, [first]: readonly Transcript[], origin: string): string {
	const title = first?.title ?? name;
	const answer = { version: '1.0', title, provider_name: 'KMS import sandbox' };
	if (origin === '') return json({ ...answer, type: 'link' });
	const { height } = widest(reservedHeight({ name, kind }));
	const address = `${folderAt(origin)}${name}.html`;
	return json({
		...answer,
		type: 'rich',
		width: OEMBED_WIDTH,
		height,
		html: `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}" width="${String(OEMBED_WIDTH)}" height="${String(height)}" allow="clipboard-write" referrerpolicy="no-referrer" loading="lazy"></iframe>`
	});
}

const widest = <T extends { readonly width: number }>(sizes: readonly T[]): T => {
	const found = sizes.find(({ width }) => width === OEMBED_WIDTH) ?? sizes.at(-1);
	if (!found) throw new Error('no height is reserved');
	return found;
};

const TRANSCRIPT_CSS = `:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
article + article, nav + p { border-top: 1px solid; padding-top: 1rem; }
img { max-width: 100%; height: auto; background: #fff; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
h3 { font-size: 1rem; }
li { margin: .3rem 0; }
li p { margin: 0; }
@media print { nav { display: none; } }
`;
