/** Marks and sources as the reader sees them. */
import { isDiffering, type Rule } from '$lib/domain/fidelity';
import type { Mark, Marked } from '$lib/domain/state-table';
import { m } from '$lib/paraglide/messages';

export const MARKS: readonly Mark[] = ['P', 'A', 'D'];

export type Filter = Mark | 'all' | 'differs';

export const MARK_NAMES: Readonly<Record<Mark, () => string>> = {
	P: m.fidelity_name_p,
	A: m.fidelity_name_a,
	D: m.fidelity_name_d
};

export const MARK_MEANINGS: Readonly<Record<Mark, () => string>> = {
	P: m.fidelity_mark_p,
	A: m.fidelity_mark_a,
	D: m.fidelity_mark_d
};

export const sourceText = ({ source }: Marked): string =>
	source === 'own' ? m.fidelity_no_document() : source;

export function isShown(rule: Rule, filter: Filter): boolean {
	if (filter === 'all') return true;
	return filter === 'differs' ? isDiffering(rule.id) : rule.mark === filter;
}
