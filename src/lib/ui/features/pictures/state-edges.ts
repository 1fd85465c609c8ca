/** The edges of the state machine, read from the rule book's table: every change of state that an operation or time makes. */
import { KEY_STATES, type KeyOrigin, type KeyState } from '$lib/domain/key';
import {
	EXTERNAL_ONLY,
	FIRST_STATE,
	STATE_TABLE,
	TIMER_TABLE,
	type KeyOperation,
	type Verdict
} from '$lib/domain/state-table';

export type Place = KeyState | 'created' | 'gone';

export interface Edge {
	readonly from: Place;
	readonly to: Place;
	/** Operations by the provider's names; acts of the service by theirs. */
	readonly by: readonly string[];
}

/** A CMK of origin KMS has its material for ever: nothing is imported into it, nothing of it expires. */
export function stateEdges(origin: KeyOrigin): readonly Edge[] {
	const edges = new Map<string, { from: Place; to: Place; by: string[] }>();
	const add = (from: Place, to: Place, by: string) => {
		if (from === to) return;
		const name = `${from} ${to}`;
		const edge = edges.get(name) ?? { from, to, by: [] };
		edges.set(name, edge);
		edge.by.push(by);
	};
	const states = KEY_STATES.filter((state) => origin === 'EXTERNAL' || state !== 'PENDING_IMPORT');
	add('created', FIRST_STATE[origin].becomes, 'CreateCmk');
	for (const [operation, row] of Object.entries(STATE_TABLE) as [
		KeyOperation,
		(typeof STATE_TABLE)[KeyOperation]
	][]) {
		if (origin === 'KMS' && EXTERNAL_ONLY[operation]) continue;
		for (const state of states)
			for (const to of reached(row[state])) if (states.includes(to)) add(state, to, operation);
	}
	for (const [act, row] of Object.entries(TIMER_TABLE)) {
		if (origin === 'KMS' && act === 'ExpireKeyMaterial') continue;
		for (const state of states) {
			const verdict = row[state];
			if (verdict) add(state, verdict.becomes, act);
		}
	}
	return [...edges.values()];
}

function reached(verdict: Verdict): readonly KeyState[] {
	if ('refused' in verdict) return [];
	if ('becomes' in verdict) return [verdict.becomes];
	return [verdict.becomesWithMaterial, verdict.becomesWithout];
}
