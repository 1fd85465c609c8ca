/**
 * Runs a command line over a set of files: lists, pipes, redirects. The commands of a pipe run one after the other, each
 * on all that the one before has written, which is the same to tools that read to the end.
 */
import type { Bytes } from '../domain/bytes';
import { COMMANDS } from './commands';
import {
	bytesText,
	concat,
	done,
	failed,
	NO_FILE,
	readPath,
	textBytes,
	writePath,
	type Files,
	type Output,
	type Run
} from './io';
import { parse, type Command, type Pipeline, type Word } from './parse';

export interface ShellResult {
	/** In the order in which it was written. */
	readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
	readonly code: number;
	/** A line that was not run: what is not taken here, or what is missing where. */
	readonly problem?: { readonly kind: 'Unsupported' | 'Syntax'; readonly at: string };
}

export interface Shell {
	/** Changes the files. */
	run(line: string, files: Files): Promise<ShellResult>;
}

const NOT_FOUND = 127;
const SYNTAX_ERROR = 2;
/** A pipe that is fed by accident must not fill the memory. */
const LONGEST_STREAM_BYTES = 4 * 1024 * 1024;

export function createShell(openssl: Run): Shell {
	const find = (name: string): Run | undefined =>
		name === 'openssl' ? openssl : Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;

	return {
		async run(line, files) {
			const parsed = parse(line);
			if (!parsed.ok)
				return {
					output: [],
					code: SYNTAX_ERROR,
					problem: { kind: parsed.problem, at: parsed.at }
				};
			const output: { stream: 'stdout' | 'stderr'; text: string }[] = [];
			let code = 0;
			for (const pipeline of parsed.pipelines) {
				if (!isDue(pipeline, code)) continue;
				const { stdout, stderr, ...ended } = await runPipeline(pipeline, files, find);
				if (stderr !== '') output.push({ stream: 'stderr', text: stderr });
				if (stdout.length > 0) output.push({ stream: 'stdout', text: bytesText(stdout) });
				code = ended.code;
			}
			return { output, code };
		}
	};
}

const isDue = ({ when }: Pipeline, code: number): boolean =>
	when === 'always' || (when === 'success') === (code === 0);

async function runPipeline(
	{ commands }: Pipeline,
	files: Files,
	find: (name: string) => Run | undefined
): Promise<Output> {
	let stdin: Bytes = new Uint8Array();
	let stderr = '';
	let last = done();
	for (const command of commands) {
		last = await runCommand(command, stdin, files, find);
		stdin = concat([last.stdout.subarray(0, LONGEST_STREAM_BYTES)]);
		stderr += last.stderr;
	}
	return { ...last, stderr };
}

async function runCommand(
	command: Command,
	piped: Bytes,
	files: Files,
	find: (name: string) => Run | undefined
): Promise<Output> {
	const [name = '', ...args] = command.words.flatMap((word) => expand(word, files));
	const streams = openStreams(command, piped, files);
	if ('problem' in streams) return failed(`bash: ${streams.problem}\n`);
	const run = find(name);
	let output: Output;
	if (command.words.length === 0) output = done();
	else if (run) output = await run({ args, stdin: streams.stdin, files });
	else output = failed(`bash: ${name}: command not found\n`, NOT_FOUND);
	return streams.deliver(output);
}

/** A pattern that fits no file stands for itself. */
function expand({ text, pattern }: Word, files: Files): string[] {
	if (pattern === undefined) return [text];
	const source = pattern.replace(/\\(.)|[*?]|[.+^${}()|[\]\\/-]/gu, (found, escaped?: string) => {
		if (escaped !== undefined) return `\\u{${(escaped.codePointAt(0) ?? 0).toString(16)}}`;
		if (found === '*') return '.*';
		return found === '?' ? '.' : `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
	});
	const matcher = new RegExp(`^${source}$`, 'u');
	const names = [...files.keys()].filter((name) => !name.startsWith('.') && matcher.test(name));
	return names.length > 0 ? names.sort() : [text];
}

interface Streams {
	readonly stdin: Bytes;
	/** Sends what a command wrote to where it was told to. */
	readonly deliver: (output: Output) => Output;
}

/** Where a stream goes: on to the next command, to the screen, or to a file. */
type Target = 'stdout' | 'stderr' | { readonly path: string };

function openStreams(
	{ redirects }: Command,
	piped: Bytes,
	files: Files
): Streams | { readonly problem: string } {
	let stdin = piped;
	const targets: Record<1 | 2, Target> = { 1: 'stdout', 2: 'stderr' };
	for (const redirect of redirects) {
		if (redirect.fd === 0) {
			const bytes = readPath(redirect.from.text, { files, stdin });
			if (!bytes) return { problem: `${redirect.from.text}: ${NO_FILE}` };
			stdin = bytes;
		} else if ('like' in redirect) targets[redirect.fd] = targets[redirect.like];
		else {
			const path = redirect.to.text;
			const kept = redirect.append ? readPath(path, { files, stdin }) : undefined;
			// emptied before the command runs, as every shell does
			if (path === '/dev/stdout') targets[redirect.fd] = 'stdout';
			else if (path === '/dev/stderr') targets[redirect.fd] = 'stderr';
			else {
				const problem = writePath(path, kept ?? new Uint8Array(), files);
				if (problem !== undefined) return { problem: `${path}: ${problem}` };
				targets[redirect.fd] = { path };
			}
		}
	}
	return { stdin, deliver: (output) => deliver(output, targets, files) };
}

function deliver(output: Output, targets: Record<1 | 2, Target>, files: Files): Output {
	const streams: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
	const send = (bytes: Bytes, target: Target) => {
		if (typeof target === 'string') streams[target].push(bytes);
		else if (bytes.length > 0) {
			const before = readPath(target.path, { files, stdin: new Uint8Array() });
			writePath(target.path, concat([before ?? new Uint8Array(), bytes]), files);
		}
	};
	send(textBytes(output.stderr), targets[2]);
	send(output.stdout, targets[1]);
	return {
		stdout: concat(streams.stdout),
		stderr: bytesText(concat(streams.stderr)),
		code: output.code
	};
}
