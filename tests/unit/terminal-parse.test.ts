/** What the terminal's shell refuses to read, and what it must be able to read: the app's own commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsFor } from '$lib/customer/commands';
import { callFileNames } from '$lib/customer/file-names';
import { WRAPPING_ALGORITHMS } from '$lib/domain/algorithms';
import { COMMAND_NAMES } from '$lib/terminal/command-names';
import { MOST_NESTED } from '$lib/terminal/limits';
import { commandsOf, parse } from '$lib/terminal/parse';

/** The words of the first command, with a backslash before quoted characters of patterns. */
const words = (line: string): unknown => {
	const parsed = parse(line);
	const command = parsed.ok ? parsed.pipelines[0]?.commands[0] : undefined;
	if (command?.kind !== 'simple') return parsed;
	return command.words.map(({ parts }) =>
		parts.map((part) => (part.kind === 'text' ? part.text : '$()')).join('')
	);
};

describe('refused by name', () => {
	test.each([
		['cat PublicKey.{hex,pem}', '{'],
		['echo {1..3}', '{'],
		['rm key[12].bin', '['],
		['tr -d [:digit:]', '['],
		[String.raw`printf $'\x00'`, "$'"],
		['echo $"a"', '$"'],
		['echo $$', '$$'],
		['echo "$$"', '$$'],
		['echo $[1+1]', '$['],
		['echo $HOME', '$HOME'],
		['echo $((1+1))', '$(('],
		['((a))', '(('],
		['f() { ls; }', '('],
		['cat <(ls)', '<('],
		['ls >(cat)', '>('],
		['cat <<EOF', '<<'],
		['cat <<< a', '<<'],
		['echo a 3> f', '3>'],
		['echo a 22>f', '22>'],
		['cat 0< f', '0<'],
		['ls >& f', '>&'],
		['ls &> f', '&'],
		['ls &', '&'],
		['{ ls & }', '&'],
		['if cmp a b; then rm a; fi', 'if'],
		['for f in *; do rm $f; done', 'for'],
		['while true; do ls; done', 'while'],
		['[[ -f a ]] && rm a', '['],
		['cat ~/key.bin', '~'],
		['cd ~', '~'],
		['! cmp a b', '!'],
		['true && ! cmp a b', '!'],
		['true | !', '!'],
		['NAME=value', 'NAME='],
		['NAME+=value', 'NAME+='],
		['OPENSSL_CONF="a b" openssl version', 'OPENSSL_CONF='],
		['> f NAME=value', 'NAME='],
		['true; NA\\\nME=value', 'NAME=']
	])('%s', (line, at) => {
		expect(parse(line)).toMatchObject({ ok: false, problem: 'Unsupported', at, isOpen: false });
	});
});

describe('taken as it stands', () => {
	test.each([
		['echo \'a.{hex,pem}\' "{b,c}" \\{d,e}', ['echo', 'a.{hex,pem}', '{b,c}', '{d,e}']],
		["tr -d '[:digit:]'", ['tr', '-d', '[:digit:]']],
		['echo \'$$\' "costs 5$" 5$', ['echo', '$$', 'costs 5$', '5$']],
		['echo "$\'"', ['echo', "$'"]],
		['echo \'~\' "~" \\~ a~', ['echo', '~', '~', '~', 'a~']],
		["'!' a", ['!', 'a']],
		['echo a ! b!', ['echo', 'a', '!', 'b!']],
		["'NAME'=value", ['NAME=value']],
		['printf NAME=value', ['printf', 'NAME=value']],
		['openssl -pkeyopt=a:b', ['openssl', '-pkeyopt=a:b']],
		['ls *.b?n', ['ls', '*.b?n']],
		['ls # a comment; rm key.bin', ['ls']],
		['echo a#b \\#c "#d"', ['echo', 'a#b', '#c', '#d']],
		['echo { } a}', ['echo', '{', '}', 'a}']],
		['[ -f key.bin ]', ['[', '-f', 'key.bin', ']']],
		["'if' a", ['if', 'a']],
		['echo if then', ['echo', 'if', 'then']],
		['echo "$(cat a)"b', ['echo', '$()b']]
	])('%s', (line, expected) => {
		expect(words(line)).toEqual(expected);
	});
});

describe('a text of several commands', () => {
	test.each([
		['ls', ['ls']],
		['\n ls\n\n\nwc key.bin\n', [' ls', 'wc key.bin']],
		['ls\r\nwc \\\r\n  key.bin\r\n', ['ls', 'wc \\\n  key.bin']],
		['a &&\n\nb\nc |\nd', ['a &&\n\nb', 'c |\nd']],
		["a 'b\n\nc' d\ne", ["a 'b\n\nc' d", 'e']],
		['{ a\nb; } > c\nd', ['{ a\nb; } > c', 'd']],
		['( a\nb )\nc', ['( a\nb )', 'c']],
		['a "$(b\n# c)\nd)"\ne', ['a "$(b\n# c)\nd)"', 'e']],
		['a `b\nc`\nd', ['a `b\nc`', 'd']],
		['# a\n\nb # c\n# d', ['b # c']],
		['', []],
		['a\nb &&| c\nd', ['a', 'b &&| c']],
		['a\nb <<EOF\nc\nEOF', ['a', 'b <<EOF']],
		['a\nb "c\nd', ['a', 'b "c\nd']],
		['a\nb \\', ['a', 'b \\']]
	])('%j', (text, commands) => {
		expect(commandsOf(text)).toEqual(commands);
	});

	test('what is missing at its end is a fault', () => {
		for (const [line, at] of [
			['a |', 'newline'],
			['cat >\n', 'newline'],
			["'", "'"],
			['a \\', '\\'],
			['{ a', '{'],
			['( a', '('],
			['a $(b', '$('],
			['a `b', '`'],
			['a `b |`', 'newline'],
			['{ }', '}'],
			['( )', ')'],
			['a; }', '}'],
			['a )', ')'],
			['{ a; } b', 'b']
		] as const)
			expect(parse(line)).toMatchObject({ ok: false, problem: 'Syntax', at });
	});
});

test('groups and substitutions have a depth that is read', () => {
	const nested = (count: number) => [
		`${'{ '.repeat(count)}ls; ${'} ;'.repeat(count - 1)}}`,
		`${'( '.repeat(count)}ls${' )'.repeat(count)}`,
		`echo ${'$(echo '.repeat(count)}${')'.repeat(count)}`,
		`echo ${'"$(echo '.repeat(count)}${')"'.repeat(count)}`
	];
	for (const line of nested(MOST_NESTED)) expect(parse(line), line).toMatchObject({ ok: true });
	for (const line of [...nested(MOST_NESTED + 1), ...nested(5000)])
		expect(parse(line)).toMatchObject({ ok: false, problem: 'TooDeep', isOpen: false });
});

describe('the app’s own commands are read', () => {
	const files = callFileNames('1a2b3c4d-0000-4000-8000-000000000000', 2);

	test.each(WRAPPING_ALGORITHMS)('those of the workbench for %s', (algorithm) => {
		for (const platform of ['openssl', 'libressl'] as const)
			for (const material of ['KeyMaterial.bin', "-it's {a,b} [c] ~ $$.bin"])
				for (const { command } of commandsFor(platform, {
					algorithm,
					material,
					bound: false,
					files
				}))
					for (const one of commandsOf(command)) expect(parse(one)).toMatchObject({ ok: true });
	});

	test('those of the course', () => {
		const COURSE = join(import.meta.dirname, '../../src/lib/course');
		const found = readdirSync(COURSE, { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.json'))
			.flatMap((path) => readFileSync(join(COURSE, path), 'utf8').match(/`[^`]+`/g) ?? [])
			// a name in braces stands for what the app puts there
			.map((code) => code.slice(1, -1).replace(/\{\w+\}/g, 'x'))
			.filter((code) => COMMAND_NAMES.some((name) => code.startsWith(`${name} `)));
		expect(found.length).toBeGreaterThan(10);
		expect(found.filter((command) => !parse(command).ok)).toEqual([]);
	});
});
