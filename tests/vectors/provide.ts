/** Reads the published test vectors in Node and hands them to the browsers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import manifest from '../../static/vectors/manifest.json';

declare module 'vitest' {
	interface ProvidedContext {
		/** Contents by file name. */
		readonly vectors: Readonly<Record<string, unknown>>;
	}
}

const FOLDER = join(import.meta.dirname, '../../static/vectors');

export default function provideVectors(project: TestProject): void {
	const sets = manifest.packages.flatMap((one) => one.sets.map(({ file }) => file));
	project.provide(
		'vectors',
		Object.fromEntries(
			sets.map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as unknown])
		)
	);
}
