/** The acts of a transcript as a picture of two parties: what is done on one machine, what goes to the other. */
import { m } from '../../paraglide/messages';
import { escapeHtml } from './html';
import type { Act } from './sentences';
import type { Transcript } from './transcript';

const WIDTH = 640;
const MACHINE_X = 150;
const SERVICE_X = 490;
const TOP = 64;
const LINE = 17;
/** As many columns as fit beside a line of life; a Chinese character takes two. */
const COLUMNS = 35;

/** The colours of the light theme. */
const COLOURS = {
	ink: '#171720',
	muted: '#54545e',
	customer: '#006762',
	wire: '#8833a1',
	kms: '#4546b4',
	ok: '#036a34',
	refusal: '#943b12'
} as const;

/** Wide ones are twice as wide, in every font that has them. */
const columnsOf = (text: string): number =>
	Array.from(text, (character) => (character.charCodeAt(0) > 0x2e7f ? 2 : 1)).reduce<number>(
		(sum, columns) => sum + columns,
		0
	);

/** A word, or one wide character; punctuation that closes stays with what it closes. */
const PIECES = /(?<! ) *(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef])[，。；：、）】”]*|\s/g;

/** Breaks at spaces, and inside of what is longer than a line. */
function wrap(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const part of text.match(PIECES) ?? []) {
		if (line !== '' && columnsOf(line + part) > columns) {
			lines.push(line.trim());
			line = '';
		}
		line += part;
		while (columnsOf(line) > columns) {
			lines.push(line.slice(0, columns).trim());
			line = line.slice(columns);
		}
	}
	if (line.trim() !== '') lines.push(line.trim());
	return lines;
}

/** A whole SVG file, without style and script; colours are those of a page in print. */
export function transcriptSvg(transcript: Transcript): string {
	const { locale, title, solution } = transcript;
	let y = TOP;
	const rows: string[] = [];
	for (const act of solution) {
		const drawn = act.place === 'service' ? call(act, y) : note(act, y);
		rows.push(drawn.svg);
		y += drawn.height;
	}
	const height = y + 16;
	const name = m.transcript_picture_of({ title }, { locale });
	const head = (x: number, text: string, fill: string) =>
		`<rect x="${String(x - 80)}" y="12" width="160" height="30" rx="6" fill="${fill}"/><text x="${String(x)}" y="31" text-anchor="middle" fill="#fff" font-weight="600">${escapeHtml(text)}</text><path d="M${String(x)} 42V${String(height - 8)}" stroke="${fill}" stroke-dasharray="3 4"/>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" width="${String(WIDTH)}" height="${String(height)}" role="img" lang="${locale}" font-family="system-ui, sans-serif" font-size="13">`,
		`<title>${escapeHtml(name)}</title>`,
		`<rect width="${String(WIDTH)}" height="${String(height)}" fill="#fff"/>`,
		head(MACHINE_X, m.transcript_customer({}, { locale }), COLOURS.customer),
		head(SERVICE_X, m.transcript_service({}, { locale }), COLOURS.kms),
		...rows,
		'</svg>'
	].join('\n');
}

interface Drawn {
	readonly svg: string;
	readonly height: number;
}

function lines(texts: readonly string[], x: number, y: number, attributes: string): string {
	return texts
		.map(
			(text, index) =>
				`<text x="${String(x)}" y="${String(y + index * LINE)}" ${attributes}>${escapeHtml(text)}</text>`
		)
		.join('');
}

/** What happens on one side, in a box on its line of life. */
function note({ what, place }: Act, y: number): Drawn {
	const texts = wrap(what, COLUMNS);
	const height = texts.length * LINE + 12;
	const colour = place === 'machine' ? COLOURS.customer : COLOURS.muted;
	const svg = `<rect x="10" y="${String(y)}" width="280" height="${String(height)}" rx="5" fill="#fff" stroke="${colour}"/>${lines(texts, 20, y + 17, `fill="${COLOURS.ink}"`)}`;
	return { svg, height: height + 12 };
}

/** A call and its answer. */
function call({ what, operation = '', code = '' }: Act, y: number): Drawn {
	const texts = wrap(what, COLUMNS + 8);
	const first = y + 14;
	const arrowY = first + texts.length * LINE + 8;
	const answerY = arrowY + 22;
	const [from, to] = [MACHINE_X, SERVICE_X];
	const middle = String((from + to) / 2);
	const colour = code === 'SUCCESS' ? COLOURS.ok : COLOURS.refusal;
	const arrow = (at: number, forward: boolean, stroke: string) => {
		const tip = forward ? to : from;
		const back = forward ? tip - 7 : tip + 7;
		return `<path d="M${String(from)} ${String(at)}H${String(to)}M${String(back)} ${String(at - 4)}L${String(tip)} ${String(at)}L${String(back)} ${String(at + 4)}" fill="none" stroke="${stroke}"/>`;
	};
	const centred = 'text-anchor="middle"';
	const svg = [
		`<rect x="${String(from + 4)}" y="${String(y)}" width="${String(to - from - 8)}" height="${String(arrowY - y - 3)}" fill="#fff"/>`,
		lines(
			[operation],
			(from + to) / 2,
			first,
			`${centred} fill="${COLOURS.kms}" font-weight="600"`
		),
		lines(texts, (from + to) / 2, first + LINE, `${centred} fill="${COLOURS.ink}"`),
		arrow(arrowY, true, COLOURS.wire),
		`<text x="${middle}" y="${String(answerY - 5)}" ${centred} fill="${colour}">${escapeHtml(code)}</text>`,
		arrow(answerY, false, colour)
	].join('');
	return { svg, height: answerY - y + 14 };
}
