/** The page's door to the terminal's worker. Started when the terminal is opened, ended when a command is given up. */
import type { Remote } from 'comlink';
import type { WorkbenchProblem } from '../customer/workbench';
import type { TerminalApi } from '../terminal/api';
import type { ShellResult } from '../terminal/shell';
import workerUrl from '../terminal/terminal.worker?worker&url';
import { workbench } from './kms';
import { scriptUrl } from './trusted-urls';

export type LineAnswer =
	| { readonly kind: 'ran'; readonly result: ShellResult }
	/** It ran, and what it made has no room in the tray: nothing of it is kept. */
	| { readonly kind: 'notKept'; readonly result: ShellResult; readonly problem: WorkbenchProblem }
	| { readonly kind: 'cancelled' };

export type Readiness =
	| 'ready'
	/** The browser, or a policy of the host, runs no WebAssembly. */
	| 'refused'
	/** OpenSSL could not be loaded. */
	| 'unreachable';

interface Started {
	readonly worker: Worker;
	readonly remote: Promise<Remote<TerminalApi>>;
	readonly ended: Promise<'cancelled'>;
	readonly end: () => void;
}

export class Terminal {
	#started: Started | undefined;

	/** Loads OpenSSL. */
	async prepare(): Promise<Readiness> {
		try {
			const { remote } = this.#start();
			return (await (await remote).prepare()) ? 'ready' : 'refused';
		} catch {
			return 'unreachable';
		}
	}

	async run(line: string): Promise<LineAnswer> {
		const { remote, ended } = this.#start();
		const ran = (async () => {
			const { written, removed, ...result } = await (
				await remote
			).run(line, await workbench.readFiles());
			return { written, removed, result };
		})();
		const first = await Promise.race([ran, ended]);
		if (first === 'cancelled') return { kind: 'cancelled' };
		const { result, ...changes } = first;
		if (changes.written.length + changes.removed.length === 0) return { kind: 'ran', result };
		const kept = await workbench.changeFiles(changes);
		return kept.ok ? { kind: 'ran', result } : { kind: 'notKept', result, problem: kept.problem };
	}

	/** Ends what is running. Files that it would have made are not made. */
	cancel(): void {
		this.#started?.worker.terminate();
		this.#started?.end();
		this.#started = undefined;
	}

	#start(): Started {
		if (this.#started) return this.#started;
		const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'terminal' });
		let end!: () => void;
		const ended = new Promise<'cancelled'>((resolve) => {
			end = () => {
				resolve('cancelled');
			};
		});
		const remote = connect(worker);
		this.#started = { worker, remote, ended, end };
		return this.#started;
	}
}

async function connect(worker: Worker): Promise<Remote<TerminalApi>> {
	const broken = new Promise<never>((_, reject) => {
		worker.onerror = (event) => {
			reject(new Error(event.message || 'the terminal’s worker could not be started'));
		};
	});
	const { wrap } = await import('comlink');
	const remote = wrap<TerminalApi>(worker);
	await Promise.race([remote.ping(), broken]);
	return remote;
}
