/**
 * Runs a command line with lists, pipes and redirects on a set of files. The commands of a pipe run one after the other:
 * each gets the complete output of the previous one. For tools that read to the end, this makes no difference.
 */
import type { Bytes } from '../domain/bytes';
import { COMMANDS } from './commands';
import { createDisk, type Files } from './disk';
import { globMatcher } from './glob';
import {
	bytesText,
	concat,
	done,
	failed,
	NO_FILE,
	readPath,
	StreamFull,
	textBytes,
	writePath,
	type Output,
	type Run
} from './io';
import {
	LONGEST_ARGUMENTS,
	LONGEST_SCREEN_BYTES,
	LONGEST_STREAM_BYTES,
	NO_SPACE,
	TOO_MANY_ARGUMENTS
} from './limits';
import { parse, type Command, type Pipeline, type Word } from './parse';

export interface ShellResult {
	/** In the order of writing. */
	readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
	readonly code: number;
	/** The number of bytes written to the screen beyond the limit of one line. */
	readonly notShown?: number;
	/** Why a line was not run: unsupported syntax, a missing part and its place, or an exceeded limit. */
	readonly problem?: { readonly kind: 'Unsupported' | 'Syntax' | 'TooLong'; readonly at: string };
}

export interface Shell {
	/** Changes the files, within the limits of the disk. */
	run(line: string, files: Map<string, Bytes>): Promise<ShellResult>;
}

const NOT_FOUND = 127;
const SYNTAX_ERROR = 2;
const NOT_STARTED = 126;
/** Built into bash, which its error messages show. */
const BUILT_IN: ReadonlySet<string> = new Set(['echo', 'printf']);

export function createShell(openssl: Run): Shell {
	const find = (name: string): Run | undefined =>
		name === 'openssl' ? openssl : COMMANDS.get(name);

	return {
		async run(line, files) {
			const parsed = parse(line);
			if (!parsed.ok)
				return {
					output: [],
					code: SYNTAX_ERROR,
					problem: { kind: parsed.problem, at: parsed.at }
				};
			const disk = createDisk(files);
			const screen = createScreen();
			let code = 0;
			for (const pipeline of parsed.pipelines) {
				if (!isDue(pipeline, code)) continue;
				const { stdout, stderr, ...ended } = await runPipeline(pipeline, disk, find);
				screen.write('stderr', textBytes(stderr));
				screen.write('stdout', stdout);
				code = ended.code;
			}
			const { output, notShown } = screen;
			return { output, code, ...(notShown() > 0 && { notShown: notShown() }) };
		}
	};
}

function createScreen() {
	const output: { stream: 'stdout' | 'stderr'; text: string }[] = [];
	let written = 0;
	return {
		output,
		notShown: () => Math.max(0, written - LONGEST_SCREEN_BYTES),
		write(stream: 'stdout' | 'stderr', bytes: Bytes): void {
			const shown = bytes.subarray(0, Math.max(0, LONGEST_SCREEN_BYTES - written));
			written += bytes.length;
			if (shown.length > 0) output.push({ stream, text: bytesText(shown) });
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
	const errors: string[] = [];
	let last = done();
	for (const command of commands) {
		last = await runCommand(command, stdin, files, find);
		stdin = last.stdout;
		errors.push(last.stderr);
	}
	return { ...last, stderr: errors.join('') };
}

async function runCommand(
	command: Command,
	piped: Bytes,
	files: Files,
	find: (name: string) => Run | undefined
): Promise<Output> {
	const words = expandAll(command.words, files);
	const streams = openStreams(command, piped, files);
	if ('problem' in streams) return failed(`bash: ${streams.problem}\n`);
	const [name = '', ...args] = words ?? [command.words[0]?.text ?? ''];
	if (!words) return streams.deliver(failed(`bash: ${name}: ${TOO_MANY_ARGUMENTS}\n`, NOT_STARTED));
	const run = find(name);
	let output: Output;
	if (command.words.length === 0) output = done();
	else if (run) output = await untilFull(name, () => run({ args, stdin: streams.stdin, files }));
	else output = failed(`bash: ${name}: command not found\n`, NOT_FOUND);
	return streams.deliver(output, name);
}

/** Ends a command that exceeds the limit of a stream, like a full device. */
async function untilFull(name: string, run: () => Output | Promise<Output>): Promise<Output> {
	try {
		const output = await run();
		if (output.stdout.length <= LONGEST_STREAM_BYTES) return output;
		return fullAt(name, output.stdout.slice(0, LONGEST_STREAM_BYTES), output.stderr);
	} catch (error) {
		if (!(error instanceof StreamFull)) throw error;
		return fullAt(name, error.written, '');
	}
}

function fullAt(name: string, stdout: Bytes, stderr: string): Output {
	return { stdout, stderr: `${stderr}${writeError(name, NO_SPACE)}`, code: 1 };
}

const writeError = (name: string, why: string): string =>
	`${BUILT_IN.has(name) ? 'bash: ' : ''}${name}: write error: ${why}\n`;

/** @returns undefined beyond the limit for the arguments of one command */
function expandAll(words: readonly Word[], files: Files): string[] | undefined {
	const expanded: string[] = [];
	let length = 0;
	for (const word of words)
		for (const text of expand(word, files)) {
			length += text.length + 1;
			if (length > LONGEST_ARGUMENTS) return undefined;
			expanded.push(text);
		}
	return expanded;
}

/** A pattern without a matching file stays unchanged. */
function expand({ text, pattern }: Word, files: Files): string[] {
	if (pattern === undefined) return [text];
	const isMatching = globMatcher(pattern);
	const names = [...files.keys()].filter((name) => !name.startsWith('.') && isMatching(name));
	return names.length > 0 ? names.sort() : [text];
}

interface Streams {
	readonly stdin: Bytes;
	/** Sends a command's output to its targets. */
	readonly deliver: (output: Output, command?: string) => Output;
}

/** The target of a stream: the next command, the screen, or a file. */
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
			// a shell empties the file before the command runs
			if (path === '/dev/stdout') targets[redirect.fd] = 'stdout';
			else if (path === '/dev/stderr') targets[redirect.fd] = 'stderr';
			else {
				const problem = writePath(path, kept ?? new Uint8Array(), files);
				if (problem !== undefined) return { problem: `${path}: ${problem}` };
				targets[redirect.fd] = { path };
			}
		}
	}
	return { stdin, deliver: (output, command = 'bash') => deliver(output, command, targets, files) };
}

function deliver(
	output: Output,
	command: string,
	targets: Record<1 | 2, Target>,
	files: Files
): Output {
	const streams: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
	const send = (bytes: Bytes, target: Target): string | undefined => {
		if (typeof target === 'string') {
			streams[target].push(bytes);
			return undefined;
		}
		if (bytes.length === 0) return undefined;
		const before = readPath(target.path, { files, stdin: new Uint8Array() });
		return writePath(target.path, concat([before ?? new Uint8Array(), bytes]), files);
	};
	// a message that can't be written is dropped
	send(textBytes(output.stderr), targets[2]);
	const problem = send(output.stdout, targets[1]);
	if (problem !== undefined) send(textBytes(writeError(command, problem)), targets[2]);
	return {
		stdout: concat(streams.stdout),
		stderr: bytesText(concat(streams.stderr)),
		code: problem === undefined ? output.code : output.code || 1
	};
}
