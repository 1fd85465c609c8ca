/**
 * Every demo there is: the steps of the procedure, then the course. Loaded as one, and only where somebody chooses among
 * them or writes their pages.
 */
import { DRILLS, LESSONS } from '../course/catalogue';
import type { Scenario } from '../scenario/format';
import { STEP_DEMOS } from './parameters';

// Their shape is what the tests check.
const files = import.meta.glob<Scenario>('./steps/*.json', { eager: true, import: 'default' });

export interface Demo {
	/** As `<kms-demo scenario="…">` has it: the file `embed/<name>.html` is its page. */
	readonly name: string;
	readonly kind: 'step' | 'lesson' | 'drill';
	readonly scenario: Scenario;
}

const steps = STEP_DEMOS.flatMap((name): Demo[] => {
	const scenario = files[`./steps/${name}.json`];
	return scenario ? [{ name, kind: 'step', scenario }] : [];
});
const taken = new Set(steps.map(({ name }) => name));

const ofCourse = (kind: 'lesson' | 'drill', scenarios: readonly Scenario[]): Demo[] =>
	scenarios.map((scenario) => ({ name: demoName(kind, scenario.id), kind, scenario }));

/** A scenario of the course has the name that its id says, unless a step of the procedure has it already. */
const demoName = (kind: Demo['kind'], id: string): string => (taken.has(id) ? `${kind}-${id}` : id);

export const DEMOS: readonly Demo[] = [
	...steps,
	...ofCourse('lesson', LESSONS),
	...ofCourse('drill', DRILLS)
];
