/** Where the state machine's parts stand, in the units of its drawing. */
import type { Place } from './state-edges';

interface Point {
	readonly x: number;
	readonly y: number;
}

export interface StateDrawing {
	readonly width: number;
	readonly height: number;
	readonly box: { readonly width: number; readonly height: number };
	readonly places: Readonly<Partial<Record<Place, Point>>>;
	/** By `nameOf`. */
	readonly edges: Readonly<Partial<Record<string, EdgeGeometry>>>;
}

const PLACES: Readonly<Record<Place, Point>> = {
	created: { x: 60, y: 104 },
	PENDING_IMPORT: { x: 250, y: 104 },
	ENABLED: { x: 640, y: 104 },
	PENDING_DELETE: { x: 250, y: 304 },
	DISABLED: { x: 640, y: 304 },
	gone: { x: 60, y: 304 }
};

export interface EdgeGeometry {
	readonly path: string;
	/** Where its number stands, and its names beside that. */
	readonly x: number;
	readonly y: number;
	readonly anchor: 'start' | 'middle' | 'end';
	/** Its names stand below each other, for want of room. */
	readonly stacked?: true;
}

/** By `from to`. The two ways between two states run side by side. */
export const EDGES: Readonly<Partial<Record<string, EdgeGeometry>>> = {
	'created PENDING_IMPORT': { path: 'M70 104H141', x: 62, y: 76, anchor: 'middle' },
	'created ENABLED': { path: 'M70 104H531', x: 300, y: 90, anchor: 'middle' },
	'PENDING_IMPORT ENABLED': { path: 'M358 92H531', x: 444, y: 78, anchor: 'middle' },
	'ENABLED PENDING_IMPORT': {
		path: 'M533 114H360',
		x: 444,
		y: 132,
		anchor: 'middle',
		stacked: true
	},
	'ENABLED DISABLED': { path: 'M640 134V272', x: 630, y: 196, anchor: 'end' },
	'DISABLED ENABLED': { path: 'M682 274V136', x: 692, y: 222, anchor: 'start' },
	'PENDING_IMPORT PENDING_DELETE': { path: 'M200 134V272', x: 190, y: 204, anchor: 'end' },
	'PENDING_DELETE PENDING_IMPORT': { path: 'M238 274V136', x: 248, y: 168, anchor: 'start' },
	'ENABLED PENDING_DELETE': { path: 'M610 134L362 284', x: 452, y: 246, anchor: 'start' },
	'PENDING_DELETE ENABLED': { path: 'M318 274L566 136', x: 414, y: 206, anchor: 'end' },
	'DISABLED PENDING_DELETE': { path: 'M533 314H360', x: 446, y: 334, anchor: 'middle' },
	'DISABLED PENDING_IMPORT': {
		path: 'M746 304H776Q784 304 784 296V40Q784 32 776 32H258Q250 32 250 40V72',
		x: 510,
		y: 18,
		anchor: 'middle'
	},
	'PENDING_DELETE gone': { path: 'M143 304H76', x: 10, y: 342, anchor: 'start' }
};

export const nameOf = (from: Place, to: Place): string => `${from} ${to}`;

/** With room for the names of the operations. */
export const WIDE_STATES: StateDrawing = {
	width: 800,
	height: 360,
	box: { width: 210, height: 56 },
	places: PLACES,
	edges: EDGES
};
