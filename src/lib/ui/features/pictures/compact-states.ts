/** The state machine for a narrow place: drawn in CSS pixels at the width there is, so that its words keep their size. */
import type { KeyOrigin } from '$lib/domain/key';
import type { Edge, Place } from './state-edges';
import { nameOf, type EdgeGeometry, type StateDrawing } from './state-geometry';

interface Point {
	readonly x: number;
	readonly y: number;
}

const NARROWEST = 240;
const BOX = { width: 104, height: 46 } as const;
const END_BOX = { width: 16, height: 16 } as const;
const ROWS = [74, 222] as const;
/** From the middle of the first or last row to the mark where a life begins or ends. */
const TO_END = 62;
/** Two ways between the same two states keep this far from the middle. */
const ASIDE = 10;

/** Column and row of each state. */
const CELLS: Readonly<
	Record<KeyOrigin, Readonly<Partial<Record<Place, readonly [0 | 1, 0 | 1]>>>>
> = {
	EXTERNAL: {
		PENDING_IMPORT: [0, 0],
		ENABLED: [1, 0],
		PENDING_DELETE: [0, 1],
		DISABLED: [1, 1]
	},
	KMS: { ENABLED: [0, 0], DISABLED: [1, 0], PENDING_DELETE: [0, 1] }
};

/** @param available in CSS pixels */
export function compactStates(
	origin: KeyOrigin,
	edges: readonly Edge[],
	available: number
): StateDrawing {
	const width = Math.max(available, NARROWEST);
	const columns = [BOX.width / 2 + 2, width - BOX.width / 2 - 2] as const;
	const places: Partial<Record<Place, Point>> = {};
	for (const [place, [column, row]] of Object.entries(CELLS[origin]))
		places[place as Place] = { x: columns[column], y: ROWS[row] };
	places.created = { x: columns[0], y: ROWS[0] - TO_END };
	places.gone = { x: columns[0], y: ROWS[1] + TO_END };

	const drawn: Record<string, EdgeGeometry> = {};
	for (const { from, to } of edges) {
		const [start, end] = [places[from], places[to]];
		if (!start || !end) continue;
		const twoWays = edges.some((other) => other.from === to && other.to === from);
		drawn[nameOf(from, to)] = arrow(from, start, to, end, twoWays ? ASIDE : 0);
	}
	return { width, height: ROWS[1] + TO_END + 14, box: BOX, places, edges: drawn };
}

function arrow(from: Place, start: Point, to: Place, end: Point, aside: number): EdgeGeometry {
	const length = Math.hypot(end.x - start.x, end.y - start.y);
	const ux = (end.x - start.x) / length;
	const uy = (end.y - start.y) / length;
	// to the left-hand side of who walks along
	const shift = { x: uy * aside, y: -ux * aside };
	const a = edgeOf(from, start, shift, ux, uy);
	const b = edgeOf(to, end, shift, -ux, -uy);
	// the two diagonals cross in the middle: their numbers stand nearer to where they begin
	const along = ux !== 0 && uy !== 0 ? 0.3 : 0.46;
	const path = `M${point(a)}L${point(b)}`;
	// too short to be interrupted by its number
	if (from === 'created' || to === 'gone')
		return { path, x: round(a.x) + 9, y: round((a.y + b.y) / 2), anchor: 'start' };
	return {
		path,
		x: round(a.x + (b.x - a.x) * along),
		y: round(a.y + (b.y - a.y) * along),
		anchor: 'middle'
	};
}

/** Where a line that starts in a box, beside its middle, leaves the box. */
function edgeOf(place: Place, middle: Point, shift: Point, ux: number, uy: number): Point {
	const box = place === 'created' || place === 'gone' ? END_BOX : BOX;
	const toSide = ux === 0 ? Infinity : (box.width / 2 - Math.sign(ux) * shift.x) / Math.abs(ux);
	const toTop = uy === 0 ? Infinity : (box.height / 2 - Math.sign(uy) * shift.y) / Math.abs(uy);
	const reach = Math.min(toSide, toTop) + 3;
	return { x: middle.x + shift.x + ux * reach, y: middle.y + shift.y + uy * reach };
}

const point = ({ x, y }: Point): string => `${String(round(x))} ${String(round(y))}`;

const round = (value: number): number => Math.round(value * 10) / 10;
