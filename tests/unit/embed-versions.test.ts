/** What is built together knows it: a frame takes nothing of another version, and no two builds have one name. */
import { version } from '$app/environment';
import { afterEach, expect, test, vi } from 'vitest';
import type { EngineLater } from '$lib/embed/engine/engine-later';
import { loadLater as loadEngineLater } from '$lib/embed/engine/load-later';
import { loadLater, OtherVersionError } from '$lib/embed/frame/later-parts';
import { marked } from '../../src/tools/embed/finish.js';
import { embedVersion } from '../../src/tools/embed/version.js';
import { sourceVersion } from '../../src/tools/source-version.js';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.unstubAllEnvs();
	globalThis.kmsLater = undefined;
	globalThis.kmsEngineLater = undefined;
});

const mount = () => () => undefined;

/** A page on which a script of that version comes for every address. */
function stubPage(of: () => string): void {
	vi.stubGlobal('window', {});
	vi.stubGlobal('location', { href: 'https://learn.example/kms/embed/upload.html' });
	vi.stubGlobal('document', {
		createElement: () => ({}),
		head: {
			append: (element: { readonly onload: () => void }) => {
				globalThis.kmsLater = { version: of(), mount };
				element.onload();
			}
		}
	});
}

test('a later script of another version is not used, and one of its own is when it comes', async () => {
	let served = 'another';
	stubPage(() => served);
	await expect(loadLater('en')).rejects.toThrow(OtherVersionError);
	await expect(loadLater('en')).rejects.toThrow(OtherVersionError);
	served = version;
	await expect(loadLater('en')).resolves.toBe(mount);
});

test('the engine refuses a later script of another version, and takes its own', async () => {
	let served = 'another';
	vi.stubGlobal('importScripts', () => {
		globalThis.kmsEngineLater = { version: served } as EngineLater;
	});
	const load = () => loadEngineLater('https://learn.example/kms/embed/engine-later.js');
	await expect(load()).rejects.toThrow('another');
	await expect(load()).rejects.toThrow('another');
	served = version;
	await expect(load()).resolves.toEqual({ version });
});

test('a script ends with its version once, however often it is finished', () => {
	const once = marked('run();\n', 'a1.b-2');
	expect(once).toBe('run();\n/*a1.b-2*/\n');
	expect(marked(once, 'next')).toBe('run();\n/*next*/\n');
});

test.each([undefined, '', 'a*/alert(1)', '"><script>', 'a b'])(
	'with %j for a version there is no build of embeds',
	(name) => {
		vi.stubEnv('APP_VERSION', undefined);
		expect(() => embedVersion(name)).toThrow(TypeError);
	}
);

test('the same sources with another allow-list are another version', () => {
	vi.stubEnv('EMBED_ANCESTORS', '');
	const open = sourceVersion();
	vi.stubEnv('EMBED_ANCESTORS', 'https://docs.example.com');
	expect(sourceVersion()).not.toBe(open);
	vi.stubEnv('EMBED_ANCESTORS', ' ');
	expect(sourceVersion()).toBe(open);
});
