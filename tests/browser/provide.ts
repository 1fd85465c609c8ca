/** Gives the browsers a value that they can't read themselves: the number of random sequences to run. */
import type { TestProject } from 'vitest/node';
import { propertyRuns } from '../support/runs';

declare module 'vitest' {
	interface ProvidedContext {
		readonly lives: number;
	}
}

/** A real database is ten times slower than one in memory. A few sequences are enough to show that both behave the same. */
export default function provideLives(project: TestProject): void {
	project.provide('lives', propertyRuns({ short: 20, long: 100 }));
}
