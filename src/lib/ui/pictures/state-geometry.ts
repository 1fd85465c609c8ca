/** Where the state machine's parts stand, in the units of its drawing. */
import type { Place } from './state-edges';

export const WIDTH = 720;
export const HEIGHT = 372;
export const BOX = { width: 210, height: 56 } as const;

export const PLACES: Readonly<Record<Place, { readonly x: number; readonly y: number }>> = {
	created: { x: 26, y: 104 },
	PENDING_IMPORT: { x: 190, y: 104 },
	ENABLED: { x: 585, y: 104 },
	PENDING_DELETE: { x: 190, y: 304 },
	DISABLED: { x: 585, y: 304 },
	gone: { x: 26, y: 304 }
};

interface EdgeGeometry {
	readonly path: string;
	/** Where its number stands, and its name beside that. */
	readonly x: number;
	readonly y: number;
	readonly anchor: 'start' | 'middle' | 'end';
}

/** By `from to`. The two ways between two states run side by side. */
export const EDGES: Readonly<Partial<Record<string, EdgeGeometry>>> = {
	'created PENDING_IMPORT': { path: 'M36 104H80', x: 56, y: 84, anchor: 'middle' },
	'created ENABLED': { path: 'M36 104 C120 20 440 20 540 72', x: 300, y: 40, anchor: 'middle' },
	'PENDING_IMPORT ENABLED': { path: 'M297 92H475', x: 386, y: 78, anchor: 'middle' },
	'ENABLED PENDING_IMPORT': { path: 'M478 116H300', x: 386, y: 136, anchor: 'middle' },
	'ENABLED DISABLED': { path: 'M565 134V272', x: 553, y: 172, anchor: 'end' },
	'DISABLED ENABLED': { path: 'M605 274V136', x: 617, y: 238, anchor: 'start' },
	'PENDING_IMPORT PENDING_DELETE': { path: 'M150 134V272', x: 138, y: 222, anchor: 'end' },
	'PENDING_DELETE PENDING_IMPORT': { path: 'M186 274V136', x: 198, y: 252, anchor: 'start' },
	'ENABLED PENDING_DELETE': { path: 'M520 134L300 288', x: 452, y: 206, anchor: 'start' },
	'PENDING_DELETE ENABLED': { path: 'M256 274L476 124', x: 340, y: 196, anchor: 'end' },
	'DISABLED PENDING_DELETE': { path: 'M478 314H300', x: 386, y: 334, anchor: 'middle' },
	'DISABLED PENDING_IMPORT': {
		path: 'M692 304H700Q708 304 708 296V38Q708 30 700 30H198Q190 30 190 38V72',
		x: 440,
		y: 18,
		anchor: 'middle'
	},
	'PENDING_DELETE gone': { path: 'M83 304H42', x: 58, y: 284, anchor: 'middle' }
};

export const nameOf = (from: Place, to: Place): string => `${from} ${to}`;
