/** Whole HTML files around a transcript: without script of their own, without a style attribute. */
import { m } from '../../paraglide/messages';
import { escapeHtml, transcriptArticle } from './html';
import type { Locale } from './sentences';
import type { Transcript } from './transcript';

const OTHER: Readonly<Record<Locale, Locale>> = { en: 'zh-CN', 'zh-CN': 'en' };

/** What a page of a demo says where there are no scripts. */
export const noScript = ({ locale }: Pick<Transcript, 'locale'>): string =>
	`<noscript><p lang="${locale}"><em>${escapeHtml(m.transcript_no_script({}, { locale }))}</em></p></noscript>`;

/**
 * @param name of the demo
 * @param policy its Content-Security-Policy
 */
export function transcriptPage(name: string, transcript: Transcript, policy: string): string {
	const { locale, title } = transcript;
	const other = OTHER[locale];
	const text = (message: typeof m.transcript_live, to = locale) =>
		escapeHtml(message({}, { locale: to }));
	return page({
		title: `${title} · ${m.transcript_title({}, { locale })}`,
		locale,
		policy,
		head: ['<link rel="stylesheet" href="../transcript.css">'],
		body: [
			'<main>',
			`<nav><a href="../${name}.html">${text(m.transcript_live)}</a> · <a href="${name}.${other}.html" lang="${other}" hreflang="${other}">${text(m.transcript_language, other)}</a></nav>`,
			`<p>${text(m.transcript_intro)}</p>`,
			transcriptArticle(transcript),
			`<h2>${text(m.transcript_picture)}</h2>`,
			`<img src="${name}.${locale}.svg" alt="${escapeHtml(m.transcript_picture_of({ title }, { locale }))}">`,
			'</main>'
		]
	});
}

interface Page {
	readonly title: string;
	readonly locale?: Locale;
	readonly policy: string;
	/** Of both, each a line of HTML. */
	readonly head: readonly string[];
	readonly body: readonly string[];
}

export function page({ title, locale = 'en', policy, head, body }: Page): string {
	return [
		'<!doctype html>',
		`<html lang="${locale}">`,
		'<head>',
		'<meta charset="utf-8">',
		`<meta http-equiv="content-security-policy" content="${escapeHtml(policy)}">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="referrer" content="no-referrer">',
		`<title>${escapeHtml(title)}</title>`,
		...head,
		'</head>',
		'<body>',
		...body,
		'</body>',
		'</html>',
		''
	].join('\n');
}
