/** What a demo is as text: the same every time, whole in both languages, and nothing in it that a run draws anew. */
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { DEMOS } from '../../src/lib/embed/demos';
import { transcriptArticle } from '../../src/lib/embed/transcript/html';
import { performScenario } from '../../src/lib/embed/transcript/perform';
import { transcriptSvg } from '../../src/lib/embed/transcript/svg';
import { tell } from '../../src/lib/embed/transcript/transcript';
import { embedOrigin } from '../../src/tools/embed/static.js';
import { staticFiles } from '../../src/tools/embed/static-pages';
import type { Scenario } from '../../src/lib/scenario/format';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });

const ORIGIN = 'https://learn.example/kms';
const files = new Map<string, string>();

beforeAll(async () => {
	for await (const [name, content] of staticFiles(ORIGIN)) files.set(name, content);
});

const file = (name: string): string => files.get(name) ?? '';

function scenarioOf(wanted: string): Scenario {
	const demo = DEMOS.find(({ name }) => name === wanted);
	if (!demo) throw new Error(`there is no demo ${wanted}`);
	return demo.scenario;
}

test.each(DEMOS.map(({ name }) => name))('%s has every file that it needs', (name) => {
	const needed = ['en', 'zh-CN'].flatMap((locale) => [
		`scenarios/${name}.${locale}.js`,
		`transcripts/${name}.${locale}.html`,
		`transcripts/${name}.${locale}.svg`
	]);
	for (const path of [`${name}.html`, `oembed/${name}.json`, ...needed])
		expect(file(path)).not.toBe('');
	const page = file(`${name}.html`);
	expect(page.match(/<article lang="(?:en|zh-CN)">/g)).toHaveLength(2);
	expect(page).toContain('http-equiv="content-security-policy"');
	expect(page.replace(ORIGIN, '')).not.toMatch(/style=|<style|javascript:|https?:\/\//);
	// a name that stands for nothing would be seen as it is
	expect(page.replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(/\{[a-zA-Z]\w*\}/);
});

describe('upload', () => {
	test('is told from its start to its end, with the answers and the lengths', () => {
		const text = file('transcripts/upload.en.html');
		expect(text).toMatch(/KMS: Import EncryptedKeyMaterial_\w+\.hex \(512 bytes\) into CMK/);
		expect(text).toContain('Answer: SUCCESS');
		expect(text).toContain('ENABLED, origin External, with key material that never expires');
	});

	test('is the same when it is performed again with other key pairs', async () => {
		const scenario = scenarioOf('upload');
		const transcript = tell(scenario, await performScenario(scenario), 'zh-CN');
		expect(file('upload.html')).toContain(transcriptArticle(transcript));
		expect(file('transcripts/upload.zh-CN.svg')).toBe(transcriptSvg(transcript));
	});

	test('says in its page and in its oEmbed answer where it is', () => {
		const oEmbed = JSON.parse(file('oembed/upload.json')) as Record<string, unknown>;
		expect(oEmbed).toMatchObject({ version: '1.0', type: 'rich' });
		expect(oEmbed['html']).toContain(`src="${ORIGIN}/embed/upload.html"`);
		expect(file('upload.html')).toContain(`href="${ORIGIN}/embed/oembed/upload.json"`);
	});

	test('offers no frame by oEmbed without a known address', async () => {
		for await (const [name, content] of staticFiles('')) {
			if (name !== 'oembed/upload.json') continue;
			const oEmbed = JSON.parse(content) as Record<string, unknown>;
			expect(oEmbed).toMatchObject({ version: '1.0', type: 'link' });
			expect(oEmbed).not.toHaveProperty('html');
			return;
		}
		expect.unreachable('there is no answer');
	});

	test('has a scenario of one language that keeps the form of the other', () => {
		const told = new Map<string, Scenario>();
		runInNewContext(file('scenarios/upload.en.js'), {
			// values of another realm are never equal to those of this one
			kmsScenario: (name: string, scenario: Scenario) => told.set(name, structuredClone(scenario))
		});
		const original = scenarioOf('upload');
		const { title, solution } = told.get('upload') ?? original;
		expect(title).toEqual({ en: original.title.en, 'zh-CN': original.title.en });
		expect(solution).toEqual(original.solution);
	});
});

test.each([
	['https://learn.example', 'https://learn.example'],
	['https://learn.example/kms/', 'https://learn.example/kms'],
	['http://localhost:8080/kms', 'http://localhost:8080/kms'],
	['', '']
])('the place of a build may be %j', (text, origin) => {
	expect(embedOrigin(text)).toBe(origin);
});

test.each([
	'learn.example',
	'//learn.example/kms',
	'ftp://learn.example',
	'https://name:word@learn.example',
	'https://learn.example/kms?a=b',
	'https://learn.example/#kms',
	'https://learn.example/a/../kms',
	'https://learn.example/" onload="',
	'https://a.example https://b.example'
])('the place of a build is not %j', (text) => {
	expect(() => embedOrigin(text)).toThrow(/^EMBED_ORIGIN: no address of a published build/);
});

test('a refusal in a transcript is the one that the service gave', () => {
	expect(file('transcripts/import-token.en.html')).toContain('Answer: ImportTokenExpired');
	expect(file('transcripts/import-token.en.svg')).toContain('>ImportTokenInvalid<');
});

test('texts of a scenario cannot become markup', async () => {
	const planted = '<script>"&';
	const scenario = { ...scenarioOf('create'), title: { en: planted, 'zh-CN': planted } };
	const transcript = tell(scenario, await performScenario(scenario), 'en');
	for (const text of [transcriptArticle(transcript), transcriptSvg(transcript)]) {
		expect(text).toContain('&lt;script&gt;');
		expect(text).not.toContain('<script');
	}
});
