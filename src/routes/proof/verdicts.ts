/** The rows of the state table as the page and `docs/fidelity.md` show them. */
import type { KeyState } from '$lib/domain/key';
import {
	STATE_TABLE,
	STRICT_REIMPORT,
	TIMER_TABLE,
	type KeyOperation,
	type Marked,
	type Verdict
} from '$lib/domain/state-table';
import { m } from '$lib/paraglide/messages';
import { stateName } from '$lib/ui/features/key-facts/state-names';

export interface Outcome {
	readonly kind: 'allowed' | 'changes' | 'refused' | 'gone';
	/** The service's own word: a state or a code. */
	readonly text: string;
	/** When this outcome holds, where it does not always. */
	readonly condition?: string;
	/** What the state afterwards rests on, where that is not what the answer rests on. */
	readonly effect?: Marked;
}

export interface Cell {
	readonly evidence: Marked;
	readonly outcomes: readonly Outcome[];
}

export interface CellRow {
	readonly name: string;
	readonly note?: string;
	/** null: it cannot happen there. */
	readonly cellIn: (state: KeyState) => Cell | null;
}

export function tableRows(): readonly CellRow[] {
	const operations = Object.keys(STATE_TABLE) as KeyOperation[];
	return [
		...operations.flatMap((name) => {
			const row = { name, cellIn: (state: KeyState) => toCell(state, STATE_TABLE[name][state]) };
			return name === 'ImportKeyMaterial' ? [row, strictRow()] : [row];
		}),
		timerRow('ExpireKeyMaterial', m.fidelity_expiry()),
		timerRow('DeleteCmk', m.fidelity_deletion())
	];
}

function strictRow(): CellRow {
	return {
		name: 'ImportKeyMaterial',
		note: m.fidelity_strict_row(),
		cellIn: (state) => toCell(state, STRICT_REIMPORT[state] ?? STATE_TABLE.ImportKeyMaterial[state])
	};
}

function timerRow(act: keyof typeof TIMER_TABLE, name: string): CellRow {
	return {
		name,
		note: m.fidelity_by_time(),
		cellIn: (state) => {
			const evidence = TIMER_TABLE[act][state];
			if (!evidence) return null;
			const outcome: Outcome =
				evidence.becomes === 'gone'
					? { kind: 'gone', text: m.fidelity_gone() }
					: { kind: 'changes', text: stateName(evidence.becomes) };
			return { evidence, outcomes: [outcome] };
		}
	};
}

function toCell(state: KeyState, verdict: Verdict): Cell {
	return { evidence: verdict, outcomes: outcomesOf(state, verdict) };
}

function outcomesOf(state: KeyState, verdict: Verdict): readonly Outcome[] {
	if ('refused' in verdict) return [{ kind: 'refused', text: verdict.refused }];
	if ('becomes' in verdict) {
		const { becomes, effect } = verdict;
		return [{ ...leadsTo(state, becomes), ...(effect && { effect }) }];
	}
	return [
		{
			...leadsTo(state, verdict.becomesWithMaterial),
			condition: m.fidelity_with_material(),
			effect: verdict.effectWithMaterial
		},
		{
			...leadsTo(state, verdict.becomesWithout),
			condition: m.fidelity_without_material(),
			effect: verdict.effectWithout
		}
	];
}

function leadsTo(state: KeyState, becomes: KeyState): Outcome {
	return becomes === state
		? { kind: 'allowed', text: m.fidelity_ok() }
		: { kind: 'changes', text: stateName(becomes) };
}
