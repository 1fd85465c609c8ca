/** What the builder writes is what the frame reads, the documentation's check finds, and a policy allows. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS, readParameters } from '../../src/lib/embed/parameters';
import { appOf, demosAt } from '../../src/routes/embed-builder/app-address';
import {
	codeOf,
	FORMS,
	pageAddress,
	policyOf,
	type Wanted
} from '../../src/routes/embed-builder/forms';
import { exampleOf } from '../../src/tools/embed/example.js';
import { findEmbeds } from '../../src/tools/embed/find-embeds';

const digest = 'a'.repeat(64);
const wanted: Wanted = {
	chosen: { name: 'upload', digest },
	title: 'Upload "files" & <tokens> {now}',
	parameters: DEFAULT_PARAMETERS,
	height: 760,
	start: 'click',
	base: 'https://learn.example/kms/embed/'
};
const own: Wanted = { ...wanted, chosen: { fragment: '#s=AbC' } };
const full: Wanted = {
	...wanted,
	start: 'visible',
	parameters: {
		...DEFAULT_PARAMETERS,
		parts: ['upload', 'guide'],
		lang: 'zh-CN',
		theme: 'dark',
		accent: '#aa3300',
		exam: true,
		clock: '2026-03-02T09:00:00.000Z',
		persist: 'guide-1'
	}
};

describe.each(FORMS)('%s', (form) => {
	test('is found by the check of a docs build', () => {
		const [first] = findEmbeds(codeOf(form, wanted));
		expect(first).toMatchObject(
			form === 'markdown' ? { name: 'upload' } : { name: 'upload', digest }
		);
	});

	test('carries a scenario of somebody’s own', () => {
		expect(findEmbeds(codeOf(form, own))).toContainEqual(
			expect.objectContaining({ fragment: '#s=AbC' })
		);
	});

	test('needs nothing of a policy but the place of the demos', () => {
		const policy = policyOf(form, wanted);
		for (const directive of policy.split('; '))
			expect(directive).toMatch(/^(?:frame|script|img)-src https:\/\/learn\.example$/);
		expect(codeOf(form, wanted)).not.toMatch(/\sstyle=|\son\w+=/);
	});

	test('lets no title become markup or an expression', () => {
		const code = codeOf(form, { ...wanted, title: '"><script>{alert(1)}' });
		expect(code).not.toContain('"><script>');
		expect(code).not.toMatch(/(?<!\\)\{alert/);
	});
});

test.each([
	'https://learn.example/kms/',
	'https://learn.example/kms',
	' https://learn.example/kms/index.html ',
	'https://learn.example/kms/?a=b#c',
	'https://learn.example/kms/embed/',
	'https://learn.example/kms/embed',
	'https://learn.example/kms/embed/upload.html?lang=en',
	'https://learn.example/kms/embed-builder',
	'https://learn.example/kms/embed-builder/'
])('the demos of the app at %s are in its folder', (typed) => {
	expect(demosAt(typed)).toBe('https://learn.example/kms/embed/');
});

test.each([
	['http://localhost:4173', 'http://localhost:4173/embed/'],
	['https://learn.example/v1.2', 'https://learn.example/v1.2/embed/'],
	['https://learn.example/learn/', 'https://learn.example/learn/embed/'],
	['https://learn.example/a "b"/', 'https://learn.example/a%20%22b%22/embed/']
])('the demos of the app at %s are at %s', (typed, demos) => {
	expect(demosAt(typed)).toBe(demos);
	expect(demosAt(appOf(demos))).toBe(demos);
});

test.each([
	'',
	'learn.example/kms/',
	'/kms/',
	'https://',
	'https:///kms',
	'https://a b/',
	'ftp://learn.example/',
	'javascript:alert(1)',
	'https://somebody:secret@learn.example/'
])('no address can be meant by %j', (typed) => {
	expect(demosAt(typed)).toBeUndefined();
});

test('an iframe is followed by what can be read instead of it', () => {
	expect(codeOf('iframe', wanted)).toMatch(
		/<\/iframe>\n<p><a href="https:\/\/learn\.example\/kms\/embed\/transcripts\/upload\.en\.html">/
	);
	expect(codeOf('iframe', full)).toContain('transcripts/upload.zh-CN.html');
	const ofTitle: Wanted = { ...wanted, locale: 'zh-CN' };
	expect(codeOf('iframe', ofTitle)).toContain('transcripts/upload.zh-CN.html');
	expect(codeOf('markdown', ofTitle)).toContain('transcripts/upload.zh-CN.svg');
	expect(codeOf('iframe', own)).toMatch(/<p><a href="[^"]*scenario\.html#s=AbC">/);
});

test('the help page beside the demos has them in the folder above it, and a policy that allows no more than they need', () => {
	const source = readFileSync('docs/embed/help-page.html', 'utf8');
	const page = exampleOf(source);
	expect(findEmbeds(page)).toEqual(
		findEmbeds(source)
			.filter((embed) => 'digest' in embed)
			.map((embed) => ({ ...embed, line: expect.any(Number) as number }))
	);
	expect(page).toContain('src="../kms-demo.js"');
	expect(page).toContain(
		"default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'"
	);
	expect(page).not.toMatch(/\.\.\/build|<!--/);
});

test('a link needs no policy', () => {
	expect(policyOf('markdown', own)).toBe('');
});

test('the address has what was chosen, as the frame reads it', () => {
	const address = new URL(pageAddress(full));
	expect(address.pathname).toBe('/kms/embed/upload.html');
	expect(readParameters(address.search)).toEqual({ ok: true, value: full.parameters });
	expect(pageAddress(wanted)).toBe('https://learn.example/kms/embed/upload.html');
});

test('the element has what was chosen as attributes, and nothing that was not', () => {
	const code = codeOf('element', full);
	for (const attribute of [
		'scenario="upload"',
		'parts="upload,guide"',
		'lang="zh-CN"',
		'theme="dark"',
		'accent="#aa3300"',
		'exam=""',
		'clock="2026-03-02T09:00:00.000Z"',
		'persist="guide-1"',
		'start="visible"',
		'height="760"'
	])
		expect(code).toContain(attribute);
	expect(code).toContain('transcripts/upload.zh-CN.html');
	expect(codeOf('element', wanted)).not.toMatch(
		/parts=|lang=|theme=|accent=|exam=|clock=|persist=|start=/
	);
});

test.each(['iframe', 'element', 'mdx', 'docusaurus'] as const)(
	'%s carries every parameter that there is',
	(form) => {
		const names = Object.keys(DEFAULT_PARAMETERS);
		for (const name of names) expect(full.parameters).not.toHaveProperty(name, defaults[name]);
		const code = codeOf(form, full);
		for (const name of names) expect(code).toMatch(new RegExp(`[\\s?;]${name}=`));
	}
);
const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_PARAMETERS };
