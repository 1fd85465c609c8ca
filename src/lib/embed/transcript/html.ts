/** A transcript as HTML, without script and without a style attribute. */
import { m } from '../../paraglide/messages';
import type { Act } from './sentences';
import type { Transcript } from './transcript';

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;'
};

export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

/** One paragraph: `code` between backticks, **strong** between double asterisks. */
function inline(text: string): string {
	return escapeHtml(text)
		.replace(/`([^`]+)`/g, '<code>$1</code>')
		.replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}

const paragraphs = (text: string): string =>
	text
		.split(/\n\n+/)
		.map((paragraph) => `<p>${inline(paragraph)}</p>`)
		.join('');

const list = (tag: 'ol' | 'ul', items: readonly string[]): string =>
	items.length === 0 ? '' : `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;

/** The part that is the same in a page of its own and in the page of the demo: an `article` in its language. */
export function transcriptArticle(transcript: Transcript): string {
	const { locale, title, summary, clock, start, steps, goals, questions } = transcript;
	const { solution, keys, files, digest } = transcript;
	const inLocale = { locale };
	const acts = (all: readonly Act[]) =>
		list(
			'ol',
			all.map((act) => actItem(act, transcript))
		);
	const section = (heading: string, content: string) =>
		content === '' ? '' : `<h2>${escapeHtml(heading)}</h2>${content}`;
	const asked = questions.map(
		({ text, answer, explanation }) =>
			`${paragraphs(text)}<p>${escapeHtml(m.transcript_answer({}, inLocale))}: <strong>${escapeHtml(answer)}</strong></p>${paragraphs(explanation)}`
	);
	return [
		`<article lang="${locale}"><h1>${escapeHtml(title)}</h1>`,
		paragraphs(summary),
		section(
			m.transcript_start({}, inLocale),
			`<p>${escapeHtml(clock)}</p>${start.length === 0 ? `<p>${escapeHtml(m.transcript_start_empty({}, inLocale))}</p>` : acts(start)}`
		),
		section(m.transcript_steps({}, inLocale), list('ol', steps.map(paragraphs))),
		section(m.transcript_goals({}, inLocale), list('ul', goals.map(inline))),
		section(m.transcript_questions({}, inLocale), list('ol', asked)),
		section(m.transcript_done({}, inLocale), acts(solution)),
		section(
			m.transcript_end({}, inLocale),
			keys.length === 0
				? `<p>${escapeHtml(m.transcript_no_keys({}, inLocale))}</p>`
				: list('ul', keys.map(escapeHtml))
		),
		files.length === 0
			? ''
			: `<h3>${escapeHtml(m.transcript_files({}, inLocale))}</h3>${list('ul', files.map(escapeHtml))}`,
		`<p><small>${escapeHtml(m.transcript_digest({ digest }, inLocale))}</small></p></article>`
	].join('\n');
}

function actItem({ place, what, code }: Act, { locale }: Transcript): string {
	const who = whoOf(place, locale);
	const told = escapeHtml(m.transcript_who_acts({ who, what }, { locale }));
	return code === undefined
		? told
		: `${told} — ${escapeHtml(m.transcript_answered({ code }, { locale }))}`;
}

function whoOf(place: Act['place'], locale: Transcript['locale']): string {
	if (place === 'machine') return m.transcript_customer({}, { locale });
	return place === 'service'
		? m.transcript_service({}, { locale })
		: m.transcript_sandbox({}, { locale });
}
