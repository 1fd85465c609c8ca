/** The page's door to the terminal's worker. Started when the terminal is opened, ended when a command is given up. */
import type { Remote } from 'comlink';
import type { WorkbenchProblem } from '../customer/workbench';
import type { TerminalApi } from '../terminal/api';
import type { ShellResult } from '../terminal/shell';
import workerUrl from '../terminal/terminal.worker?worker&url';
import { workbench } from './kms';
import { startWorker } from './start-worker';
import { scriptUrl } from './trusted-urls';

export type LineAnswer =
	| { readonly kind: 'ran'; readonly result: ShellResult }
	/** It ran, and what it made could not be stored among the files: nothing of it is kept. */
	| {
			readonly kind: 'notKept';
			readonly result: ShellResult;
			readonly problem: WorkbenchProblem;
	  }
	| Failed
	| Cancelled;

/** The worker could not be started, or broke down: nothing was changed. */
interface Failed {
	readonly kind: 'failed';
}

interface Cancelled {
	readonly kind: 'cancelled';
}

export type Readiness =
	| 'ready'
	/** The browser, or a policy of the host, runs no WebAssembly. */
	| 'refused'
	/** OpenSSL could not be loaded. */
	| 'unreachable';

type Answer<T> = { readonly kind: 'answered'; readonly value: T } | Failed | Cancelled;

interface Started {
	readonly worker: Worker;
	readonly remote: Promise<Remote<TerminalApi>>;
	readonly ended: Promise<Cancelled>;
	readonly end: () => void;
}

export class Terminal {
	#started: Started | undefined;

	/** Loads OpenSSL. */
	async prepare(): Promise<Readiness | 'cancelled'> {
		const answer = await this.#ask((api) => api.prepare());
		if (answer.kind === 'failed') return 'unreachable';
		if (answer.kind === 'cancelled') return 'cancelled';
		return answer.value ? 'ready' : 'refused';
	}

	/** @returns a text as the shell takes it apart: each command with all its lines */
	commandsOf(text: string): Promise<Answer<readonly string[]>> {
		return this.#ask((api) => api.commandsOf(text));
	}

	/** @throws defects of the workbench */
	async run(line: string): Promise<LineAnswer> {
		const files = workbench.readFiles();
		// heard below, where the worker may not have asked for them yet
		files.catch(() => undefined);
		const answer = await this.#ask(async (api) => api.run(line, await files));
		if (answer.kind === 'failed') await files;
		if (answer.kind !== 'answered') return answer;
		const { written, removed, ...result } = answer.value;
		if (written.length + removed.length === 0) return { kind: 'ran', result };
		const kept = await workbench.changeFiles({ written, removed });
		return kept.ok ? { kind: 'ran', result } : { kind: 'notKept', result, problem: kept.problem };
	}

	/** Ends what is running. Files that it would have made are not made. */
	cancel(): void {
		this.#started?.worker.terminate();
		this.#started?.end();
		this.#started = undefined;
	}

	async #ask<T>(question: (api: Remote<TerminalApi>) => Promise<T>): Promise<Answer<T>> {
		try {
			const { remote, ended } = this.#start();
			const answered = remote
				.then(question)
				.then((value) => ({ kind: 'answered', value }) as const);
			return await Promise.race([answered, ended]);
		} catch {
			return { kind: 'failed' };
		}
	}

	#start(): Started {
		if (this.#started) return this.#started;
		const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'terminal' });
		let end!: () => void;
		const ended = new Promise<Cancelled>((resolve) => {
			end = () => {
				resolve({ kind: 'cancelled' });
			};
		});
		const remote = startWorker<TerminalApi>(worker, (api) => api.ping());
		const started = { worker, remote, ended, end };
		this.#started = started;
		// the next call starts another worker
		remote.catch(() => {
			if (this.#started === started) this.#started = undefined;
		});
		return started;
	}
}
