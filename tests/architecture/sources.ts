/** The source files and the imports in them. Everything here works on text, so a test can plant a fault. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '../..');

/** Text by path below src/, with forward slashes: `lib/domain/key.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** How an import is written. `url`: only the address of a separately built worker. */
export type ImportKind = 'value' | 'lazy' | 'type' | 'url';

export interface Import {
	readonly from: string;
	readonly specifier: string;
	readonly kind: ImportKind;
}

/** Not part of the app: tools run in Node, and what Paraglide and a compiler make is not written by hand. */
const LEFT_OUT = ['tools/', 'lib/paraglide/', 'lib/terminal/openssl/openssl.js'];

export function readSources(folder = join(ROOT, 'src')): Sources {
	const sources = new Map<string, string>();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		const path = relative(folder, file).split(sep).join('/');
		const isCode = /\.(?:ts|js|svelte)$/.test(path) && !path.endsWith('.d.ts');
		if (entry.isFile() && isCode && !LEFT_OUT.some((prefix) => path.startsWith(prefix)))
			sources.set(path, readFileSync(file, 'utf8'));
	}
	return sources;
}

/** The file as TypeScript: of a component its scripts, and every `import()` of its markup. */
export function toSyntax(path: string, text: string): ts.SourceFile {
	const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
	return ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

interface Span {
	readonly start: number;
	readonly end: number;
}

function scriptsOf(text: string): string {
	const { module, instance, fragment } = parse(text, { modern: true });
	const spans: Span[] = [module, instance].flatMap((script) =>
		script ? [script.content as unknown as Span] : []
	);
	collectImportExpressions(fragment, spans);
	return spans.map(({ start, end }) => text.slice(start, end)).join('\n;\n');
}

function collectImportExpressions(node: unknown, spans: Span[]): void {
	if (typeof node !== 'object' || node === null) return;
	if ('type' in node && node.type === 'ImportExpression') spans.push(node as unknown as Span);
	for (const child of Object.values(node)) collectImportExpressions(child, spans);
}

export function importsOf(path: string, text: string): Import[] {
	const found: Import[] = [];
	const add = (specifier: ts.Expression | ts.TypeNode | undefined, kind: ImportKind) => {
		const literal = specifier && ts.isLiteralTypeNode(specifier) ? specifier.literal : specifier;
		// An address that is put together at run time cannot be looked up in the table: never allowed.
		const name = literal && ts.isStringLiteralLike(literal) ? literal.text : '(computed)';
		found.push({ from: path, specifier: name, kind: name.endsWith('?worker&url') ? 'url' : kind });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node))
			add(node.moduleSpecifier, isTypeOnly(node.importClause) ? 'type' : 'value');
		else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
			add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
		else if (ts.isImportTypeNode(node)) add(node.argument, 'type');
		else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
			add(node.arguments[0], 'lazy');
		else if (isUrlOfModule(node)) add(node.arguments?.[0], 'url');
		else if (isGlob(node)) add(undefined, 'lazy');
		ts.forEachChild(node, visit);
	};
	visit(toSyntax(path, text));
	return found;
}

/** `import { type X }` is not enough: with verbatimModuleSyntax the module itself is still loaded. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
	return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** `new URL('./x.ts', import.meta.url)` makes the bundler build that module. */
function isUrlOfModule(node: ts.Node): node is ts.NewExpression {
	return (
		ts.isNewExpression(node) &&
		node.expression.getText() === 'URL' &&
		node.arguments?.[1]?.getText() === 'import.meta.url'
	);
}

function isGlob(node: ts.Node): boolean {
	return ts.isCallExpression(node) && node.expression.getText() === 'import.meta.glob';
}

/** What a row of the table is compared with: `domain/key`, `dexie`, `$app/paths`. */
export function toModuleName(path: string): string {
	return path.replace(/^lib\//, '').replace(/\.(?:ts|js)$/, '');
}

/** The module that an import means: below src/ where it is ours, as written where it is a package. */
export function resolveImport({ from, specifier }: Import): string {
	if (specifier.startsWith('$lib/')) return `lib/${specifier.slice(5)}`;
	if (!specifier.startsWith('.')) return specifier;
	return posix.join(posix.dirname(from), specifier);
}

/** @returns undefined for packages and for what tools generate */
export function toFile(sources: Sources, module: string): string | undefined {
	const path = module.replace(/\?.*$/, '');
	return [path, `${path}.ts`, `${path}.js`].find((candidate) => sources.has(candidate));
}
