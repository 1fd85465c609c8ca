/**
 * Runs a command line with lists, pipes, redirects, groups and substitutions on a set of files. The commands of a pipe run
 * one after the other: each gets the complete output of the previous one. For tools that read to the end, this makes no
 * difference.
 */
import type { Bytes } from '../domain/bytes';
import { COMMANDS } from './commands';
import { createDisk, type Files } from './disk';
import { expandAll, type Expansion, type Substituted } from './expand';
import {
	failed,
	fileName,
	isEndless,
	NO_FILE,
	readEndless,
	StreamFull,
	textBytes,
	writePath,
	type Output,
	type Run
} from './io';
import { LONGEST_STREAM_BYTES, NO_SPACE, TOO_MANY_ARGUMENTS } from './limits';
import { parse, type Command, type ParseProblem, type Pipeline, type Word } from './parse';
import {
	createCapture,
	createPipe,
	createScreen,
	fileSink,
	NO_INPUT,
	sourceOf,
	writtenTo,
	type Shown,
	type Sink,
	type Source,
	type Streams
} from './streams';

export interface ShellResult {
	/** In the order of writing. */
	readonly output: readonly Shown[];
	readonly code: number;
	/** The number of bytes written to the screen beyond the limit of one line. */
	readonly notShown?: number;
	/** Why a line was not run: unsupported syntax, a missing part and its place, or an exceeded limit. */
	readonly problem?: { readonly kind: ParseProblem; readonly at: string };
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
	return {
		async run(line, files) {
			const parsed = parse(line);
			if (!parsed.ok)
				return {
					output: [],
					code: SYNTAX_ERROR,
					problem: { kind: parsed.problem, at: parsed.at }
				};
			const screen = createScreen();
			const runner = new Runner(createDisk(files), openssl);
			const code = await runner.list(parsed.pipelines, {
				stdin: NO_INPUT,
				stdout: screen.stdout,
				stderr: screen.stderr
			});
			const { output, notShown } = screen;
			return { output, code, ...(notShown() > 0 && { notShown: notShown() }) };
		}
	};
}

const isDue = ({ when }: Pipeline, code: number): boolean =>
	when === 'always' || (when === 'success') === (code === 0);

class Runner {
	constructor(
		private readonly files: Files,
		private readonly openssl: Run
	) {}

	async list(pipelines: readonly Pipeline[], streams: Streams): Promise<number> {
		let code = 0;
		for (const pipeline of pipelines)
			if (isDue(pipeline, code)) code = await this.#pipeline(pipeline, streams);
		return code;
	}

	async #pipeline({ commands }: Pipeline, streams: Streams): Promise<number> {
		let { stdin } = streams;
		for (const command of commands.slice(0, -1)) {
			const pipe = createPipe();
			await this.#command(command, { ...streams, stdin, stdout: pipe });
			stdin = sourceOf(pipe.bytes());
		}
		const last = commands.at(-1);
		return last ? this.#command(last, { ...streams, stdin }) : 0;
	}

	async #command(command: Command, streams: Streams): Promise<number> {
		const words = command.kind === 'simple' ? command.words : [];
		const expansion = await this.#expand(words, streams);
		const opened = await this.#open(command, streams);
		if (typeof opened === 'string') {
			streams.stderr.write(textBytes(`bash: ${opened}\n`));
			return 1;
		}
		if (command.kind === 'group') return this.list(command.body, opened);
		const { fields, code } = expansion;
		if (!fields) {
			const name = words[0]?.source ?? '';
			return deliver(failed(`bash: ${name}: ${TOO_MANY_ARGUMENTS}\n`, NOT_STARTED), name, opened);
		}
		const [name, ...args] = fields;
		return name === undefined ? code : this.#run(name, args, opened);
	}

	async #run(name: string, args: readonly string[], streams: Streams): Promise<number> {
		const run = name === 'openssl' ? this.openssl : COMMANDS.get(name);
		if (!run)
			return deliver(failed(`bash: ${name}: command not found\n`, NOT_FOUND), name, streams);
		const { stdin } = streams;
		const input = {
			args,
			files: this.files,
			get stdin() {
				return stdin.take();
			},
			take: (most: number) => stdin.take(most)
		};
		return deliver(await untilFull(name, () => run(input)), name, streams);
	}

	#expand(words: readonly Word[], streams: Streams): Promise<Expansion> {
		return expandAll(words, this.files, async (list): Promise<Substituted> => {
			const capture = createCapture();
			const code = await this.list(list, { ...streams, stdout: capture });
			const bytes = capture.bytes();
			if (bytes?.includes(0) === true) streams.stderr.write(textBytes(NULL_BYTE));
			return { bytes, code };
		});
	}

	/** @returns the command's own streams, or why one could not be opened */
	async #open({ redirects }: Command, streams: Streams): Promise<Streams | string> {
		let { stdin } = streams;
		const sinks: Record<1 | 2, Sink> = { 1: streams.stdout, 2: streams.stderr };
		for (const redirect of redirects) {
			if ('like' in redirect) {
				sinks[redirect.fd] = sinks[redirect.like];
				continue;
			}
			const word = redirect.fd === 0 ? redirect.from : redirect.to;
			const { fields = [] } = await this.#expand([word], streams);
			const [path, ...more] = fields;
			if (path === undefined || more.length > 0) return `${word.source}: ambiguous redirect`;
			if (redirect.fd === 0) {
				const source = this.#source(path, stdin);
				if (!source) return `${path}: ${NO_FILE}`;
				stdin = source;
			} else if (path === '/dev/stdout' || path === '/dev/stderr')
				sinks[redirect.fd] = sinks[path === '/dev/stdout' ? 1 : 2];
			else {
				// a shell empties the file before the command runs
				const kept = redirect.append ? writtenTo(path, this.files) : new Uint8Array();
				const problem = writePath(path, kept, this.files);
				if (problem !== undefined) return `${path}: ${problem}`;
				sinks[redirect.fd] = fileSink(path, this.files);
			}
		}
		return { stdin, stdout: sinks[1], stderr: sinks[2] };
	}

	/** @returns undefined if the file does not exist */
	#source(path: string, stdin: Source): Source | undefined {
		if (path === '/dev/stdin') return stdin;
		if (isEndless(path)) return { take: (most) => readEndless(path, most) };
		const bytes = path === '/dev/null' ? new Uint8Array() : this.files.get(fileName(path));
		return bytes && sourceOf(bytes);
	}
}

const NULL_BYTE = 'bash: warning: command substitution: ignored null byte in input\n';

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

/** @returns the exit code. A message that can't be written is dropped */
function deliver(output: Output, name: string, { stdout, stderr }: Streams): number {
	stderr.write(textBytes(output.stderr));
	const problem = stdout.write(output.stdout);
	if (problem === undefined) return output.code;
	stderr.write(textBytes(writeError(name, problem)));
	return output.code || 1;
}
