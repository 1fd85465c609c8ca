/**
 * Cryptography runs in the worker alone, and the page talks to nobody. Read from the build itself, because an import table
 * cannot see what a bundler merges.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';

const IMMUTABLE = join(import.meta.dirname, '../../build/_app/immutable');

/** As WebCrypto spells them, in quotes of their own: a text that mentions one is something else. */
const ALGORITHM =
	/(["'`])(?:RSA-OAEP|RSASSA-PKCS1-v1_5|RSA-PSS|AES-(?:GCM|CBC|CTR|KW)|HMAC|HKDF|PBKDF2|ECDSA|ECDH|SHA-(?:1|256|384|512))\1/;
const SUBTLE = /\bsubtle\b/;

/** Hosts in names of XML and in texts of libraries, and stand-ins that Paraglide reads relative addresses against. */
const KNOWN_HOSTS = [
	'www.w3.org',
	'svelte.dev',
	'kit.svelte.dev',
	'paraglidejs.com',
	'fallback.com',
	'example.com'
];

const scripts = readdirSync(IMMUTABLE, { recursive: true, encoding: 'utf8' })
	.map((path) => path.split(sep).join('/'))
	.filter((path) => path.endsWith('.js'))
	.map((path) => ({ path, text: readFileSync(join(IMMUTABLE, path), 'utf8') }));

const isWorker = (path: string) => path.startsWith('workers/');

function traceOfCrypto(text: string): string | undefined {
	return (ALGORITHM.exec(text) ?? SUBTLE.exec(text))?.[0];
}

function unknownHosts(text: string): string[] {
	const hosts = [...text.matchAll(/\bhttps?:\/\/([\w.-]+)/g)].map(([, host = '']) => host);
	return hosts.filter((host) => !KNOWN_HOSTS.includes(host));
}

test('the build has page scripts and one worker', () => {
	expect(scripts.filter(({ path }) => !isWorker(path)).length).toBeGreaterThan(3);
	const workers = scripts.filter(({ path }) => isWorker(path));
	expect(workers.some(({ text }) => traceOfCrypto(text) !== undefined)).toBe(true);
});

test('no script of the page has anything of WebCrypto', () => {
	const found = scripts
		.filter(({ path }) => !isWorker(path))
		.map(({ path, text }) => [path, traceOfCrypto(text)])
		.filter(([, trace]) => trace !== undefined);
	expect(found).toEqual([]);
});

test('no script of the page names another origin', () => {
	const found = scripts
		.filter(({ path }) => !isWorker(path))
		.flatMap(({ path, text }) => unknownHosts(text).map((host) => `${path}: ${host}`));
	expect(found).toEqual([]);
});

test('planted: the checks see what they look for', () => {
	expect(traceOfCrypto('await n.subtle.digest(t,r)')).toBe('subtle');
	expect(traceOfCrypto('const e={name:`AES-GCM`,length:256}')).toBe('`AES-GCM`');
	expect(traceOfCrypto('hash:"SHA-256"')).toBe('"SHA-256"');
	expect(traceOfCrypto('"RSAES_OAEP_SHA_256 uses the digest SHA-256"')).toBeUndefined();
	expect(unknownHosts('fetch("https://example.org/x")')).toEqual(['example.org']);
	expect(unknownHosts('"http://www.w3.org/2000/svg"')).toEqual([]);
});
