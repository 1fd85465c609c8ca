/** Hands the browsers what they cannot read themselves: how many random lives they are to run. */
import type { TestProject } from 'vitest/node';
import { propertyRuns } from '../support/runs';

declare module 'vitest' {
	interface ProvidedContext {
		readonly lives: number;
	}
}

/** A real database takes ten times as long as one in memory: a few lives are enough to see that it is no other. */
export default function provideLives(project: TestProject): void {
	project.provide('lives', propertyRuns({ short: 20, long: 100 }));
}
