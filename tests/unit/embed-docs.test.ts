/** The demos that a page of documentation embeds are found, played, and told apart from those that were changed since. */
import { expect, test } from 'vitest';
import { DEMOS } from '../../src/lib/embed/demos';
import { STEP_DEMOS } from '../../src/lib/embed/parameters';
import { missingTexts } from '../../src/lib/scenario/lint';
import { scenarioToLink } from '../../src/lib/scenario/link';
import { scenarioDigest } from '../../src/lib/scenario/digest';
import { checkFile } from '../../src/tools/scenario-check';
import { createEmbedChecker } from '../../src/tools/embed/check-embeds';
import { findEmbeds } from '../../src/tools/embed/find-embeds';

const upload = demo('upload');
const digest = scenarioDigest(upload.scenario);

function demo(name: string) {
	const found = DEMOS.find((one) => one.name === name);
	if (!found) throw new Error(`there is no demo ${name}`);
	return found;
}

const check = createEmbedChecker();

test('every step of the procedure and every scenario of the course is a demo, each of its own name', () => {
	const names = DEMOS.map(({ name }) => name);
	expect(names.slice(0, STEP_DEMOS.length)).toEqual(STEP_DEMOS);
	expect(new Set(names).size).toBe(names.length);
	expect(names).toContain('lesson-expiry');
	expect(demo('lesson-expiry').scenario.kind).toBe('lesson');
	for (const { name, scenario } of DEMOS) expect(`${name} `).toContain(`${scenario.id} `);
});

test.each(STEP_DEMOS)(
	'the demo %s is reached by its solution, not by its start, in both languages',
	async (name) => {
		const { scenario } = demo(name);
		expect(missingTexts({ ...scenario, kind: 'lesson', hints: [...scenario.hints, HINT] })).toEqual(
			[]
		);
		expect(await checkFile(new TextEncoder().encode(JSON.stringify(scenario)))).toEqual([]);
	}
);
/** A lesson has three, a demo of a step two. */
const HINT = { en: 'x', 'zh-CN': 'x' };

test.each([
	['<kms-demo scenario="upload"></kms-demo>', { name: 'upload' }],
	["<kms-demo lang='en' scenario='upload'>", { name: 'upload' }],
	['<kms-demo scenario={"upload"} />', { name: 'upload' }],
	['<kms-demo scenario=upload>', { name: 'upload' }],
	[`<kms-demo scenario="upload" data-digest="${digest}">`, { name: 'upload', digest }],
	['<iframe title="a > b" src="https://x.example/k/embed/use.html?lang=en">', { name: 'use' }],
	[`<iframe src="../embed/use.html" data-digest="${digest}"></iframe>`, { name: 'use', digest }],
	[
		'[Try it](https://x.example/embed/runbook.html)',
		{ name: 'runbook', address: 'https://x.example/embed/runbook.html' }
	],
	['![](embed/transcripts/upload.zh-CN.svg)', { name: 'upload' }],
	['<kms-demo src="#s=AbC_-1">', { fragment: '#s=AbC_-1' }],
	['<iframe src="https://x.example/embed/scenario.html?lang=en#s=Ab">', { fragment: '#s=Ab' }]
])('finds %s', (text, embed) => {
	expect(findEmbeds(`one\n${text}\n`)).toEqual([{ line: 2, ...embed }]);
});

test.each([
	'kms-demo scenario="upload"',
	'<iframe src="https://x.example/other.html"></iframe>',
	'embed/<id>.html',
	'`embed/scenario.html`',
	'Attributes of `<kms-demo>`: `<kms-demo scenario="…">` has a name.',
	'<iframe src="https://video.example/embed/abc123"></iframe>',
	'<iframe src={address} title="embed/"></iframe>',
	'# s=AbC'
])('finds nothing in %s', (text) => {
	expect(findEmbeds(text)).toEqual([]);
});

test.each([
	'<kms-demo>',
	'<kms-demo lang="en" title="upload">',
	'<kms-demo scenario={name} />',
	'<kms-demo {...props} />',
	'<kms-demo :scenario="name">',
	'<kms-demo v-bind:scenario="name">',
	'<kms-demo scenario="{{ name }}">',
	'<kms-demo src="#s=!!">',
	'<kms-demo scenario="upload" src={link}>',
	'<kms-demo scenario="upload" :src="link">',
	'<kms-demo scenario="upload" [src]="link">',
	'<iframe src="https://x.example/embed/scenario.html">',
	'<iframe src="https://x.example/embed/scenario.html#s=">',
	'<iframe src="../embed/{{ name }}.html">',
	'<iframe src={`${base}/embed/${name}.html`} />',
	`<iframe :src="'/embed/' + name + '.html'">`
])('%s is a demo that nobody can look at, and is reported', async (tag) => {
	expect(findEmbeds(`one\n${tag}\n`)).toEqual([{ line: 2, unreadable: tag }]);
	const { count, problems } = await check(tag);
	expect(count).toBe(1);
	expect(problems).toEqual([expect.stringMatching(/^line 1: which demo it is cannot be read/)]);
});

test('a page whose demos are as they were is in order', async () => {
	const text = `<kms-demo scenario="upload" data-digest="${digest}"></kms-demo>\n<kms-demo src="${await scenarioToLink(upload.scenario)}">`;
	expect(await check(text)).toEqual({ count: 2, problems: [] });
});

test('a page of the documentation in a folder of that name is no demo', async () => {
	const text = '[Read on](embed/help-page.html)';
	expect((await check(text)).problems).toHaveLength(1);
	const isOwnFile = (address: string) => address === 'embed/help-page.html';
	expect(await check(text, isOwnFile)).toEqual({ count: 0, problems: [] });
});

test('planted: a demo that was changed since, one that there is not, a cut link and a scenario that nobody can finish', async () => {
	const broken = { ...upload.scenario, solution: [] };
	const text = [
		`<kms-demo scenario="upload" data-digest="${digest.replace(/^./, 'g')}"></kms-demo>`,
		'<kms-demo scenario="download"></kms-demo>',
		'<kms-demo src="#s=AbC"></kms-demo>',
		`<kms-demo src="${await scenarioToLink(broken)}"></kms-demo>`
	].join('\n');
	const { count, problems } = await check(text);
	expect(count).toBe(4);
	expect(problems).toEqual([
		expect.stringMatching(/^line 1: .*stale/),
		expect.stringMatching(/^line 2: .*no demo of the name "download"/),
		expect.stringMatching(/^line 3: .*Damaged/),
		expect.stringMatching(/^line 4: the solution does not reach enabled/)
	]);
});
