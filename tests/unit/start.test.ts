/** `npm start`: the port first, nothing that is not there yet, and no build that is there already. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isBuilt, removeMarker, writeMarker } from '../../src/tools/build-marker.js';
import { listenWhereFree } from '../../src/tools/listen.js';
import { sourceVersion } from '../../src/tools/source-version.js';

const ROOT = join(import.meta.dirname, '../..');

/** Another program that has a port of this machine. */
async function taken(host: string, port = 0): Promise<number> {
	const server = createServer().listen(port, host);
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

function ours(): Server {
	const server = createServer();
	onTestFinished(() => void server.close());
	return server;
}

describe('a port', () => {
	test.each(['127.0.0.1', '::1', '0.0.0.0'])(
		'that another program has on %s is passed over for the next one, and that is said',
		async (host) => {
			const first = await taken(host);
			const said: string[] = [];
			const port = await listenWhereFree(ours(), undefined, (line) => said.push(line), first);
			expect(port).toBeGreaterThan(first);
			expect(said).toEqual([`Port ${String(first)} is taken: ${String(port)} is used instead.`]);
		}
	);

	test('that is free is the one, and nothing is said', async () => {
		const first = await listenWhereFree(ours(), '0', expect.unreachable);
		expect(first).toBeGreaterThan(0);
	});

	test.each(['127.0.0.1', '::1'])('that PORT names is the only one: taken on %s', async (host) => {
		const port = String(await taken(host));
		await expect(listenWhereFree(ours(), port, expect.unreachable)).rejects.toThrow(
			`Port ${port} (PORT) is taken by another program`
		);
	});

	test.each(['http', '-1', '65536', '41 73', '1e3'])('%s is none', async (wanted) => {
		await expect(listenWhereFree(ours(), wanted, expect.unreachable)).rejects.toThrow(
			`PORT=${wanted} is not a port`
		);
	});
});

test('npm start says within two seconds that PORT is taken, and ends', async () => {
	const port = String(await taken('127.0.0.1'));
	const start = performance.now();
	const child = spawn(process.execPath, [join(ROOT, 'src/tools/start.js')], {
		env: { ...process.env, PORT: port }
	});
	const [out, error] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit')
	]);
	const ms = performance.now() - start;
	expect(out).toBe('');
	expect(error).toBe(
		`Port ${port} (PORT) is taken by another program. End that program, or name another port: PORT=8080 npm start\n`
	);
	expect(child.exitCode).toBe(1);
	expect(ms).toBeLessThan(2_000);
});

test.each(['start.js', 'test.js'])('%s loads nothing but Node’s own modules at first', (name) => {
	const files = new Set([join(ROOT, 'src/tools', name)]);
	const foreign: string[] = [];
	for (const file of files)
		for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
			/^(?:import|export)\b[^;]*?from '([^']+)'|^import '([^']+)'/gm
		)) {
			if (from.startsWith('.')) files.add(join(dirname(file), from));
			else if (!from.startsWith('node:')) foreign.push(from);
		}
	expect(files.size).toBeGreaterThan(2);
	expect(foreign).toEqual([]);
});

describe('a build is built already', () => {
	const folder = () => {
		const made = mkdtempSync(join(tmpdir(), 'start-'));
		onTestFinished(() => {
			rmSync(made, { recursive: true });
		});
		return made;
	};

	test('where it was written to its end from these sources, as this version', () => {
		const build = folder();
		expect(isBuilt(build, 'a', 'a')).toBe(false);
		writeMarker(build, { sources: 'a', version: 'a', routes: [] });
		expect(isBuilt(build, 'a', 'a')).toBe(true);
		expect(isBuilt(build, 'b', 'b')).toBe(false);
		expect(isBuilt(build, 'b', 'a')).toBe(false);
		expect(isBuilt(build, 'a', 'next')).toBe(false);
		// the first that a build does with the folder, and the last
		removeMarker(build);
		expect(isBuilt(build, 'a', 'a')).toBe(false);
		writeFileSync(join(build, '.build.json'), '{"sources":"a","ver');
		expect(isBuilt(build, 'a', 'a')).toBe(false);
	});

	test('and no longer, when any source has another text or name, or settings of the embeds are others', () => {
		const root = folder();
		const files = [
			'src/lib/a.ts',
			'src/lib/b/c.svelte',
			'src/routes/+page.svelte',
			'static/icon.png',
			'docs/embed/help-page.html',
			'package.json',
			'package-lock.json',
			'svelte.config.js',
			'tsconfig.json',
			'vite.config.ts'
		];
		for (const file of files) {
			mkdirSync(dirname(join(root, file)), { recursive: true });
			writeFileSync(join(root, file), file);
		}
		const version = sourceVersion(root);
		expect(sourceVersion(root)).toBe(version);
		const seen = new Set([version]);
		for (const file of files) {
			writeFileSync(join(root, file), 'changed');
			seen.add(sourceVersion(root));
			writeFileSync(join(root, file), file);
		}
		expect(seen.size).toBe(files.length + 1);
		cpSync(join(root, 'static/icon.png'), join(root, 'static/icon-2.png'));
		seen.add(sourceVersion(root));
		rmSync(join(root, 'static/icon.png'));
		seen.add(sourceVersion(root));
		expect(seen.size).toBe(files.length + 3);
		// what is generated from the others is not one
		mkdirSync(join(root, 'src/lib/paraglide'));
		const before = sourceVersion(root);
		writeFileSync(join(root, 'src/lib/paraglide/messages.js'), 'generated');
		expect(sourceVersion(root)).toBe(before);
	});

	test.each([
		['EMBED_ANCESTORS', 'https://docs.example.com'],
		['EMBED_ORIGIN', 'https://learn.example.com/kms']
	])('%s makes another one', (name, value) => {
		const before = sourceVersion();
		process.env[name] = value;
		onTestFinished(() => {
			Reflect.deleteProperty(process.env, name);
		});
		expect(sourceVersion()).not.toBe(before);
	});
});
