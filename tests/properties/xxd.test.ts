/** The terminal's xxd and the machine's, on the same random texts: `xxd -r -p` and `xxd -r`, to a pipe and to a file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '$lib/domain/bytes';
import { openTerminal } from '../support/terminal';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 300, long: 3000 });
const FEWER = Math.ceil(RUNS / 5);
const PLAIN_SEED = 20;
const DUMP_SEED = 21;

const HAS_XXD = hasXxd();
if (!HAS_XXD) console.warn('SKIPPED: no xxd command on this machine');

function hasXxd(): boolean {
	try {
		execFileSync('sh', ['-c', 'command -v xxd'], { stdio: 'pipe' });
		return true;
	} catch {
		return false;
	}
}

const text = new TextEncoder();
const digits = fc.string({
	unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF')),
	maxLength: 8
});
const others = fc.string({
	unit: fc.constantFrom(...Array.from('xXgz \t\n\r:,-_=."\0é')),
	maxLength: 5
});
const plain = fc
	.array(fc.oneof(digits, others), { maxLength: 12 })
	.map((parts) => text.encode(parts.join('')));

/** Lines as of a dump, with an offset that may be missing or go backwards. */
const line = fc
	.tuple(
		fc.oneof(
			fc.nat(40).map((at) => `${at.toString(16).padStart(8, '0')}: `),
			fc.constantFrom('', 'z', '\r', ':')
		),
		fc.array(fc.oneof(digits, fc.constantFrom(' ', '  ', ' zz')), { maxLength: 12 })
	)
	.map(([offset, parts]) => offset + parts.join(''))
	// the machine's xxd writes as many zeros as an offset says
	.filter((whole) => Number.parseInt(whole.replace(/^[z\r:]+/, ''), 16) < 100);
const dump = fc.array(line, { maxLength: 4 }).map((lines) => text.encode(lines.join('\n')));

interface Result {
	readonly written: string;
	readonly code: number;
}

const hexOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** One shell for all of them. */
function byMachine(options: string, inputs: readonly Bytes[], before?: Bytes): Result[] {
	const folder = mkdtempSync(join(tmpdir(), 'xxd-'));
	try {
		for (const [index, bytes] of inputs.entries()) {
			writeFileSync(join(folder, `${String(index)}.in`), bytes);
			if (before) writeFileSync(join(folder, `${String(index)}.out`), before);
		}
		const command = before ? `xxd ${options} $n.in $n.out` : `xxd ${options} $n.in | cat > $n.out`;
		const script = `set -o pipefail; ulimit -f 64; for ((n = 0; n < ${String(inputs.length)}; n++)); do ${command}; echo $?; done`;
		const codes = execFileSync('bash', ['-c', script], {
			cwd: folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		}).split('\n');
		return inputs.map((_, index) => ({
			written: readFileSync(join(folder, `${String(index)}.out`)).toString('hex'),
			code: Number(codes[index])
		}));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function byTerminal(options: string, input: Bytes, before?: Bytes): Promise<Result> {
	const terminal = openTerminal([['in', input], ...(before ? ([['out', before]] as const) : [])]);
	const { code } = await terminal.run(`xxd ${options} in ${before ? 'out' : '> out'}`);
	return { written: hexOf(terminal.files.get('out')), code };
}

describe.runIf(HAS_XXD)('xxd turns a text into the bytes that the machine makes of it', () => {
	test.each([
		['-r -p', plain, PLAIN_SEED, RUNS],
		['-r -p', dump, DUMP_SEED, FEWER],
		['-r', dump, DUMP_SEED, FEWER],
		['-r -c 3', dump, DUMP_SEED, FEWER]
	])('xxd %s', async (options, inputs, seed, numRuns) => {
		const samples = fc.sample(inputs, { seed, numRuns });
		const expected = byMachine(options, samples);
		for (const [index, sample] of samples.entries())
			expect(
				await byTerminal(options, sample),
				JSON.stringify(Buffer.from(sample).toString())
			).toEqual(expected[index]);
		expect(new Set(expected.map(({ written }) => written)).size).toBeGreaterThan(numRuns / 4);
	});

	test.each([
		['-r -p', plain, PLAIN_SEED],
		['-r', dump, DUMP_SEED],
		['-r -s 3', dump, DUMP_SEED]
	])('xxd %s into a file that exists', async (options, inputs, seed) => {
		const samples = fc.sample(inputs, { seed: seed + 2, numRuns: FEWER });
		const before = text.encode('a file that existed before');
		const expected = byMachine(options, samples, before);
		for (const [index, sample] of samples.entries())
			expect(
				await byTerminal(options, sample, before),
				JSON.stringify(Buffer.from(sample).toString())
			).toEqual(expected[index]);
	});
});

test.each(['0x00112233', 'key=00112233', '00 11\r\n22:33', '00112233,1', '"00112233"'])(
	'%j gives the four bytes 00 11 22 33',
	async (given) => {
		const { written } = await byTerminal('-r -p', text.encode(given));
		expect(written).toBe('00112233');
	}
);
