/**
 * OpenSSL 3, compiled to WebAssembly: one fresh instance for each command, over a copy of the files. It has no network,
 * and its randomness is the browser's.
 */
import type { Bytes } from '../domain/bytes';
import { isSame } from './changes';
import { concat, done, failed, isTrayName, NO_NAME, type Files, type Output, type Run } from './io';

interface FileSystem {
	init(
		stdin: () => number | null,
		stdout: (code: number | null) => void,
		stderr: (code: number | null) => void
	): void;
	mkdir(path: string): void;
	chdir(path: string): void;
	readdir(path: string): string[];
	readFile(path: string): Uint8Array;
	writeFile(path: string, bytes: Uint8Array): void;
}

interface Instance {
	readonly FS: FileSystem;
	callMain(args: readonly string[]): number | undefined;
}

interface Settings {
	readonly noInitialRun: boolean;
	readonly thisProgram: string;
	readonly preRun: readonly ((instance: Instance) => void)[];
	readonly instantiateWasm: (
		imports: WebAssembly.Imports,
		receive: (instance: WebAssembly.Instance) => void
	) => object;
}

/** What Emscripten's glue exports. */
export type CreateInstance = (settings: Settings) => Promise<Instance>;

/** A folder of its own: what the system has elsewhere is no file of the trainee's. */
const FOLDER = '/tray';
const CRASHED = 134;

/** @param program compiled once, and started anew for each command */
export function createOpenssl(create: CreateInstance, program: Promise<WebAssembly.Module>): Run {
	return async ({ args, stdin, files }) => {
		const compiled = await program;
		const streams = new Streams(stdin);
		const instance = await create({
			noInitialRun: true,
			thisProgram: 'openssl',
			preRun: [
				({ FS }) => {
					FS.init(streams.read, streams.write(1), streams.write(2));
				}
			],
			instantiateWasm: (imports, receive) => {
				void WebAssembly.instantiate(compiled, imports).then(receive);
				return {};
			}
		});
		const { FS } = instance;
		FS.mkdir(FOLDER);
		FS.chdir(FOLDER);
		for (const [name, bytes] of files) FS.writeFile(`${FOLDER}/${name}`, bytes);
		const code = run(instance, args, streams);
		const notKept = takeBack(FS, files);
		for (const name of notKept) streams.complain(`openssl: ${name}: ${NO_NAME}\n`);
		return streams.output(notKept.length > 0 ? code || 1 : code);
	};
}

function run(instance: Instance, args: readonly string[], streams: Streams): number {
	try {
		return instance.callMain([...args]) ?? 0;
	} catch (error) {
		// how Emscripten ends a program that calls exit()
		const { name, status } = Object(error) as { name?: unknown; status?: unknown };
		if (name === 'ExitStatus' && typeof status === 'number') return status;
		streams.complain(`openssl: ${String(error)}\n`);
		return CRASHED;
	}
}

/** @returns names under which nothing can be kept */
function takeBack(FS: FileSystem, files: Files): string[] {
	const names = FS.readdir(FOLDER).filter((name) => name !== '.' && name !== '..');
	const notKept: string[] = [];
	for (const name of names) {
		const bytes = concat([FS.readFile(`${FOLDER}/${name}`)]);
		if (isSame(files.get(name), bytes)) continue;
		if (isTrayName(name)) files.set(name, bytes);
		else notKept.push(name);
	}
	for (const name of [...files.keys()]) if (!names.includes(name)) files.delete(name);
	return notKept;
}

/** Byte by byte, as Emscripten's devices are. */
class Streams {
	#at = 0;
	readonly #written: Record<1 | 2, number[]> = { 1: [], 2: [] };

	constructor(private readonly stdin: Bytes) {}

	readonly read = (): number | null => this.stdin[this.#at++] ?? null;

	write(fd: 1 | 2): (code: number | null) => void {
		return (code) => {
			if (code !== null) this.#written[fd].push(code & 0xff);
		};
	}

	complain(text: string): void {
		this.#written[2].push(...new TextEncoder().encode(text));
	}

	output(code: number): Output {
		const stderr = new TextDecoder().decode(new Uint8Array(this.#written[2]));
		return done(new Uint8Array(this.#written[1]), stderr, code);
	}
}

/** Where the browser refuses WebAssembly, the rest of the terminal still works. */
export const withoutOpenssl: Run = (): Output =>
	failed('openssl: WebAssembly is not available here\n', 126);
