/** One build for every host and path: nothing in it says where it will lie, and all hosts are told the same headers. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MARKER, readMarker } from '../../src/tools/build-marker.js';
import {
	CONSOLE_FILE,
	EMBED_FILE,
	embedPolicy,
	EVERY_FILE,
	headersOf,
	IMMUTABLE,
	PAGE_POLICY,
	SCRIPT_POLICY,
	TERMINAL_POLICY
} from '../../src/tools/headers.js';
import { isPrecompressed } from '../../src/tools/precompress.js';

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
		const allowed = /script-src ([^;]*);/.exec(policy ?? '')?.[1];
		const needed = /<script\b/.test(html) ? ["'self'", ...hashes].join(' ') : undefined;
		expect(allowed).toBe(needed);
		if (needed === undefined) expect(policy).toMatch(/^default-src 'none';/);
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
	const stated = text.toLowerCase().replaceAll('"', '').replaceAll(': ', ' ');
	for (const [name, value] of [EVERY_FILE, CONSOLE_FILE, EMBED_FILE].flatMap((headers) =>
		Object.entries<string>(headers)
	))
		expect(stated.includes(`${name} ${value}`) || isInMap(text, name, value), name).toBe(true);
});

/** nginx chooses between values by a table, and names the header beside its variable. */
function isInMap(text: string, name: string, value: string): boolean {
	const variable = new RegExp(`add_header ${name} (\\$\\w+) always`, 'i').exec(text)?.[1];
	const table = text.split(`map $uri ${variable ?? '?'} {`)[1]?.split('}')[0];
	return table?.includes(`"${value}"`) ?? false;
}

test('a host that reads _headers sends each file what src/tools/headers.js says', () => {
	const rules = read('build/_headers')
		.split(/\n(?=\/)/)
		.map((rule) => {
			const [path = '', ...lines] = rule.trim().split('\n');
			return {
				path,
				headers: lines.map((line) =>
					line
						.trim()
						.split(/: (.*)/)
						.slice(0, 2)
				)
			};
		});
	const sent = (address: string) => {
		const all: Record<string, string[]> = {};
		for (const { path, headers } of rules)
			if (path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path)
				for (const [name = '', value = ''] of headers)
					// two rules may say the same
					all[name] = [...new Set([...(all[name] ?? []), value])];
		return all;
	};
	const files = readdirSync(join(ROOT, 'build'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !isPrecompressed(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, 'build/').length))
		.map((path) => path.split(sep).join('/'))
		.filter((path) => !path.startsWith('.') && path !== '_headers');
	expect(files.length).toBeGreaterThan(400);
	for (const path of files) {
		const {
			'content-security-policy': policy,
			'cache-control': cache,
			...others
		} = headersOf(path);
		const found = sent(`/${path}`);
		for (const [name, value] of Object.entries(others))
			expect([path, name, found[name]]).toEqual([path, name, [value]]);
		for (const name of ['cross-origin-opener-policy', 'access-control-allow-origin'])
			if (!(name in others)) expect([path, name, found[name]]).toEqual([path, name, undefined]);
		if (cache === IMMUTABLE) expect(found['cache-control']).toEqual([cache]);
		// of scripts only those that start a worker have a policy that counts
		if (path.endsWith('.html'))
			expect([path, found['content-security-policy']]).toEqual([path, policy && [policy]]);
	}
});

test('the configurations know the pages of the app that have no file', () => {
	const routes = (readMarker(join(ROOT, 'build'))?.routes ?? []).filter((id) => id.includes('['));
	expect(routes).toContain('/keys/[keyId]/import');
	for (const name of ['nginx.conf', 'Caddyfile', 'apache.conf']) {
		const pattern = /\^\/docs\/app(\/\(\?:keys\/\S*\$)/.exec(read(`docs/hosting/${name}`))?.[1];
		const known = new RegExp(`^${pattern ?? 'none'}`);
		for (const route of routes)
			for (const end of ['', '/'])
				expect(`${route.replace(/\[\w+\]/g, '1-2')}${end}`).toMatch(known);
		for (const path of [
			'/',
			'/keys/',
			'/keys/1/2',
			'/keys/1/import/2',
			'/learn/',
			'/learn/1/2',
			'/audit/1',
			'/none'
		])
			expect(path).not.toMatch(known);
	}
});

test('the last file of the build says what it was made of', () => {
	const { version } = JSON.parse(read('build/_app/version.json')) as { version: string };
	const marker = readMarker(join(ROOT, 'build'));
	expect(marker?.version).toBe(version);
	expect(marker?.sources).toMatch(/^[0-9a-f]{12}$/);
	expect(read(`build/${MARKER}`).endsWith('}\n')).toBe(true);
});

test('each script that starts a worker has its own rule, and only the terminal may compile WebAssembly', () => {
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

test('every page of the console and each copy has a rule that no page may frame it, and embeds have none', () => {
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
	'docs/hosting/%s lets any page frame embeds, or only an allow-list',
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
