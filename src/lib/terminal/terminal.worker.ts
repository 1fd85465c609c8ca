/**
 * The terminal's worker: a shell and OpenSSL, apart from both parties, so that a command which takes too long can be ended
 * with its worker. The one script of the app that may compile WebAssembly. Wiring only.
 */
import { expose } from 'comlink';
import type { TerminalApi } from './api';
import { changesBetween } from './changes';
import { createOpenssl, withoutOpenssl } from './openssl';
import programUrl from './openssl/openssl.wasm?url';
import { commandsOf } from './parse';
import { createShell } from './shell';

async function compile(): Promise<WebAssembly.Module> {
	const response = await fetch(programUrl);
	if (!response.ok) throw new Error(`openssl.wasm: ${String(response.status)}`);
	return WebAssembly.compile(await response.arrayBuffer());
}

async function load() {
	const [program, glue] = await Promise.all([compile(), import('./openssl/openssl.js')]);
	return createOpenssl(glue.default, Promise.resolve(program));
}

let openssl: ReturnType<typeof load> | undefined;

/** Loaded once; what failed is tried again by whoever asks next. */
function loaded(): ReturnType<typeof load> {
	openssl ??= load().catch((error: unknown) => {
		openssl = undefined;
		throw error;
	});
	return openssl;
}

const shell = createShell(async (input) => {
	const run = await loaded().catch(() => withoutOpenssl);
	return run(input);
});

const api: TerminalApi = {
	ping: () => Promise.resolve(),
	prepare: () =>
		loaded().then(
			() => true,
			(error: unknown) => {
				if (error instanceof TypeError) throw error; // the network, not the policy
				return false;
			}
		),
	commandsOf: (text) => Promise.resolve(commandsOf(text)),
	run: async (line, files) => {
		const before = new Map(files.map(({ name, bytes }) => [name, bytes]));
		const after = new Map(before);
		const result = await shell.run(line, after);
		return { ...result, ...changesBetween(before, after) };
	}
};
expose(api);
