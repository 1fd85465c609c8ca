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

/** As measured in English at the start, and some room for the answers. */
const BY_STEP: Readonly<Partial<Record<string, Reserved>>> = {
	create: reserved(1440, 1040, 740),
	parameters: reserved(1440, 1040, 740),
	encrypt: reserved(1720, 1340, 960),
	upload: reserved(1640, 1200, 880),
	expiry: reserved(1640, 1200, 820),
	use: reserved(1500, 1000, 900)
};
const COURSE = reserved(1500, 1080, 960);

export const reservedHeight = ({ kind, name }: Pick<Demo, 'kind' | 'name'>): Reserved =>
	(kind === 'step' ? BY_STEP[name] : undefined) ?? COURSE;
