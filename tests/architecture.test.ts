/** The walls of the house. Every check is also run on a small planted fault, so it is known to fail. */
import { describe, expect, test } from 'vitest';
import { IMPORT_TABLE } from './architecture/import-table';
import { barrels, forbiddenImports, importCycles } from './architecture/imports';
import { rawFileNames } from './architecture/names';
import { forbiddenPlatformNames, REFUSABLE, unguardedFeatures } from './architecture/platform';
import { readSources, type Sources } from './architecture/sources';
import { loosePages } from './architecture/together';
import { doorFaults, learnFaults, transactionFaults } from './architecture/transactions';
import { compileIn, NESTED_PROJECTS } from './architecture/type-libraries';
import { scripts } from '../package.json';

const sources = readSources();

const plant = (files: Readonly<Record<string, string>>): Sources => new Map(Object.entries(files));
const component = (script: string) => `<script lang="ts">${script}</script>\n<p>text</p>`;

test('the sources are found', () => {
	expect(sources.size).toBeGreaterThan(20);
	expect(sources.has('lib/domain/key.ts')).toBe(true);
});

describe('imports', () => {
	test('every import is in the table', () => {
		expect(forbiddenImports(sources, IMPORT_TABLE)).toEqual([]);
	});

	test.each([
		['the rule book needs nothing', 'lib/domain/a.ts', `import '../crypto/wrap';`],
		['the engine knows no customer', 'lib/engine/a.ts', `import { x } from '../customer/tray';`],
		['not even by type', 'lib/engine/a.ts', `import type { X } from '../customer/tray';`],
		['the customer knows no engine', 'lib/customer/a.ts', `import { x } from '$lib/engine/kms';`],
		['not even when passed on', 'lib/customer/a.ts', `export { x } from '../engine/kms';`],
		['the customer has its own database', 'lib/customer/a.ts', `import '../storage/database';`],
		['the page knows the worker by type', 'lib/client/a.ts', `import '../worker/kms.worker';`],
		[
			'inline types still load a module',
			'lib/client/a.ts',
			`import { type X } from '../worker/api';`
		],
		[
			'the page knows no crypto',
			'lib/ui/features/keys/a.ts',
			`const x = await import('$lib/crypto/wrap');`
		],
		[
			'nor by the type of an import',
			'lib/ui/features/keys/a.ts',
			`let x: import('$lib/crypto/wrap').X;`
		],
		[
			'nor by its address',
			'lib/ui/features/keys/a.ts',
			`new URL('../../../crypto/wrap.ts', import.meta.url);`
		],
		[
			'components keep to the table',
			'lib/ui/features/keys/A.svelte',
			component(`import '$lib/engine/kms';`)
		],
		['pages keep to it', 'routes/+page.svelte', component(`import '$lib/storage/queries';`)],
		['markup too', 'routes/+page.svelte', `{#await import('$lib/crypto/wrap')}…{/await}`],
		['Comlink stays out of the first view', 'lib/client/a.ts', `import { wrap } from 'comlink';`],
		['no new package', 'lib/engine/a.ts', `import 'left-pad';`],
		[
			'no hidden address',
			'lib/ui/features/keys/a.ts',
			'const load = (x: string) => import(`./${x}`);'
		],
		['no hidden folder', 'lib/ui/features/keys/a.ts', `import.meta.glob('../../../engine/*.ts');`],
		['no unknown folder', 'lib/helpers/a.ts', '']
	])('planted: %s', (_, path, text) => {
		expect(forbiddenImports(plant({ [path]: text }), IMPORT_TABLE)).toHaveLength(1);
	});

	test.each([
		['the kit knows no client', 'ui/kit', 'client/kms'],
		['nor a feature', 'ui/kit', 'ui/features/key-facts/StatusPill.svelte'],
		['nor the shell', 'ui/kit', 'ui/shell/theme.svelte'],
		['facts of a key need nothing', 'ui/features/key-facts', 'ui/features/refusals/refusals'],
		['nor does waiting for a page', 'ui/features/together', 'ui/features/keys/KeyList.svelte'],
		['a refusal has no form', 'ui/features/refusals', 'ui/features/import/ImportForm.svelte'],
		['the clock undoes by name alone', 'ui/features/clock', 'ui/features/refusals/refusals'],
		['pictures show no log', 'ui/features/pictures', 'ui/features/audit/EventTable.svelte'],
		['the log shows no picture', 'ui/features/audit', 'ui/features/pictures/LifeLine.svelte'],
		['the terminal has no files', 'ui/features/terminal', 'ui/features/workbench/tray.svelte'],
		['files know no form', 'ui/features/workbench', 'ui/features/import/ImportForm.svelte'],
		['using a key needs no list', 'ui/features/use', 'ui/features/keys/KeyList.svelte'],
		['a list has no import', 'ui/features/keys', 'ui/features/import/ImportForm.svelte'],
		['an import has no list', 'ui/features/import', 'ui/features/keys/KeyList.svelte'],
		['a lesson is not an editor', 'ui/features/learn', 'ui/features/author/Editor.svelte'],
		['an editor has no import', 'ui/features/author', 'ui/features/import/ImportForm.svelte'],
		['a feature knows no shell', 'ui/features/clock', 'ui/shell/Toasts.svelte'],
		['the shell knows no page', 'ui/shell', 'routes/sandbox/SettingsPanel.svelte'],
		['a demo has no shell', 'embed/frame', 'ui/shell/TopBar.svelte']
	])('planted: %s', (_, folder, target) => {
		const planted = plant({ [`lib/${folder}/a.ts`]: `import { x } from '$lib/${target}';` });
		expect(forbiddenImports(planted, IMPORT_TABLE)).toHaveLength(1);
	});

	test.each(Object.keys(IMPORT_TABLE).filter((row) => /^ui\/(?:kit|features)/.test(row)))(
		'planted: %s knows no SvelteKit, no shell and no page',
		(folder) => {
			const source = '../'.repeat(folder.split('/').length + 1);
			for (const target of ['$app/state', '$lib/ui/shell/theme.svelte', `${source}routes/a`])
				expect(
					forbiddenImports(plant({ [`lib/${folder}/a.ts`]: `import '${target}';` }), IMPORT_TABLE),
					target
				).toHaveLength(1);
		}
	);

	test('planted: a page knows no part of another page', () => {
		const planted = plant({
			'routes/audit/+page.svelte': component(`import '../proof/Marks.svelte';`)
		});
		expect(forbiddenImports(planted, IMPORT_TABLE)).toHaveLength(1);
	});

	test.each([
		['lib/engine/a.ts', `import { x } from '../domain/key';`],
		['lib/client/a.ts', `import type { X } from '../worker/api';`],
		['lib/client/a.ts', `import url from '../worker/kms.worker?worker&url';`],
		['lib/client/a.ts', `const { wrap } = await import('comlink');`],
		['lib/ui/features/keys/A.svelte', component(`import { kms } from '$lib/client/kms';`)]
	])('allowed: %s, %s', (path, text) => {
		expect(forbiddenImports(plant({ [path]: text }), IMPORT_TABLE)).toEqual([]);
	});

	test('no import goes in a circle', () => {
		expect(importCycles(sources)).toEqual([]);
	});

	test('planted: a circle of three, one edge a type, one in a component', () => {
		const circle = plant({
			'lib/ui/features/keys/a.ts': `import B from './B.svelte';`,
			'lib/ui/features/keys/B.svelte': component(`import { c } from './c';`),
			'lib/ui/features/keys/c.ts': `import type { A } from './a';`
		});
		expect(importCycles(circle)).toEqual([
			'lib/ui/features/keys/a.ts → lib/ui/features/keys/B.svelte → lib/ui/features/keys/c.ts → lib/ui/features/keys/a.ts'
		]);
	});

	test('no file only passes on what others export', () => {
		expect(barrels(sources)).toEqual([]);
		expect(
			barrels(plant({ 'lib/ui/features/keys/index.ts': `export * from './a';` }))
		).toHaveLength(1);
	});
});

describe('platform', () => {
	test('clock, randomness, timers, network and storage are used only where the table says', () => {
		expect(forbiddenPlatformNames(sources, IMPORT_TABLE)).toEqual([]);
	});

	test.each([
		['lib/domain/a.ts', 'export const now = () => Date.now();'],
		['lib/domain/a.ts', 'export const today = new Date();'],
		['lib/engine/a.ts', 'const id = crypto.randomUUID();'],
		['lib/storage/a.ts', 'void fetch(location.href);'],
		['lib/crypto/a.ts', 'setTimeout(() => {}, 1);']
	])('planted: %s, %s', (path, text) => {
		expect(forbiddenPlatformNames(plant({ [path]: text }), IMPORT_TABLE)).not.toEqual([]);
	});

	test('a property and a type of the same name are something else', () => {
		const text = 'const a: Worker = { crypto: b.location }; const c = new Date(0);';
		expect(forbiddenPlatformNames(plant({ 'lib/domain/a.ts': text }), IMPORT_TABLE)).toEqual([]);
	});
});

describe('what a browser can refuse', () => {
	test('is touched only where it may be missing', () => {
		expect(unguardedFeatures(sources)).toEqual([]);
	});

	test('every module that may touch it is there and does', () => {
		for (const [name, paths] of Object.entries(REFUSABLE))
			for (const path of paths) expect(sources.get(path), path).toContain(name);
	});

	test.each([
		['a choice', `localStorage.setItem('a', 'b');`],
		['in this tab', `window.sessionStorage.getItem('a');`],
		['by its name', `window['localStorage'].getItem('a');`],
		['a lock', `await navigator.locks.request('a', work);`],
		['taken apart', `const { locks } = navigator;`],
		['of a worker', `self.navigator.locks.query();`],
		['a service worker', `await navigator.serviceWorker.ready;`],
		['a channel', `new BroadcastChannel('a').onmessage = tell;`],
		['a cache', `const cache = await caches.open('a');`],
		['a database', `indexedDB.open('a');`],
		['a live query', `const { liveQuery } = await import('dexie');`]
	])('a planted one is found: %s', (_, code) => {
		expect(unguardedFeatures(plant({ 'lib/ui/features/keys/a.ts': code }))).toHaveLength(1);
	});

	test('a text and a type of that name are nothing', () => {
		const code = `let a: ServiceWorker; say('localStorage'); const b = { by: 'serviceWorker' };`;
		expect(unguardedFeatures(plant({ 'lib/ui/features/keys/a.ts': code }))).toEqual([]);
	});
});

describe('names of files', () => {
	test('are made safe where they come in and where they go out', () => {
		expect(rawFileNames(sources)).toEqual([]);
	});

	test.each([
		['shown', `function take(file: File) { say(file.name); }`],
		['or nothing', `function take(file: File | undefined) { say(file.name); }`],
		['taken apart', `function take({ name, size }: File) { say(name); }`],
		[
			'of several',
			`function take(files: readonly File[]) { for (const one of files) say(one.name); }`
		],
		['kept', `let file = $state<File>(); say(file.name);`],
		['saved', `link.download = file.name;`]
	])('a planted one is found: %s', (_, code) => {
		expect(rawFileNames(plant({ 'lib/ui/features/keys/a.ts': code }))).toHaveLength(1);
	});
});

describe('live data of a page', () => {
	const LIVE = `import { live } from '$lib/client/live.svelte';`;
	const TOGETHER = `import Together from '$lib/ui/features/together/Together.svelte';`;
	const parts = {
		'lib/ui/features/together/Together.svelte': '',
		'lib/ui/features/keys/A.svelte': component(LIVE)
	};
	const page = (script: string, others: Readonly<Record<string, string>> = {}) =>
		plant({ ...parts, ...others, 'routes/a/+page.svelte': component(script) });

	test('is shown inside Together', () => {
		expect(loosePages(sources)).toEqual([]);
	});

	test.each<[string, Sources]>([
		['by the page itself', page(LIVE)],
		['by what it shows', page(`import A from '$lib/ui/features/keys/A.svelte';`)],
		[
			'by what that shows',
			page(`import B from '$lib/ui/features/keys/B.svelte';`, {
				'lib/ui/features/keys/B.svelte': component(`import A from './A.svelte';`)
			})
		],
		[
			'as another answer',
			page(`import { awaitFirstAnswer } from '$lib/client/first-answers.svelte';`)
		]
	])('a planted question outside of it is found: %s', (_, planted) => {
		expect(loosePages(planted)).toHaveLength(1);
	});

	test.each<[string, Sources]>([
		['inside', page(`import A from '$lib/ui/features/keys/A.svelte'; ${TOGETHER}`)],
		[
			'inside of a frame that several pages have',
			page(
				`import A from '$lib/ui/features/keys/A.svelte'; import Frame from '$lib/ui/features/keys/Frame.svelte';`,
				{
					'lib/ui/features/keys/Frame.svelte': component(TOGETHER)
				}
			)
		],
		['loaded later', page(`const later = () => import('$lib/ui/features/keys/A.svelte');`)]
	])('allowed: %s', (_, planted) => {
		expect(loosePages(planted)).toEqual([]);
	});
});

describe('type libraries', { timeout: 60_000 }, () => {
	test.each(NESTED_PROJECTS)('the check command compiles %s by itself', (project) => {
		expect(scripts['check:types']).toMatch(new RegExp(`tsc -p ${project}(?: |$)`));
	});

	test.each([
		['src/lib/domain', 'export const a = window;'],
		['src/lib/domain', 'export const a = crypto.subtle;'],
		['src/lib/domain', 'export const a = process.env;'],
		['src/lib/domain', 'export let a: CryptoKey;'],
		['src/lib/crypto', 'export const a = document;'],
		['src/lib/worker', 'export const a = window;'],
		['src/service-worker', 'export const a = localStorage;']
	])('planted: %s, %s', (project, text) => {
		expect(compileIn(project, text)).toHaveLength(1);
	});

	test.each([
		['src/lib/domain', 'export const a: number = new Uint8Array(1).length;'],
		['src/lib/crypto', 'export const a = crypto.subtle;'],
		['src/lib/worker', 'export const a = self.postMessage;'],
		['src/service-worker', 'export const a = caches;']
	])('allowed: %s, %s', (project, text) => {
		expect(compileIn(project, text)).toEqual([]);
	});
});

describe('transactions', () => {
	test('only the database is awaited inside, and only its owners open one', () => {
		expect(transactionFaults(sources)).toEqual([]);
	});

	const body = (text: string) => `db.transaction('rw', db.tables, async () => { ${text} });`;

	test.each([
		['crypto', body('await crypto.subtle.digest(x, y);')],
		['a timer', body('await new Promise((done) => setTimeout(done, 1));')],
		['a function from elsewhere', body('await unwrap(key);')],
		['a promise in a variable', body('await pending;')],
		['one of several', body('await Promise.all([db.keys.get(1), unwrap(key)]);')],
		['one branch of two', body('await (a ? db.keys.get(1) : unwrap(key));')],
		['a helper that awaits crypto', `${body('await f(db);')} async function f(d) { await g(); }`],
		['a helper that hands on', `${body('await f(db);')} function f(d) { return [g()]; }`],
		['a chain', body('db.keys.get(1).then(unwrap);')],
		['a body from elsewhere', `db.transaction('rw', db.tables, work);`]
	])('planted: %s', (_, text) => {
		expect(transactionFaults(plant({ 'lib/storage/a.ts': text }))).not.toEqual([]);
	});

	test('planted: a transaction in the engine', () => {
		const faults = transactionFaults(plant({ 'lib/engine/a.ts': body('await db.keys.get(1);') }));
		expect(faults).toEqual(['lib/engine/a.ts must not open a transaction']);
	});

	test('reads, writes and helpers on the database are allowed', () => {
		const text = `${body('await f(db); await (a ? db.keys.get(1) : undefined);')}
			async function f(d) { await d.keys.put(1); await Promise.all([...g(d)]); await f(d); }
			function g(d) { return [...(a ? [d.keys.put(1)] : [])]; }`;
		expect(transactionFaults(plant({ 'lib/storage/a.ts': text }))).toEqual([]);
	});
});

describe('the one door for changes to the service', () => {
	const TABLES = new Set(['keys', 'undo']);

	test('every change goes through it', () => {
		expect(doorFaults(sources)).toEqual([]);
	});

	test.each([
		['a second transaction in storage', 'storage/a', `db.transaction('rw', db.tables, f);`],
		['one with one table', 'storage/undo', `db.transaction('rw', db.undo, f);`],
		['another mode that writes', 'storage/a', `db.transaction('rw!', db.tables, f);`],
		['a mode in a variable', 'storage/a', 'db.transaction(mode, db.tables, f);'],
		['one more in the door itself', 'storage/write', `db.transaction('rw', a, f); ${rw()}`],
		['a write in storage', 'storage/a', 'export const f = (db: Database) => db.keys.put(row);'],
		['a write in the engine', 'engine/a', 'export const f = () => deps.store.db.undo.clear();'],
		['a deletion of rows', 'learn/a', `export const f = () => store.db.keys.where('a').delete();`],
		['a change of rows', 'engine/a', 'export const f = () => db.keys.toCollection().modify(g);'],
		['a body for something else', 'storage/a', 'run((open) => open.keys.clear());'],
		['a key made to fit', 'storage/a', 'put(db as WritableDatabase, row);']
	])('planted: %s', (_, path, text) => {
		expect(doorFaults(plant({ [`lib/${path}.ts`]: text }), TABLES)).not.toEqual([]);
	});

	function rw(): string {
		return `db.transaction('rw', db.tables, f);`;
	}

	test.each([
		['lib/storage/a.ts', `db.transaction('r', db.tables, f);`],
		['lib/storage/a.ts', 'write(db, now, by, async (open) => { await open.keys.clear(); });'],
		['lib/storage/a.ts', 'function f(db: WritableDatabase) { return db.keys.put(row); }'],
		['lib/customer/a.ts', `db.transaction('rw', db.files, f);`]
	])('allowed: %s, %s', (path, text) => {
		expect(doorFaults(plant({ [path]: text }), TABLES)).toEqual([]);
	});

	test('only two files write the trainee’s progress', () => {
		expect(learnFaults(sources)).toEqual([]);
	});

	test.each([
		['a row', 'learn/play', 'await db.runs.put(run);'],
		['rows', 'learn/a', 'await db.exams.where({ id: 0 }).modify(change);'],
		[
			'a table by itself',
			'embed/engine/a',
			'const { runs } = opened.runs; await runs.update(1, x);'
		]
	])('planted: %s that the learner keeps', (_, path, text) => {
		expect(learnFaults(plant({ [`lib/${path}.ts`]: text }))).toHaveLength(1);
	});

	test.each([
		['crypto', 'await crypto.subtle.digest(x, y);'],
		['a function from elsewhere', 'await unwrap(key);']
	])('planted in a body given to the door: %s', (_, text) => {
		const body = `write(db, now, by, async (open) => { ${text} });`;
		expect(transactionFaults(plant({ 'lib/storage/a.ts': body }))).not.toEqual([]);
	});
});
