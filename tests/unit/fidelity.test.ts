/**
 * The table of fidelity as a document, written from the data that the page Proof shows. When the data change,
 * `npm run fidelity` writes it anew.
 */
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { DOCUMENTS, RULE_GROUPS, RULES, type RuleGroup } from '$lib/domain/fidelity';
import { KEY_STATES } from '$lib/domain/key';
import {
	EXTERNAL_ONLY,
	FIRST_STATE,
	STATE_TABLE,
	STRICT_REIMPORT,
	TIMER_TABLE,
	type Marked
} from '$lib/domain/state-table';
import { ruleText } from '$lib/ui/proof/rule-texts';
import { outcomeText } from '$lib/ui/proof/verdicts';

const DOCUMENT = '../../docs/fidelity.md';

const GROUP_TITLES: Readonly<Record<RuleGroup, string>> = {
	procedure: 'The procedure',
	time: 'Time',
	answers: 'Answers',
	contradictions: 'Contradictions in the documents, and how they are settled',
	sandbox: 'What only the sandbox has'
};

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const marked = (text: string, { mark, source }: Marked) => `${text} (${mark}, ${source})`;

function states(): string {
	const operations = Object.entries(STATE_TABLE).map(([name, cells]) => [
		name,
		...KEY_STATES.map((state) => marked(outcomeText(cells[state]), cells[state]))
	]);
	const strict = KEY_STATES.map((state) => {
		const cell = STRICT_REIMPORT[state] ?? STATE_TABLE.ImportKeyMaterial[state];
		return marked(outcomeText(cell), cell);
	});
	const timers = Object.entries(TIMER_TABLE).map(([name, cells]) => [
		`${name} (time alone)`,
		...KEY_STATES.map((state) => {
			const cell = cells[state];
			return cell ? marked(cell.becomes, cell) : '–';
		})
	]);
	return table(
		['operation', ...KEY_STATES],
		[...operations, ['ImportKeyMaterial, strict guide', ...strict], ...timers]
	);
}

function document(): string {
	const creation = Object.entries(FIRST_STATE).map(
		([origin, first]) => `- ${marked(`CreateCmk of origin ${origin}: ${first.becomes}`, first)}`
	);
	const external = Object.entries(EXTERNAL_ONLY).map(
		([name, one]) => `- ${marked(`${name} on a CMK of origin KMS: KeyNotExternal`, one)}`
	);
	const groups = RULE_GROUPS.flatMap((group) => [
		`## ${GROUP_TITLES[group]}`,
		table(
			group === 'contradictions' ? ['id', 'rule', 'mark', 'source'] : ['rule', 'mark', 'source'],
			RULES.filter((rule) => rule.group === group).map((rule) => [
				...(group === 'contradictions' ? [rule.id] : []),
				ruleText(rule.id),
				rule.mark,
				rule.source
			])
		)
	]);
	const documents = Object.entries(DOCUMENTS).map(([name, title]) => `- ${name}: ${title}`);
	return `${[
		'# Fidelity',
		'Written by `npm run fidelity` from the data that the app shows on its page Proof; a test fails when it is stale.',
		'P: documented by the provider. A: inherited from its closest relative. D: our decision, because nobody documents it.',
		'## Operation by state',
		states(),
		[...creation, ...external].join('\n'),
		...groups,
		'## The documents',
		documents.join('\n')
	].join('\n\n')}\n`;
}

test('docs/fidelity.md says what the data say', async () => {
	await expect(await format(document(), { parser: 'markdown' })).toMatchFileSnapshot(DOCUMENT);
});

test('every rule has an id of its own, a mark and a source', () => {
	expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
	for (const { mark, source } of RULES) {
		expect(['P', 'A', 'D']).toContain(mark);
		expect(source).not.toBe('');
	}
});

test('every document that a source names has its title', () => {
	const sources = [
		...RULES,
		...Object.values(STATE_TABLE).flatMap((cells) => Object.values(cells))
	].flatMap(({ source }) => source.split(', '));
	const named = sources.filter((source) => /^S\d+$/.test(source));
	expect(named.filter((name) => !(name in DOCUMENTS))).toEqual([]);
});
