/** How much room a page leaves for a demo before it is there, so that nothing moves when it comes. */
import type { Demo } from './demos';

export interface ReservedHeight {
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

const HEIGHTS: Readonly<Record<Demo['kind'], Reserved>> = {
	step: reserved(900, 760, 680),
	lesson: reserved(1100, 900, 760),
	drill: reserved(1100, 900, 760)
};

export const reservedHeight = (kind: Demo['kind']): Reserved => HEIGHTS[kind];
