/** One build for every host and path: nothing in it says where it will lie, and all hosts are told the same headers. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
	EVERY_FILE,
	IMMUTABLE,
	PAGE_POLICY,
	SCRIPT_POLICY,
	TERMINAL_POLICY
} from '../../src/tools/headers.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = readdirSync(join(ROOT, 'build'), { recursive: true, encoding: 'utf8' }).filter(
	(path) => path.endsWith('.html')
);

describe.each(pages)('%s', (path) => {
	const html = read(`build/${path}`);

	test('names no address from the root on', () => {
		expect(html).not.toMatch(/\s(?:href|src)="\/|\bimport\("\/|\bbase: "/);
	});

	test('allows the inline scripts that it has, and no others', () => {
		const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text = '']) => text);
		const hashes = scripts.map(
			(text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
		);
		expect(/script-src ([^;]*);/.exec(html)?.[1]).toBe(["'self'", ...hashes].join(' '));
	});
});

test('a host without clean URLs has a page in the folder of each page', () => {
	const named = pages.filter((path) => !/(?:^|\/)(?:index|404)\.html$/.test(path));
	expect(named).toContain('keys.html');
	for (const path of named)
		expect(read(`build/${path.replace('.html', '/index.html')}`)).toBe(read('build/404.html'));
});

test.each([
	'build/_headers',
	'docs/hosting/nginx.conf',
	'docs/hosting/Caddyfile',
	'docs/hosting/apache.conf'
])('%s has the headers of src/tools/headers.js', (path) => {
	const text = read(path);
	for (const value of [PAGE_POLICY, SCRIPT_POLICY, TERMINAL_POLICY, IMMUTABLE])
		expect(text).toContain(value);
	for (const [name, value] of Object.entries(EVERY_FILE))
		expect(text).toMatch(new RegExp(`${name}:? "?${value}\\b`, 'i'));
});

test('each script that starts a worker has a rule of its own, and the terminal alone may compile WebAssembly', () => {
	const rules = read('build/_headers');
	const workers = readdirSync(join(ROOT, 'build/_app/immutable/workers')).filter((name) =>
		name.endsWith('.js')
	);
	expect(workers.map((name) => name.split('-')[0]).sort()).toEqual([
		'kms.worker',
		'terminal.worker'
	]);
	const policies = [...rules.matchAll(/^(\/\S+)\n {2}content-security-policy: (.*)$/gm)];
	const policyOf = Object.fromEntries(policies.map(([, path = '', policy]) => [path, policy]));
	expect(policyOf['/_app/immutable/workers/kms.worker-*']).toBe(SCRIPT_POLICY);
	expect(policyOf['/_app/immutable/workers/terminal.worker-*']).toBe(TERMINAL_POLICY);
	expect(rules.match(/wasm/g)).toHaveLength(1);
});
