/**
 * The table of fidelity as a document, written from the data that the page Proof shows. When the data change,
 * `npm run fidelity` writes it anew; until then this fails.
 */
import { expect, test } from 'vitest';
import { DOCUMENTS, isDiffering, RULE_GROUPS, RULES, type Rule } from '$lib/domain/fidelity';
import { RELATIVE_CODES } from '$lib/domain/fidelity-codes';
import { KEY_STATES } from '$lib/domain/key';
import { EXTERNAL_ONLY, FIRST_STATE, type Marked } from '$lib/domain/state-table';
import { m } from '$lib/paraglide/messages';
import { sourceText } from '../../src/routes/proof/evidence';
import { GROUP_TITLES } from '../../src/routes/proof/group-titles';
import { realText, ruleText } from '../../src/routes/proof/rule-texts';
import { tableRows, type Cell, type Outcome } from '../../src/routes/proof/verdicts';
import { page, table } from '../support/markdown';

const DOCUMENT = '../../docs/fidelity.md';

const evidence = (marked: Marked) => `${marked.mark}, ${sourceText(marked)}`;

function cellText(cell: Cell | null): string {
	if (!cell) return m.fidelity_cannot();
	const rests = [evidence(cell.evidence), ...cell.outcomes.flatMap(effectText)];
	return `${cell.outcomes.map(outcomeText).join('; ')} (${rests.join('; ')})`;
}

function outcomeText({ kind, text, condition }: Outcome): string {
	const words = kind === 'changes' ? `→ ${text}` : kind === 'refused' ? `✗ ${text}` : text;
	return condition ? `${words} ${condition}` : words;
}

const effectText = ({ condition, effect }: Outcome): readonly string[] =>
	effect ? [`${condition ?? m.fidelity_afterwards()}: ${evidence(effect)}`] : [];

function states(): string {
	const rows = tableRows().map(({ name, note, cellIn }) => [
		note ? `${name} (${note})` : name,
		...KEY_STATES.map((state) => cellText(cellIn(state)))
	]);
	const sentences = [
		...Object.entries(FIRST_STATE).map(
			([origin, first]) => `CreateCmk, origin ${origin}: ${first.becomes} (${evidence(first)})`
		),
		...Object.entries(EXTERNAL_ONLY).map(
			([name, one]) => `${name}, origin KMS: KeyNotExternal in every state (${evidence(one)})`
		)
	];
	return `${table(['operation', ...KEY_STATES], rows)}\n\n${sentences.map((text) => `- ${text}`).join('\n')}`;
}

const ruleRow = ({ id, group, ...marked }: Rule): string[] => [
	group === 'contradictions' ? `**${id}** ${ruleText(id)}` : ruleText(id),
	isDiffering(id) ? realText(id) : '',
	marked.mark,
	sourceText(marked)
];

async function document(): Promise<string> {
	const groups = RULE_GROUPS.flatMap((group) => [
		`## ${GROUP_TITLES[group]()}`,
		table(
			['rule', 'at a real service', 'mark', 'source'],
			RULES.filter((rule) => rule.group === group).map(ruleRow)
		)
	]);
	const codes = Object.entries(RELATIVE_CODES).map(([code, { alibaba, aws, tencent }]) => [
		code,
		alibaba ?? m.fidelity_not_found(),
		aws,
		tencent
	]);
	const documents = Object.entries(DOCUMENTS).map(
		([name, { title, address }]) => `- ${name}: ${title}, \`${address}\``
	);
	return page(
		'# Fidelity',
		'Written by `npm run fidelity` from the data that the app shows on its page Proof. A test fails when it is stale.',
		m.fidelity_intro(),
		[m.fidelity_mark_p(), m.fidelity_mark_a(), m.fidelity_mark_d()]
			.map((meaning, index) => `- **${'PAD'.charAt(index)}** ${meaning}`)
			.join('\n'),
		`## ${m.fidelity_states()}`,
		m.fidelity_states_text(),
		states(),
		...groups,
		`## ${m.fidelity_codes_title()}`,
		m.fidelity_codes_text(),
		table(['here', 'Alibaba Cloud', 'AWS', 'Tencent Cloud'], codes),
		`## ${m.fidelity_documents()}`,
		documents.join('\n'),
		m.fidelity_unread()
	);
}

/** Every mark with its source, of the state table and of the rules beside it. */
function everyEvidence(): readonly Marked[] {
	const cells = tableRows().flatMap(({ cellIn }) =>
		KEY_STATES.flatMap((state) => cellIn(state) ?? [])
	);
	const effects = cells.flatMap(({ outcomes }) => outcomes.flatMap(({ effect }) => effect ?? []));
	return [
		...RULES,
		...Object.values(FIRST_STATE),
		...Object.values(EXTERNAL_ONLY),
		...cells.map((cell) => cell.evidence),
		...effects
	];
}

test('docs/fidelity.md says what the data say', async () => {
	await expect(await document()).toMatchFileSnapshot(DOCUMENT);
});

test('every source is a document that is listed, a contradiction that is settled, or none', () => {
	const known = new Set<string>([...Object.keys(DOCUMENTS), ...RULES.map(({ id }) => id)]);
	const named = everyEvidence().flatMap(({ source }) =>
		source === 'own' ? [] : source.split(', ')
	);
	expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});

test('every listed document is the source of something', () => {
	const named = new Set(everyEvidence().flatMap(({ source }) => source.split(', ')));
	expect(Object.keys(DOCUMENTS).filter((name) => !named.has(name))).toEqual([]);
});

test('a mark is never better than its source', () => {
	const worthOf = { P: /\bS\d/, A: /\bR\d/, D: /^own$/ };
	// a contradiction names the pages that contradict each other, however it is settled
	const weighed = everyEvidence().filter(
		(marked) => !('group' in marked && marked.group === 'contradictions')
	);
	expect(weighed.filter(({ mark, source }) => !worthOf[mark].test(source))).toEqual([]);
});
