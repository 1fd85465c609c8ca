/**
 * OpenSSL 3.5, compiled to WebAssembly. Each command runs in a new instance, on a copy of the files. OpenSSL has no network
 * access, and uses the browser's random numbers.
 */
import type { Bytes } from '../domain/bytes';
import { isSame } from './changes';
import type { Files } from './disk';
import { concat, done, failed, isText, isTrayName, NO_NAME, type Output, type Run } from './io';
import { FILE_TOO_LARGE, LONGEST_FILE_BYTES, LONGEST_STREAM_BYTES, NO_SPACE } from './limits';
import { OPENSSL_CONFIG } from './openssl-config';

interface StreamOperations {
	write?: (
		stream: object,
		buffer: ArrayLike<number>,
		offset: number,
		length: number,
		position: number | undefined,
		canOwn?: boolean
	) => number;
	allocate?: (stream: object, offset: number, length: number) => void;
}

interface FileSystem {
	readonly ErrnoError: new (errno: number) => Error;
	readonly filesystems: {
		readonly MEMFS: {
			readonly ops_table: { readonly file: { readonly stream: StreamOperations } } | null;
		};
	};
	init(
		stdin: () => number | null,
		stdout: (code: number | null) => void,
		stderr: (code: number | null) => void
	): void;
	mkdir(path: string): void;
	rmdir(path: string): void;
	chmod(path: string, mode: number): void;
	chdir(path: string): void;
	readdir(path: string): string[];
	readFile(path: string): Uint8Array;
	writeFile(path: string, content: Uint8Array | string): void;
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

/** The exports of Emscripten's glue code. */
export type CreateInstance = (settings: Settings) => Promise<Instance>;

/** A separate folder, so that system files are not mistaken for the trainee's files. */
const FOLDER = '/tray';
/** Where this build of OpenSSL looks for its configuration, as `openssl version -d` says. */
const CONFIG_FOLDERS = ['/usr', '/usr/local', '/usr/local/ssl'];
const CONFIG = '/usr/local/ssl/openssl.cnf';
/** Emscripten creates them. */
const DEFAULT_FOLDERS = ['/tmp', '/home/web_user', '/home'];
const READ_ONLY_FOLDER = 0o555;
const READ_ONLY_FILE = 0o444;
const CRASHED = 134;
const NOT_TEXT = 'an argument has bytes that are not UTF-8, which cannot be passed on here';
/** As Emscripten numbers it. */
const EFBIG = 22;

/** @param program compiled once, and started again for each command */
export function createOpenssl(create: CreateInstance, program: Promise<WebAssembly.Module>): Run {
	return async (input) => {
		const { args, files } = input;
		if (!args.every(isText)) return failed(`openssl: ${NOT_TEXT}\n`);
		const compiled = await program;
		const streams = new Streams(() => input.stdin);
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
		prepareFolders(FS);
		limitFiles(FS, streams);
		for (const [name, bytes] of files) FS.writeFile(`${FOLDER}/${name}`, bytes);
		const code = run(instance, args, streams);
		const notKept = takeBack(FS, files);
		for (const [name, why] of notKept) streams.complain(`openssl: ${name}: ${why}\n`);
		const { problem } = streams;
		// not every command reports this itself
		if (problem !== undefined) streams.complain(`openssl: write error: ${problem}\n`);
		return streams.output(notKept.length > 0 || problem !== undefined ? code || 1 : code);
	};
}

/** Only the files in `FOLDER` are kept, so OpenSSL can't write anywhere else. */
function prepareFolders(FS: FileSystem): void {
	FS.mkdir(FOLDER);
	for (const folder of CONFIG_FOLDERS) FS.mkdir(folder);
	FS.writeFile(CONFIG, OPENSSL_CONFIG);
	for (const folder of DEFAULT_FOLDERS) FS.rmdir(folder);
	for (const folder of ['/', '/dev', ...CONFIG_FOLDERS]) FS.chmod(folder, READ_ONLY_FOLDER);
	FS.chmod(CONFIG, READ_ONLY_FILE);
	FS.chdir(FOLDER);
}

/** All files of OpenSSL's file system, inside and outside this folder. */
function limitFiles(FS: FileSystem, streams: Streams): void {
	const operations = FS.filesystems.MEMFS.ops_table?.file.stream;
	const { write } = operations ?? {};
	if (!operations || !write) throw new Error('the file system of OpenSSL has another form');
	operations.write = (stream, buffer, offset, length, position, canOwn) => {
		if ((position ?? 0) + length > LONGEST_FILE_BYTES) {
			streams.problem = FILE_TOO_LARGE;
			throw new FS.ErrnoError(EFBIG);
		}
		return write(stream, buffer, offset, length, position, canOwn);
	};
	delete operations.allocate;
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

/** @returns the files that could not be stored, and why */
function takeBack(FS: FileSystem, files: Files): (readonly [name: string, why: string])[] {
	const names = FS.readdir(FOLDER).filter((name) => name !== '.' && name !== '..');
	const notKept: (readonly [string, string])[] = [];
	for (const name of [...files.keys()]) if (!names.includes(name)) files.delete(name);
	for (const name of names) {
		const bytes = concat([FS.readFile(`${FOLDER}/${name}`)]);
		if (isSame(files.get(name), bytes)) continue;
		const problem = isTrayName(name) ? files.write(name, bytes) : NO_NAME;
		if (problem !== undefined) notKept.push([name, problem]);
	}
	return notKept;
}

/** Emscripten's devices read and write byte by byte. */
class Streams {
	#at = 0;
	readonly #written: Record<1 | 2, number[]> = { 1: [], 2: [] };

	#stdin: Bytes | undefined;

	constructor(private readonly stdin: () => Bytes) {}

	/** The input is the command's only when it reads it. */
	readonly read = (): number | null => {
		this.#stdin ??= this.stdin();
		return this.#stdin[this.#at++] ?? null;
	};

	/** Set if the output exceeded the limit of a stream or a file. */
	problem: string | undefined;

	write(fd: 1 | 2): (code: number | null) => void {
		return (code) => {
			if (code === null) return;
			if (this.#written[fd].length >= LONGEST_STREAM_BYTES) {
				this.problem = NO_SPACE;
				throw new Error(NO_SPACE);
			}
			this.#written[fd].push(code & 0xff);
		};
	}

	complain(text: string): void {
		for (const byte of new TextEncoder().encode(text)) this.#written[2].push(byte);
	}

	output(code: number): Output {
		const stderr = new TextDecoder().decode(new Uint8Array(this.#written[2]));
		return done(new Uint8Array(this.#written[1]), stderr, code);
	}
}

/** If the browser refuses WebAssembly, the rest of the terminal still works. */
export const withoutOpenssl: Run = (): Output =>
	failed('openssl: WebAssembly is not available here\n', 126);
