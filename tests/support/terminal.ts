/** The terminal's shell with its own OpenSSL, as the worker puts them together, over files in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import createInstance from '$lib/terminal/openssl/openssl.js';
import { createOpenssl } from '$lib/terminal/openssl';
import { createShell, type ShellResult } from '$lib/terminal/shell';
import type { Bytes } from '$lib/domain/bytes';

export const OPENSSL = join(import.meta.dirname, '../../src/lib/terminal/openssl');

const program = WebAssembly.compile(readFileSync(join(OPENSSL, 'openssl.wasm')));

export interface TestTerminal {
	readonly files: Map<string, Bytes>;
	run(line: string): Promise<ShellResult & { readonly stdout: string; readonly stderr: string }>;
}

export function openTerminal(files: Iterable<readonly [string, Bytes]> = []): TestTerminal {
	const shell = createShell(createOpenssl(createInstance, program));
	const own = new Map(files);
	return {
		files: own,
		run: async (line) => {
			const result = await shell.run(line, own);
			const text = (stream: string) =>
				result.output
					.filter((part) => part.stream === stream)
					.map((part) => part.text)
					.join('');
			return { ...result, stdout: text('stdout'), stderr: text('stderr') };
		}
	};
}
