/** The lint rule against lookups by any text in plain objects, on planted faults. */
import { Linter, type Rule } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { noLookupByText } from '../../src/tools/no-lookup-by-text.js';

/** The parser with the types of one text. */
const parser = {
	parseForESLint(code: string) {
		const host = ts.createCompilerHost({});
		const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true);
		const program = ts.createProgram(
			['a.ts'],
			{ noLib: true, strict: true },
			{
				...host,
				getSourceFile: (name) => (name === 'a.ts' ? source : undefined),
				fileExists: (name) => name === 'a.ts',
				readFile: () => code
			}
		);
		const { parser } = tseslint as unknown as {
			parser: { parseForESLint: (text: string, options: object) => object };
		};
		return parser.parseForESLint(code, { programs: [program], filePath: 'a.ts' });
	}
};

function faultsIn(code: string): number {
	const messages = new Linter().verify(
		`declare const typed: string;\n${code}`,
		[
			{
				files: ['**/*.ts'],
				languageOptions: { parser: parser as never },
				plugins: { own: { rules: { rule: noLookupByText as Rule.RuleModule } } },
				rules: { 'own/rule': 'error' }
			}
		],
		{ filename: 'a.ts' }
	);
	expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
	return messages.length;
}

test.each([
	'declare const table: { readonly [name: string]: string }; export const found = table[typed];',
	'declare const table: { a: 1 }; export const found = typed in table;',
	'declare const table: { readonly [name: string]: string }; export const found = table[`a${typed}`];'
])('is found: %s', (code) => {
	expect(faultsIn(code)).toBe(1);
});

test.each([
	"declare const table: { a: 1; b: 2 }; declare const known: 'a' | 'b'; export const found = table[known];",
	'declare const list: readonly string[]; export const found = list[3];',
	'declare const table: { a: 1 }; export const found = table.a;'
])('is none: %s', (code) => {
	expect(faultsIn(code)).toBe(0);
});
