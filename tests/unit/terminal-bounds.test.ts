/** The terminal's limits hold for any input: files, streams, arguments, the screen, and the time for a pattern. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { globMatcher } from '$lib/terminal/glob';
import {
	DISK_BYTES,
	LONGEST_FILE_BYTES,
	LONGEST_INPUT,
	LONGEST_SCREEN_BYTES,
	MOST_FILES
} from '$lib/terminal/limits';
import { commandsOf } from '$lib/terminal/parse';
import { openTerminal } from '../support/terminal';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);
const MEGABYTE = new Uint8Array(LONGEST_FILE_BYTES).fill(0x61);

const held = (files: ReadonlyMap<string, Uint8Array>) =>
	[...files.values()].reduce((sum, { length }) => sum + length, 0);

describe('a line that exceeds a limit', () => {
	/** Each makes more than a limit from files `a` (1 MiB) and `s` (64 KiB). */
	const LINES: readonly (readonly [string, RegExp])[] = [
		['cat a a > b', /^cat: write error: No space left on device\n$/],
		['cat a s > b', /^cat: write error: No space left on device\n$/],
		['cat s >> a', /^cat: write error: File too large\n$/],
		['cp a b; cp a c; cp a d; cp a e; cp a f; cp a g; cp a h', /^cp: error writing 'h': No space/],
		[`cat ${'a '.repeat(20_000)}| wc -c`, /^cat: write error: No space/],
		[`cat s s > b; ${'cat b b > c; cat c c > b; '.repeat(12)}`, /cat: write error: No space/],
		['xxd a > b', /^xxd: write error: No space/],
		['xxd -p a b.hex', /^xxd: write error: No space/],
		['base64 -w 1 a > b', /^base64: write error: No space/],
		['od -v -t x1 a > b', /^od: write error: No space/],
		[`od ${'a '.repeat(20_000)}`, /^od: write error: No space/],
		["printf '%2000000000s' x > b", /^bash: printf: write error: No space/],
		["printf '%.2000000000d' 1 > b", /^bash: printf: write error: No space/],
		[`printf '${'x'.repeat(30_000)}%s' ${'1 '.repeat(16_000)}> b`, /^bash: printf: write error/],
		[`echo ${'* '.repeat(30_000)}`, /^bash: echo: Argument list too long\n$/],
		['echo $(cat a)', /^bash: echo: Argument list too long\n$/],
		['printf %s "$(cat s s s)" > b', /^bash: printf: Argument list too long\n$/],
		['printf %s "$(cat s)$(cat s)" "$(cat s)"', /^bash: printf: Argument list too long\n$/],
		[`printf %s ${'$(cat s)'.repeat(5000)}`, /^bash: printf: Argument list too long\n$/],
		['$(cat a a)', /^cat: write error: No space.*\nbash: \$\(cat a a\): Argument list too long\n$/],
		['{ cat a; cat s; } | wc -c', /^cat: write error: No space/],
		['{ cat a; cat s; } > b', /^cat: write error: File too large\n$/],
		[`${'{ '.repeat(20)}cat a a; ${'} ;'.repeat(19)}} > b`, /^cat: write error: No space/],
		['cat /dev/zero > b', /^cat: write error: No space/],
		['tr a b < /dev/urandom > b', /^tr: write error: No space/],
		['head -c 2000000000 /dev/urandom > b', /^head: write error: No space/],
		['xxd -l 2000000000 /dev/zero > b', /^xxd: write error: No space/],
		['dd if=/dev/zero of=b', /^dd: write error: No space/],
		['dd if=/dev/zero bs=1G count=1 > b', /^dd: write error: No space/],
		['dd if=s of=b bs=2000000000 conv=sync', /^dd: write error: No space/],
		['dd if=s of=b bs=1M seek=1', /^dd: error writing 'b': File too large\n$/],
		[
			'dd if=s of=b bs=1G seek=1',
			/^dd: failed to truncate to 1073741824 bytes .*: File too large\n$/
		],
		['cat a s | tee b | wc -c', /^cat: write error: No space/],
		['cat s | tee -a a', /^tee: a: File too large\n$/],
		['openssl rand 2000000000 | wc -c', /openssl: write error: No space left on device\n$/],
		['openssl rand -hex 1000000000 > b', /openssl: write error: No space left on device\n$/],
		['openssl rand -out b 2000000000', /openssl: write error: File too large\n$/],
		['openssl enc -base64 -in a -out b', /openssl: write error: File too large\n$/]
	];

	test.each(LINES)('%.60s', { timeout: 60_000 }, async (line, complaint) => {
		const terminal = openTerminal([
			['a', MEGABYTE],
			['s', MEGABYTE.subarray(0, 65_536)],
			['a-longer-name', new Uint8Array()]
		]);
		const { stderr, stdout } = await terminal.run(line);
		expect(stderr).toMatch(complaint);
		expect(stdout.length).toBeLessThanOrEqual(LONGEST_SCREEN_BYTES);
		expect(held(terminal.files)).toBeLessThanOrEqual(DISK_BYTES);
		for (const bytes of terminal.files.values())
			expect(bytes.length).toBeLessThanOrEqual(LONGEST_FILE_BYTES);
	});

	test('a command that is cut fails', async () => {
		const terminal = openTerminal([['a', MEGABYTE]]);
		expect(await terminal.run('cat a a > b')).toMatchObject({ code: 1 });
		expect(await terminal.run('openssl rand 3000000')).toMatchObject({ code: 1 });
		expect(await terminal.run('openssl rand -out big 3000000')).toMatchObject({ code: 1 });
	});

	test('the number of files is limited', async () => {
		const terminal = openTerminal();
		for (let number = 0; number < MOST_FILES; number++)
			expect(await terminal.run(`echo ${String(number)} > f${String(number)}`)).toMatchObject({
				code: 0
			});
		const { stderr } = await terminal.run('echo 1 > more');
		expect(stderr).toBe('bash: more: No space left on device\n');
		expect(terminal.files.size).toBe(MOST_FILES);
		expect(await terminal.run('mv f0 g0; rm f1; echo 1 > more')).toMatchObject({ stderr: '' });
	});

	test('a name is given without room for a copy', async () => {
		const terminal = openTerminal(
			Array.from({ length: 8 }, (_, index) => [`f${String(index)}`, MEGABYTE])
		);
		expect(await terminal.run('mv f0 g')).toMatchObject({ code: 0, stderr: '' });
		expect(await terminal.run('cp f1 h')).toMatchObject({ code: 1 });
	});

	test('the screen of one line is cut, and says by how much', async () => {
		const terminal = openTerminal([['a', MEGABYTE]]);
		const { output, notShown } = await terminal.run('cat a; '.repeat(50));
		expect(output.reduce((sum, { text }) => sum + text.length, 0)).toBe(LONGEST_SCREEN_BYTES);
		expect(notShown).toBe(49 * LONGEST_FILE_BYTES);
	});

	test('a text that is too long is not read', async () => {
		const line = 'a'.repeat(LONGEST_INPUT + 1);
		expect(await openTerminal().run(line)).toMatchObject({ code: 2, problem: { kind: 'TooLong' } });
		expect(commandsOf('ls\n'.repeat(LONGEST_INPUT))).toHaveLength(1);
	});

	test('a command with very many lines is read to its end', () => {
		expect(commandsOf(`echo "${'\n'.repeat(LONGEST_INPUT - 10)}`).length).toBeGreaterThan(0);
	});
});

describe('a pattern', () => {
	/** Matches by the definition, which may take exponential time. */
	function matchesByDefinition(pattern: string, name: string): boolean {
		if (pattern === '') return name === '';
		const [first = ''] = pattern;
		if (first === '*')
			return (
				matchesByDefinition(pattern.slice(1), name) ||
				(name !== '' && matchesByDefinition(pattern, name.slice(1)))
			);
		if (name === '') return false;
		return (
			(first === '?' || first === name.charAt(0)) &&
			matchesByDefinition(pattern.slice(1), name.slice(1))
		);
	}

	const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 10 });
	const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 });

	test('matches what its definition says', () => {
		fc.assert(
			fc.property(pattern, name, (wanted, given) => {
				expect(globMatcher(wanted)(given)).toBe(matchesByDefinition(wanted, given));
			}),
			{ numRuns: RUNS * 20 }
		);
	});

	let folder: string | undefined;
	afterEach(() => {
		if (folder !== undefined) rmSync(folder, { recursive: true });
		folder = undefined;
	});

	test('finds the files that bash and sh find', () => {
		const where = mkdtempSync(join(tmpdir(), 'glob-'));
		folder = where;
		const names = fc.sample(name, { seed: 7, numRuns: 60 }).concat('a*', '?b', '密钥', 'ä', '👩b');
		for (const one of names) writeFileSync(join(where, one), '');
		const files = [...new Set(names)].sort();
		const special = String.raw`'a*' \?b *'*'* a\* ? ??b *密* ä* *b '?'?`.split(' ');
		const patterns = [...fc.sample(pattern, { seed: 11, numRuns: 150 }), ...special].filter((one) =>
			/[*?]/.test(one)
		);
		for (const shell of ['bash', 'sh']) {
			const script = patterns.map((one) => `printf '%s\\n' ${one}; echo =`).join('\n');
			const found = execFileSync(shell, [...(shell === 'bash' ? ['--norc'] : []), '-c', script], {
				stdio: ['ignore', 'pipe', 'inherit'],
				cwd: where,
				encoding: 'utf8',
				env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' }
			}).split('=\n');
			// dash counts bytes where others count characters
			const isComparable = (one: string) => shell === 'bash' || !/\?/.test(one);
			for (const [index, one] of patterns.entries()) {
				if (!isComparable(one)) continue;
				const isMatching = globMatcher(
					one.replace(/'([^']*)'/g, (_, quoted: string) => quoted.replace(/[*?]/g, String.raw`\$&`))
				);
				const literal = one.replace(/['\\]/g, '');
				const own = files.filter(isMatching);
				const expected = (found[index] ?? '').trimEnd().split('\n').sort();
				expect(own.length > 0 ? own : [literal], `${shell}: ${one}`).toEqual(expected);
			}
		}
	});

	test('ends, however it is made', () => {
		const long = 'a'.repeat(132);
		for (let index = 0; index < 200; index++) {
			expect(globMatcher(`${'*a'.repeat(2000)}b`)(long)).toBe(false);
			expect(globMatcher('*a*a*a*a*a*a*a*a*b')(long)).toBe(false);
			expect(globMatcher(`${'?*'.repeat(60)}b`)(long)).toBe(false);
		}
	});

	test.each(['ls *a*a*a*a*a*a*a*a*b', 'ls *a*a*a*a*a*a*a*a*a*a*a*a*b > f; cat f'])(
		'%s ends',
		async (line) => {
			const terminal = openTerminal([['a'.repeat(120), new Uint8Array()]]);
			expect((await terminal.run(line)).stderr).toMatch(/cannot access '.*': No such file/);
		}
	);
});
