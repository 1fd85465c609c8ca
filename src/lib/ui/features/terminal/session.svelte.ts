/** What is on the terminal's screen, and what was typed: kept while the page lives. */
import { Terminal, type LineAnswer, type Readiness } from '$lib/client/terminal';
import { m } from '$lib/paraglide/messages';
import { COMMAND_NAMES } from '$lib/terminal/command-names';
import {
	LONGEST_HISTORY,
	LONGEST_INPUT,
	LONGEST_OUTPUT,
	LONGEST_SCROLL_BACK,
	MOST_ENTRIES
} from '$lib/terminal/limits';
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

/** Of a text that is refused for its length. */
const LONGEST_LINE_SHOWN = 200;

class Session {
	readonly #terminal = new Terminal();
	#ids = 0;
	/** Stop was pressed since the text that is running was entered. */
	#isStopped = false;
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

	/** One command after the other, until one is stopped or not understood. What is left then is dropped. */
	async runAll(text: string): Promise<void> {
		if (text.length > LONGEST_INPUT) {
			this.#add(
				`${text.slice(0, LONGEST_LINE_SHOWN)}…`,
				note(problemText({ kind: 'TooLong', at: '' }))
			);
			return;
		}
		this.#isStopped = false;
		try {
			const commands = await this.#commandsOf(text);
			for (const [index, command] of commands.entries()) {
				const isUnderstood = await this.#run(command);
				const left = commands.length - index - 1;
				// eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Stop sets it while the command runs
				if (isUnderstood && !this.#isStopped) continue;
				if (left > 0) this.#say(m.terminal_rest_dropped({ count: left }));
				break;
			}
		} finally {
			this.running = undefined;
		}
	}

	cancel(): void {
		this.#isStopped = true;
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
		const answer = await this.#terminal.commandsOf(text);
		// stopped while the answer was under way
		if (answer.kind === 'answered' && !this.#isStopped) return answer.value;
		this.#remember(text);
		this.#add(text, notRun(answer.kind === 'failed' ? 'failed' : 'cancelled'));
		return [];
	}

	/** @returns whether the next one may run */
	async #run(line: string): Promise<boolean> {
		this.#remember(line);
		switch (line.trim()) {
			case 'clear':
				this.entries = [];
				return true;
			case 'help':
				this.#add(
					line,
					note(m.terminal_help({ commands: COMMAND_NAMES.join(' '), group: '{ …; }' }))
				);
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
		const answer = await this.#terminal.run(line);
		this.#add(line, ...partsOf(answer));
		return 'result' in answer && answer.result.problem === undefined;
	}

	#remember(line: string): void {
		if (this.history.at(-1) === line) return;
		this.history = newest([...this.history, line], (one) => one.length, LONGEST_HISTORY);
	}

	#add(line: string | null, output: readonly Part[], code = 0): void {
		const entry = { id: ++this.#ids, line, output: cutParts(output), code };
		this.entries = newest([...this.entries, entry], lengthOf, LONGEST_SCROLL_BACK);
	}

	/** The terminal by itself. */
	#say(text: string): void {
		this.#add(null, note(text));
	}
}

/** The last ones that are few and short enough together. The very last one always stays. */
function newest<T>(all: readonly T[], length: (one: T) => number, longest: number): readonly T[] {
	let first = all.length;
	let sum = 0;
	while (first > 0 && all.length - first < MOST_ENTRIES) {
		const one = all[first - 1];
		if (one !== undefined) sum += length(one);
		if (sum > longest && first < all.length) break;
		first--;
	}
	return all.slice(first);
}

const lengthOf = ({ line, output }: Entry): number =>
	output.reduce((sum, { text }) => sum + text.length, line?.length ?? 0);

export const session = new Session();

const note = (text: string): readonly Part[] => [{ stream: 'note', text }];

function notRun(why: 'cancelled' | 'failed'): readonly Part[] {
	return note(why === 'cancelled' ? m.terminal_cancelled() : m.terminal_failed());
}

function partsOf(answer: LineAnswer): [readonly Part[], number] {
	if (answer.kind === 'cancelled' || answer.kind === 'failed') return [notRun(answer.kind), 0];
	const { output, code, problem } = answer.result;
	const parts: Part[] = [...output];
	if (answer.result.notShown !== undefined)
		parts.push({ stream: 'note', text: m.terminal_cut({ characters: answer.result.notShown }) });
	if (problem) parts.push({ stream: 'note', text: problemText(problem) });
	if (answer.kind === 'notKept') parts.push({ stream: 'note', text: notKept(answer.problem) });
	return [parts, code];
}

/** Of what one command shows so much, notes apart; and how many characters there are more. */
function cutParts(parts: readonly Part[]): readonly Part[] {
	let left = LONGEST_OUTPUT;
	let rest = 0;
	const kept: Part[] = [];
	for (const { stream, text } of parts) {
		if (stream === 'note') {
			kept.push({ stream, text });
			continue;
		}
		const shown = text.slice(0, left);
		left -= shown.length;
		rest += text.length - shown.length;
		if (shown !== '') kept.push({ stream, text: shown });
	}
	if (rest > 0) kept.push({ stream: 'note', text: m.terminal_cut({ characters: rest }) });
	return kept;
}

function notKept(problem?: string): string {
	if (problem === 'TrayFull') return m.terminal_problem_tray_full();
	if (problem === 'StorageFull') return m.storage_full();
	return problem === 'FileTooLarge' ? m.terminal_problem_too_large() : m.terminal_problem_other();
}
