/** Compares every import with the table, and looks for circles and for files that only pass imports on. */
import ts from 'typescript';
import type { Row } from './import-table';
import {
	importsOf,
	resolveImport,
	toFile,
	toModuleName,
	toSyntax,
	type Import,
	type ImportKind,
	type Sources
} from './sources';

type Table = Readonly<Record<string, Row>>;

const begins = (name: string, prefix: string) => name === prefix || name.startsWith(`${prefix}/`);

/** The row with the longest name that the module's name begins with. */
export function rowOf(table: Table, module: string): string | undefined {
	return Object.keys(table)
		.filter((name) => begins(module, name))
		.sort((a, b) => b.length - a.length)[0];
}

/** One sentence for each import that the table does not allow. */
export function forbiddenImports(sources: Sources, table: Table): string[] {
	return [...sources].flatMap(([path, text]) => {
		const room = rowOf(table, toModuleName(path));
		const row = room === undefined ? undefined : table[room];
		if (room === undefined || !row) return [`${path} lies in no folder of the table`];
		return importsOf(path, text).flatMap((edge) => {
			const target = toModuleName(resolveImport(edge));
			const allowed =
				rowOf(table, target) === room ||
				allowedNames(row, edge.kind).some((name) => begins(target, name));
			return allowed ? [] : [`${path} must not import ${target} (${edge.kind})`];
		});
	});
}

function allowedNames(row: Row, kind: ImportKind): readonly string[] {
	const { imports, lazily = [], types = [] } = row;
	if (kind === 'lazy') return [...imports, ...lazily];
	return kind === 'type' ? [...imports, ...lazily, ...types] : imports;
}

/** One sentence for each circle. Types count: two modules that need each other's types are one module. */
export function importCycles(sources: Sources): string[] {
	const targets = new Map(
		[...sources].map(([path, text]) => [path, targetsOf(sources, importsOf(path, text))])
	);
	const cycles: string[] = [];
	const done = new Set<string>();
	const walk = (path: string, trail: readonly string[]): void => {
		const start = trail.indexOf(path);
		if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
		if (start >= 0 || done.has(path)) return;
		for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
		done.add(path);
	};
	for (const path of sources.keys()) walk(path, []);
	return cycles;
}

function targetsOf(sources: Sources, imports: readonly Import[]): Set<string> {
	const files = imports
		.filter(({ kind }) => kind !== 'url')
		.map((edge) => toFile(sources, resolveImport(edge)));
	return new Set(files.filter((file) => file !== undefined));
}

/** A folder's index hides who uses what, from this test and from the reader. */
export function barrels(sources: Sources): string[] {
	return [...sources].flatMap(([path, text]) => {
		const { statements } = toSyntax(path, text);
		const passesOn = statements.some(
			(node) => ts.isExportDeclaration(node) && node.moduleSpecifier
		);
		return passesOn ? [`${path} passes on what other modules export`] : [];
	});
}
