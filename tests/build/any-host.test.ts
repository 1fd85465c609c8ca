/** One build for every host and path: nothing in it says where it will lie, and all hosts are told the same headers. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
	embedPolicy,
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
		const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1];
		expect(/script-src ([^;]*);/.exec(policy ?? '')?.[1]).toBe(["'self'", ...hashes].join(' '));
	});
});

test('a host without clean URLs has a page in the folder of each page', () => {
	// the pages of embeds have their whole name in every address
	const named = pages.filter((path) => !/^embed\/|(?:^|\/)(?:index|404)\.html$/.test(path));
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

test('every page of the console and its copies have a rule that nobody may frame it, and no embed has', () => {
	const unframed = [
		...read('build/_headers').matchAll(/^(\/\S*)\n {2}content-security-policy: (.*)$/gm)
	]
		.filter(([, , policy]) => policy === PAGE_POLICY)
		.map(([, path = '']) => path);
	const isUnframed = (address: string) =>
		unframed.some((path) =>
			path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path
		);
	for (const page of pages) {
		const address = `/${page.split(sep).join('/')}`;
		const isConsole = !address.startsWith('/embed/');
		expect([address, isUnframed(address)]).toEqual([address, isConsole]);
		// as hosts with clean URLs serve it
		if (page !== '404.html')
			expect(isUnframed(address.replace(/(?:index)?\.html$/, ''))).toBe(isConsole);
	}
});

test.each(['nginx.conf', 'Caddyfile', 'apache.conf'])(
	'docs/hosting/%s leaves embeds to everybody, or to an allow-list',
	(name) => {
		const text = read(`docs/hosting/${name}`);
		expect(text).toContain(embedPolicy(['https://docs.example.com']));
		expect(text).toMatch(/access-control-allow-origin/i);
	}
);

test('each page of an embed says its version, which the service worker of the embeds has too', () => {
	const { version } = JSON.parse(read('build/_app/version.json')) as { version: string };
	expect(read('build/embed/sw.js')).toContain(version);
	const frames = pages.filter((path) => /^embed[\\/][\w-]+\.html$/.test(path));
	expect(frames.length).toBeGreaterThan(50);
	for (const path of frames)
		expect(read(`build/${path}`)).toContain(`<meta name="version" content="${version}">`);
});

test('no page of the console lies where the service worker of the embeds answers', () => {
	const below = pages.filter((path) => path.startsWith(`embed${sep}`));
	expect(below.filter((path) => /sveltekit|\bimport\(/.test(read(`build/${path}`)))).toEqual([]);
	expect(below.filter((path) => path.endsWith('index.html'))).toEqual([]);
});

test('each script and style sheet that a frame loads ends with the version, once', () => {
	const { version } = JSON.parse(read('build/_app/version.json')) as { version: string };
	const parts = readdirSync(join(ROOT, 'build/embed'), {
		recursive: true,
		encoding: 'utf8'
	}).filter((path) => /\.(?:js|css)$/.test(path) && path !== 'kms-demo.js');
	expect(parts.length).toBeGreaterThan(100);
	for (const path of parts) {
		const text = read(`build/embed/${path}`);
		expect(text.endsWith(`/*${version}*/\n`), path).toBe(true);
		expect(text.split(`/*${version}*/`), path).toHaveLength(2);
	}
});
