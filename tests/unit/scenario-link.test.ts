/** Scenarios in links: what went in comes out, and what anybody else wrote is refused and nothing more. */
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LESSONS } from '$lib/course/catalogue';
import { LONGEST_SCENARIO_BYTES } from '$lib/scenario/limits';
import { linkToFile, scenarioToLink, type LinkAnswer } from '$lib/scenario/link';
import { readScenario } from '$lib/scenario/read-scenario';
import { createSeeded } from '$lib/scenario/seeded';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const fragmentOf = (packed: Uint8Array) => `#s=${Buffer.from(packed).toString('base64url')}`;

afterEach(() => {
	vi.unstubAllGlobals();
});

test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))(
	'%s comes out of its link as it went in',
	async (_, lesson) => {
		const fragment = await scenarioToLink(lesson);
		expect(fragment).toMatch(/^#s=[\w-]+$/);
		const answer = await linkToFile(fragment);
		expect(answer.ok && readScenario(answer.file)).toEqual({ ok: true, scenario: lesson });
	}
);

test.each([
	['no fragment', '', 'NoScenario'],
	['another fragment', '#content', 'NoScenario'],
	['nothing in it', '#s=', 'Damaged'],
	['no base64url', '#s=abc+', 'Damaged'],
	['percent signs of a program for mail', '#s=%61%62', 'Damaged'],
	['a length that base64url never has', '#s=abcde', 'Damaged'],
	['nothing that was compressed', '#s=____', 'Damaged'],
	[
		'more than any scenario compresses to',
		`#s=${'A'.repeat(LONGEST_SCENARIO_BYTES * 2)}`,
		'TooLarge'
	]
])('refused: %s', async (_, fragment, problem) => {
	expect(await linkToFile(fragment)).toEqual({ ok: false, problem });
});

test('a link that was cut is damaged', async () => {
	const [lesson] = LESSONS;
	const fragment = lesson ? await scenarioToLink(lesson) : '';
	expect(await linkToFile(fragment.slice(0, -40))).toEqual({ ok: false, problem: 'Damaged' });
});

test('a thousand links with something changed in them are read or refused, and nothing else happens', async () => {
	const [lesson] = LESSONS;
	const fragment = lesson ? await scenarioToLink(lesson) : '';
	const { below } = createSeeded(1, 'links');
	const outcomes = new Map<string, number>();
	for (let run = 0; run < 1000; run++) {
		const outcome = outcomeOf(await linkToFile(mutated(fragment, below)));
		outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
	}
	// most are noticed while they are unpacked, some only when they are read
	expect([...outcomes.keys()].sort()).toEqual(expect.arrayContaining(['Damaged', 'NotJson']));
	expect([...outcomes.values()].reduce((sum, times) => sum + times, 0)).toBe(1000);
});

function mutated(fragment: string, below: (bound: number) => number): string {
	const at = 3 + below(fragment.length - 3);
	switch (below(3)) {
		case 0:
			return fragment.slice(0, at) + BASE64URL.charAt(below(64)) + fragment.slice(at + 1);
		case 1:
			return fragment.slice(0, at) + fragment.slice(at + 1 + below(8));
		default:
			return fragment.slice(0, at) + fragment.slice(at - below(at - 2)) + fragment.slice(at);
	}
}

function outcomeOf(answer: LinkAnswer): string {
	if (!answer.ok) return answer.problem;
	const read = readScenario(answer.file);
	return read.ok ? 'read' : read.problem.kind;
}

describe('a link that unpacks to much more than it is', () => {
	const bomb = fragmentOf(deflateRawSync(Buffer.alloc(200 * 1024 * 1024)));

	test('is refused', async () => {
		expect(bomb.length).toBeLessThan(LONGEST_SCENARIO_BYTES * 1.4);
		expect(await linkToFile(bomb)).toEqual({ ok: false, problem: 'TooLarge' });
	});

	test('is not unpacked to its end', async () => {
		let unpacked = 0;
		const Original = DecompressionStream;
		vi.stubGlobal(
			'DecompressionStream',
			class {
				readonly readable: ReadableStream<Uint8Array>;
				readonly writable: WritableStream;
				constructor(format: CompressionFormat) {
					const { readable, writable } = new Original(format);
					this.writable = writable;
					this.readable = readable.pipeThrough(
						new TransformStream<Uint8Array, Uint8Array>({
							transform(chunk, controller) {
								unpacked += chunk.length;
								controller.enqueue(chunk);
							}
						})
					);
				}
			}
		);
		expect(await linkToFile(bomb)).toEqual({ ok: false, problem: 'TooLarge' });
		expect(unpacked).toBeGreaterThan(LONGEST_SCENARIO_BYTES);
		expect(unpacked).toBeLessThan(LONGEST_SCENARIO_BYTES * 5);
	});

	test('just as long as a scenario can be, it is unpacked', async () => {
		const file = Buffer.alloc(LONGEST_SCENARIO_BYTES, ' ');
		const answer = await linkToFile(fragmentOf(deflateRawSync(file)));
		expect(answer.ok && answer.file.length).toBe(LONGEST_SCENARIO_BYTES);
		const longer = Buffer.alloc(LONGEST_SCENARIO_BYTES + 1, ' ');
		expect(await linkToFile(fragmentOf(deflateRawSync(longer)))).toEqual({
			ok: false,
			problem: 'TooLarge'
		});
	});
});
