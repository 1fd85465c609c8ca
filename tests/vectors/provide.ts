/** Reads published test vectors in Node and hands them to the browsers. They are data from outside, not kept in here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The Wycheproof files by name, or null when the folder is not there. */
		wycheproof: Record<string, unknown> | null;
	}
}

const PROJECT = resolve(import.meta.dirname, '../..');
const FOLDER = resolve(PROJECT, process.env['VECTORS_DIR'] ?? '../shared/vectors', 'wycheproof');

export default function provideVectors(project: TestProject): void {
	project.provide('wycheproof', existsSync(FOLDER) ? readVectors() : null);
}

function readVectors(): Record<string, unknown> {
	const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
	return Object.fromEntries(
		names.map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as unknown])
	);
}
