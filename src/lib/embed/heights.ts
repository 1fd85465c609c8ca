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
 * The highest that a demo becomes while its job is done by hand, in English and Chromium, with one refusal and its diagnosis where the
 * job has a field that the service can refuse (`upload`, `use`), rounded up. Hints and a coarse pointer need more. Measured by
 * tests/e2e/embed-heights.spec.ts.
 */
const BY_STEP: Readonly<Partial<Record<string, Reserved>>> = {
	create: reserved(1520, 1100, 820),
	parameters: reserved(2740, 1980, 1680),
	encrypt: reserved(1720, 1360, 980),
	upload: reserved(2680, 1880, 1560),
	expiry: reserved(2120, 1360, 1100),
	use: reserved(2920, 2300, 2020)
};
/** Not measured one by one. Most of their work is in the parts of `parameters` and `upload`; as the higher one, with 20 pixels more. */
const COURSE = reserved(2760, 2000, 1700);

export const reservedHeight = ({ kind, name }: Pick<Demo, 'kind' | 'name'>): Reserved =>
	(kind === 'step' ? BY_STEP[name] : undefined) ?? COURSE;
