/** How much room a page leaves for a demo before it is there, so that nothing moves when it comes. */
import type { Demo } from './demos';

export interface ReservedHeight {
	/** Of the frame, in CSS pixels. */
	readonly width: 320 | 640 | 960;
	readonly height: number;
}

const HEIGHTS: Readonly<Record<Demo['kind'], readonly [number, number, number]>> = {
	step: [900, 760, 680],
	lesson: [1100, 900, 760],
	drill: [1100, 900, 760]
};

/** @returns narrowest first */
export function reservedHeight(kind: Demo['kind'], _name: string): readonly ReservedHeight[] {
	const [narrow, middle, wide] = HEIGHTS[kind];
	return [
		{ width: 320, height: narrow },
		{ width: 640, height: middle },
		{ width: 960, height: wide }
	];
}
