/** How much room a page leaves for a demo before it is there, so that nothing moves when it comes. */
import type { Demo } from './demos';

interface ReservedHeight {
	/** Of the frame, in CSS pixels. */
	readonly width: 320 | 640 | 960;
	readonly height: number;
}

/** What it is at three widths, narrowest first. */
type Reserved = readonly [ReservedHeight, ReservedHeight, ReservedHeight];

const reserved = (narrow: number, middle: number, wide: number): Reserved => [
	{ width: 320, height: narrow },
	{ width: 640, height: middle },
	{ width: 960, height: wide }
];

/**
 * The highest that a demo becomes while somebody does its job by hand, in English and Chromium, with one refusal and its
 * diagnosis, rounded up. Hints that are taken need more.
 */
const BY_STEP: Readonly<Partial<Record<string, Reserved>>> = {
	create: reserved(1780, 1260, 860),
	parameters: reserved(3100, 2260, 1780),
	encrypt: reserved(2160, 1560, 1040),
	upload: reserved(2840, 2040, 1580),
	expiry: reserved(2460, 1580, 1160),
	use: reserved(3580, 2660, 2360)
};
/** Not measured one by one. Most of their work is in the parts of `parameters` and `upload`; as the higher one, with 20 pixels more. */
const COURSE = reserved(3120, 2280, 1800);

export const reservedHeight = ({ kind, name }: Pick<Demo, 'kind' | 'name'>): Reserved =>
	(kind === 'step' ? BY_STEP[name] : undefined) ?? COURSE;
