/** What is on the terminal's screen, and what was typed: kept while the page lives. */
import { Terminal, type LineAnswer, type Readiness } from '$lib/client/terminal';
import { m } from '$lib/paraglide/messages';
import { COMMAND_NAMES } from '$lib/terminal/command-names';
import { problemText } from './problems';

export interface Entry {
	readonly id: number;
	/** What was typed; null: the terminal speaks by itself. */
	readonly line: string | null;
	readonly output: readonly Part[];
	/** Shown unless it is 0. */
	readonly code: number;
}

interface Part {
	readonly stream: 'stdout' | 'stderr' | 'note';
	readonly text: string;
}

const MOST_ENTRIES = 200;
const LONGEST_OUTPUT = 20_000;

class Session {
	readonly #terminal = new Terminal();
	#ids = 0;
	entries = $state.raw<readonly Entry[]>([]);
	/** Newest last. */
	history = $state.raw<readonly string[]>([]);
	running = $state<string>();
	readiness = $state<Readiness | 'loading'>('loading');

	async prepare(): Promise<void> {
		if (this.readiness === 'ready') return;
		this.readiness = 'loading';
		await this.#load();
	}

	/** One command after the other, until one is stopped or not understood. */
	async runAll(text: string): Promise<void> {
		for (const command of await this.#commandsOf(text)) {
			const isGoingOn = await this.#run(command);
			if (!isGoingOn) break;
		}
	}

	cancel(): void {
		this.#terminal.cancel();
		// the next command finds a new worker, which loads OpenSSL from where it is kept
		void this.#load();
	}

	async #load(): Promise<void> {
		const readiness = await this.#terminal.prepare();
		// cancelled: another worker loads already
		if (readiness !== 'cancelled') this.readiness = readiness;
	}

	/** One line needs no shell to take it apart: `help` works without a worker. */
	async #commandsOf(text: string): Promise<readonly string[]> {
		if (!text.includes('\n')) return [text];
		this.running = text;
		try {
			const answer = await this.#terminal.commandsOf(text);
			if (answer.kind === 'answered') return answer.value;
			this.#remember(text);
			this.#add(text, notRun(answer.kind));
			return [];
		} finally {
			this.running = undefined;
		}
	}

	/** @returns whether the next one may run */
	async #run(line: string): Promise<boolean> {
		this.#remember(line);
		switch (line.trim()) {
			case 'clear':
				this.entries = [];
				return true;
			case 'help':
				this.#add(line, note(m.terminal_help({ commands: COMMAND_NAMES.join(' ') })));
				return true;
			case 'history': {
				const numbered = this.history.map(
					(one, index) => `${String(index + 1).padStart(5)}  ${one}`
				);
				this.#add(line, [{ stream: 'stdout', text: numbered.join('\n') }]);
				return true;
			}
		}
		this.running = line;
		try {
			const answer = await this.#terminal.run(line);
			this.#add(line, ...partsOf(answer));
			return 'result' in answer && answer.result.problem === undefined;
		} finally {
			this.running = undefined;
		}
	}

	#remember(line: string): void {
		if (this.history.at(-1) !== line) this.history = [...this.history, line].slice(-MOST_ENTRIES);
	}

	#add(line: string, output: readonly Part[], code = 0): void {
		const entry = { id: ++this.#ids, line, output, code };
		this.entries = [...this.entries, entry].slice(-MOST_ENTRIES);
	}
}

export const session = new Session();

const note = (text: string): readonly Part[] => [{ stream: 'note', text }];

function notRun(why: 'cancelled' | 'failed'): readonly Part[] {
	return note(why === 'cancelled' ? m.terminal_cancelled() : m.terminal_failed());
}

function partsOf(answer: LineAnswer): [readonly Part[], number] {
	if (answer.kind === 'cancelled' || answer.kind === 'failed') return [notRun(answer.kind), 0];
	const { output, code, problem } = answer.result;
	const parts: Part[] = output.map(({ stream, text }) => ({ stream, text: cut(text) }));
	if (problem) parts.push({ stream: 'note', text: problemText(problem) });
	if (answer.kind === 'notKept') parts.push({ stream: 'note', text: notKept(answer.problem) });
	return [parts, code];
}

function cut(text: string): string {
	const rest = text.length - LONGEST_OUTPUT;
	return rest <= 0
		? text
		: `${text.slice(0, LONGEST_OUTPUT)}\n${m.terminal_cut({ characters: rest })}`;
}

function notKept(problem?: string): string {
	if (problem === 'TrayFull') return m.terminal_problem_tray_full();
	if (problem === 'StorageFull') return m.terminal_problem_storage_full();
	return problem === 'FileTooLarge' ? m.terminal_problem_too_large() : m.terminal_problem_other();
}
