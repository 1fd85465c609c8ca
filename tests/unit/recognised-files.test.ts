/**
 * The kinds of files that the diagnosis recognises as a document, with the files that test each. When they change,
 * `npm run recognised` writes it again; until then this fails.
 */
import { expect, test } from 'vitest';
import { m } from '$lib/paraglide/messages';
import {
	RECOGNISED_GROUPS,
	RECOGNISED_KINDS,
	RECOGNISED_TITLES,
	type RecognisedKind
} from '../../src/routes/proof/recognised-kinds';
import { THE_CASES } from '../support/field-cases';
import { page, table } from '../support/markdown';

const DOCUMENT = '../../docs/recognised-files.md';

/** Kinds that no file of the corpus tests, and why. */
const WITHOUT_FILE: Readonly<Record<string, string>> = {
	sevenZip: 'no tool of the machines that run the tests writes this format'
};

/** Computed once: the files of each kind. */
const FILES_BY_KIND = new Map<string, Set<string>>();
for (const one of THE_CASES)
	for (const kind of [...one.layers, one.content, ...(one.repairs ?? [])])
		FILES_BY_KIND.set(kind, (FILES_BY_KIND.get(kind) ?? new Set()).add(one.file));

const filesOf = ({ id }: RecognisedKind): readonly string[] => [...(FILES_BY_KIND.get(id) ?? [])];

const MOST_NAMED = 2;

function tests(kind: RecognisedKind): string {
	const files = filesOf(kind);
	const named = files.slice(0, MOST_NAMED).map((file) => `\`${file}\``);
	return files.length === 0
		? `none: ${WITHOUT_FILE[kind.id] ?? ''}`
		: `${String(files.length)}: ${named.join(', ')}${files.length > MOST_NAMED ? ', …' : ''}`;
}

function code(text: string): string {
	const escaped = text.replaceAll('|', '\\|');
	return text.includes('`') ? `\`\`\`\` ${escaped} \`\`\`\`` : `\`${escaped}\``;
}

const document = (): Promise<string> =>
	page(
		`# ${m.fidelity_files()}`,
		'Written by `npm run recognised` from the data that the app shows under Rules & sources. A test fails when it is outdated.',
		m.fidelity_files_text(),
		'`n` stands for a number, `…` for other characters or bytes. The files that test a kind are in `tests/fixtures/field-cases`.',
		...RECOGNISED_GROUPS.flatMap((group) => [
			`## ${RECOGNISED_TITLES[group]()}`,
			table(
				['kind', 'example or sign', 'in the field for encrypted key material', 'tested with'],
				RECOGNISED_KINDS[group].map((kind) => [
					kind.name(),
					code(kind.sign),
					kind.fix(),
					tests(kind)
				])
			)
		])
	);

const everyKind = RECOGNISED_GROUPS.flatMap((group) => [...RECOGNISED_KINDS[group]]);

test('docs/recognised-files.md says what the data say', async () => {
	await expect(await document()).toMatchFileSnapshot(DOCUMENT);
});

test('every recognised kind has a file that tests it, or a reason why not', () => {
	const without = everyKind.filter((kind) => filesOf(kind).length === 0).map(({ id }) => id);
	expect(without).toEqual(Object.keys(WITHOUT_FILE));
});

test('no fix in the table announces commands that follow it only in the diagnosis', () => {
	expect(everyKind.map(({ fix }) => fix()).filter((fix) => /[:：]$/.test(fix))).toEqual([]);
});
