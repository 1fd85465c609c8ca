/** Every scenario of the app, in order. Loaded as one, and only where somebody learns. */
import type { Scenario } from '../scenario/format';

// Their shape is what the tests check; whoever plays one checks it again.
const lessons = import.meta.glob<Scenario>('./lessons/*.json', { eager: true, import: 'default' });
const drills = import.meta.glob<Scenario>('./drills/*.json', { eager: true, import: 'default' });

/** By the numbers in their file names. */
function inOrder(modules: Readonly<Record<string, Scenario>>): readonly Scenario[] {
	return Object.entries(modules)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, scenario]) => scenario);
}

export const LESSONS = inOrder(lessons);
export const DRILLS = inOrder(drills);
export const SCENARIOS: readonly Scenario[] = [...LESSONS, ...DRILLS];
