/** What the builder writes is what the frame reads, the documentation's check finds, and a policy allows. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS, readParameters } from '../../src/lib/embed/parameters';
import { codeOf, FORMS, pageAddress, policyOf, type Wanted } from '../../src/lib/ui/embed/forms';
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
		persist: 'chapter-3'
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
		'persist="chapter-3"',
		'start="visible"',
		'height="760"'
	])
		expect(code).toContain(attribute);
	expect(code).toContain('transcripts/upload.zh-CN.html');
	expect(codeOf('element', wanted)).not.toMatch(
		/parts=|lang=|theme=|accent=|exam=|clock=|persist=|start=/
	);
});

test.each(['iframe', 'element'] as const)('%s carries every parameter that there is', (form) => {
	for (const name of Object.keys(DEFAULT_PARAMETERS))
		expect(codeOf(form, full)).toMatch(new RegExp(`[\\s?;]${name}=`));
});
