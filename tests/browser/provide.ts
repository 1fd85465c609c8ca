/** Hands the browsers what they cannot read themselves: how many random lives they are to run. */
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		readonly lives: number;
	}
}

/** A real database takes ten times as long as one in memory: a few lives are enough to see that it is no other. */
export default function provideLives(project: TestProject): void {
	project.provide('lives', Number(process.env['PROPERTY_RUNS'] ?? 1000) / 25);
}
