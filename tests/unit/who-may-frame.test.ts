/** No page may frame the console. The build sets which pages may frame an embed. */
import { describe, expect, test } from 'vitest';
import { mayBeFramed } from '../../src/lib/embed/framing';
import { embedAncestors } from '../../src/tools/embed/ancestors.js';
import { stamped } from '../../src/tools/embed/finish.js';
import { headersFile, headersOf, PAGE_POLICY, SCRIPT_POLICY } from '../../src/tools/headers.js';

const DOCS = 'https://docs.example.com';
const HELP = 'https://help.example.com:8443';

describe('the allow-list of a build', () => {
	test.each([
		['none', undefined, []],
		['an empty one', ' ', []],
		['several, each once', ` ${DOCS}\n${HELP} ${DOCS}`, [DOCS, HELP]],
		[
			'a machine of one’s own',
			'http://localhost:3000 http://[::1]',
			['http://localhost:3000', 'http://[::1]']
		]
	])('%s', (_, list, origins) => {
		expect(embedAncestors(list)).toEqual(origins);
	});

	test.each([
		'docs.example.com',
		'https://docs.example.com/',
		'https://docs.example.com/help',
		'https://*.example.com',
		'*',
		'https://docs.example.com;script-src',
		"'self'",
		'https://Docs.example.com',
		'https://docs.example.com:443',
		'https://user@docs.example.com',
		'ftp://docs.example.com',
		'https://docs.example.com:99999'
	])('with %s in it there is no build', (origin) => {
		expect(() => embedAncestors(`${HELP} ${origin}`)).toThrow(TypeError);
	});
});

describe('a host sends', () => {
	const policyOf = (path: string, allowed?: readonly string[]) =>
		headersOf(path, allowed)['content-security-policy'];

	test.each([
		'keys.html',
		'404.html',
		'embed-builder.html',
		'embed-builder/index.html',
		'keys/index.html',
		'icon.svg'
	])('with %s that no page may frame it', (path) => {
		expect(policyOf(path)).toBe(PAGE_POLICY);
		expect(policyOf(path, [DOCS])).toBe(PAGE_POLICY);
	});

	test.each(['embed/upload.html', 'embed/scenario.html', 'embed/transcripts/upload.en.html'])(
		'with %s nothing about frames, or the allow-list',
		(path) => {
			expect(headersOf(path)).not.toHaveProperty('content-security-policy');
			expect(policyOf(path, [DOCS, HELP])).toBe(`frame-ancestors 'self' ${DOCS} ${HELP}`);
		}
	);

	test('with scripts the policy of the workers they may become, also below embed/', () => {
		for (const path of ['embed/engine-plain.js', 'embed/sw.js', 'service-worker.js'])
			expect(policyOf(path, [DOCS])).toBe(SCRIPT_POLICY);
	});

	test('to other origins what they load by script, and nothing else', () => {
		const origins = (path: string) => headersOf(path)['access-control-allow-origin'];
		for (const path of ['kms-demo.js', 'kms-demo.d.ts', 'oembed/upload.json'])
			expect(origins(`embed/${path}`)).toBe('*');
		for (const path of ['embed/core.en.js', 'embed/upload.html', 'kms-demo.js', 'oembed/a.json'])
			expect(origins(path)).toBeUndefined();
	});
});

describe('the file _headers', () => {
	const pages = ['/', '/keys', '/keys/create', '/learn', '/learn/exam', '/embed-builder'];
	const rulesOf = (allowed?: readonly string[]) =>
		new Map(
			headersFile(pages, [], allowed)
				.split(/\n(?=\/)/)
				.map((rule) => [rule.split('\n')[0] ?? '', rule] as const)
		);
	/** As those hosts read it: every rule that fits holds. */
	const policies = (address: string, allowed?: readonly string[]) =>
		[...rulesOf(allowed)]
			.filter(([path]) =>
				path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path
			)
			.flatMap(([, rule]) => /content-security-policy: (.*)/.exec(rule)?.[1] ?? []);

	test.each([
		'/',
		'/index.html',
		'/404.html',
		'/keys',
		'/keys.html',
		'/keys/1234',
		'/keys/create',
		'/learn/exam.html',
		'/embed-builder',
		'/embed-builder.html',
		'/embed-builder/',
		'/embed-builder/index.html'
	])('says that no page may frame %s', (address) => {
		expect(policies(address)).toContain(PAGE_POLICY);
		expect(policies(address, [DOCS])).toContain(PAGE_POLICY);
	});

	test('says nothing about an embed’s frame, or only the allow-list', () => {
		for (const address of ['/embed/upload.html', '/embed/upload', '/embed/first-import.html']) {
			expect(policies(address)).toEqual([]);
			expect(policies(address, [DOCS])).toEqual([`frame-ancestors 'self' ${DOCS}`]);
		}
	});

	test('has fewer rules than the hosts that count them allow', () => {
		expect(rulesOf([DOCS]).size).toBeLessThan(100);
	});
});

describe('a frame may run', () => {
	const own = 'https://kms.example.com';

	test.each([
		['in anybody’s page where there is no list', null, ['https://a.example'], true],
		['by itself', DOCS, [], true],
		['in a page of the list', `${HELP} ${DOCS}`, [DOCS], true],
		['in the console’s preview', DOCS, [own], true],
		['not in another page', DOCS, ['https://a.example'], false],
		[
			'not in a page of the list that stands in another one',
			DOCS,
			[DOCS, 'https://a.example'],
			false
		],
		['not in a page without an origin', DOCS, ['null'], false],
		['not in a page whose origin begins alike', DOCS, [`${DOCS}.evil.example`], false],
		['where the browser does not tell: the header alone holds', DOCS, undefined, true]
	])('%s', (_, list, ancestorOrigins, expected) => {
		expect(mayBeFramed(list, { ancestorOrigins, origin: own })).toBe(expected);
	});
});

test('a page says its version and the allow-list once, however often it is built', () => {
	const once = stamped('<head><title>Upload</title></head><body></body>', '1', [DOCS, HELP]);
	const again = stamped(once, '2', [DOCS]);
	expect(again).toBe(
		`<head><title>Upload</title><meta name="version" content="2"><meta name="embed-ancestors" content="${DOCS}"></head><body></body>`
	);
	expect(stamped(again, '3', [])).not.toContain('embed-ancestors');
});
