/** Links with scenarios where they are opened: each engine unpacks in its own way. */
import { afterEach, expect, test, vi } from 'vitest';
import { bytesToBase64 } from '$lib/domain/bytes';
import { LESSONS } from '$lib/course/catalogue';
import { LONGEST_SCENARIO_BYTES } from '$lib/scenario/limits';
import { linkToFile, scenarioToLink } from '$lib/scenario/link';
import { readScenario } from '$lib/scenario/read-scenario';

afterEach(() => {
	vi.unstubAllGlobals();
});

/** Zeros, as many as that, in a link that is a thousandth as long. */
async function bomb(megabytes: number): Promise<string> {
	const zeros = new Blob(Array<Uint8Array<ArrayBuffer>>(megabytes).fill(new Uint8Array(1_000_000)));
	const packed = zeros.stream().pipeThrough(new CompressionStream('deflate-raw'));
	const code = bytesToBase64(new Uint8Array(await new Response(packed).arrayBuffer()));
	return `#s=${code.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

test('a lesson comes out of its link as it went in', async () => {
	for (const lesson of LESSONS) {
		const answer = await linkToFile(await scenarioToLink(lesson));
		expect(answer.ok && readScenario(answer.file)).toEqual({ ok: true, scenario: lesson });
	}
});

test('a link that was cut, changed or continued is damaged', async () => {
	const [lesson] = LESSONS;
	const fragment = lesson ? await scenarioToLink(lesson) : '';
	for (const changed of [fragment.slice(0, -40), `#s=AAAA${fragment.slice(7)}`, `${fragment}AAAA`])
		expect(await linkToFile(changed)).toEqual({ ok: false, problem: 'Damaged' });
});

test('of a hundred megabytes in a link only the first few are given to be unpacked', async () => {
	const fragment = await bomb(100);
	let given = 0;
	const Original = DecompressionStream;
	vi.stubGlobal(
		'DecompressionStream',
		class {
			readonly readable: ReadableStream<Uint8Array>;
			readonly writable: WritableStream<Uint8Array<ArrayBuffer>>;
			constructor(format: CompressionFormat) {
				const { readable, writable } = new Original(format);
				const writer = writable.getWriter();
				this.readable = readable;
				this.writable = new WritableStream({
					write(chunk) {
						given += chunk.length;
						return writer.write(chunk);
					},
					close: () => writer.close(),
					abort: (reason) => writer.abort(reason)
				});
			}
		}
	);
	expect(await linkToFile(fragment)).toEqual({ ok: false, problem: 'TooLarge' });
	// a byte becomes at most 1032: what may be unpacked ahead of anybody who reads it
	expect(given * 1032).toBeGreaterThan(LONGEST_SCENARIO_BYTES);
	expect(given).toBeLessThan(4096);
});
