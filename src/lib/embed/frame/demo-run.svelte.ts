/** One demo from start to end: starts the scenario, and handles the requests of the visitor and the host page. */
import { clock } from '$lib/client/clock.svelte';
import { sandbox, storageMode } from '$lib/client/kms';
import { watch } from '$lib/client/live.svelte';
import { settle } from '$lib/domain/key';
import { HOUR_MS, type ClockMove as SandboxMove } from '$lib/domain/time';
import type { RunView } from '$lib/learn/learn';
import type { Scenario } from '$lib/scenario/format';
import { evaluateGoals } from '$lib/scenario/goals';
import { solution } from '$lib/ui/features/learn/solution.svelte';
import { shownStep, standingOf, type ChosenStep } from '$lib/ui/features/learn/standing';
import type { EmbedParameters } from '../parameters';
import type { ClockMove, EmbedState } from '../protocol';
import { Happenings } from './happenings';
import type { Handlers, HostPort, Outcome } from './host-port';
import { hasGuide, partsOf, type ShownPart } from './scenario-parts';
import { activityOf, isoDuration, statement, type Result, type Verb } from './xapi';

const DONE: Outcome = { ok: true, value: null };

export class DemoRun {
	readonly scenario: Scenario;
	readonly parameters: EmbedParameters;
	readonly parts: readonly ShownPart[];
	readonly hasGuide: boolean;
	/** A step chosen by hand or by the host. */
	chosen = $state.raw<ChosenStep>();
	/** The place that the visitor has just chosen by hand: the demo does not leave it automatically. */
	chosenHref: string | undefined;
	#view = $state.raw<RunView | null>(null);
	#resets = $state(0);
	#resetting = $state(false);
	/** Whether the host was told that the demo is ready: no event is sent before. */
	#isReady = $state(false);
	readonly #name: string;
	readonly #port: HostPort;
	readonly #happenings = new Happenings();

	constructor(name: string, scenario: Scenario, parameters: EmbedParameters, port: HostPort) {
		this.#name = name;
		this.#port = port;
		this.scenario = scenario;
		this.parameters = parameters;
		this.parts = partsOf(scenario, parameters);
		this.hasGuide = hasGuide(parameters);
	}

	/** null: not started. During a restart, the run before is still here. */
	get view(): RunView | null {
		return this.#view;
	}

	/** Changes at each reset, and when the solution is shown, so that typed text does not stay in the forms. */
	get attempt(): string {
		return `${String(this.#resets)} ${String(this.#view?.run.solutionShown)}`;
	}

	get resetting(): boolean {
		return this.#resetting;
	}

	/** Zero-based. */
	get step(): number {
		return this.#view ? shownStep(this.chosen, standingOf(this.#view, clock.nowMs)) : 0;
	}

	/**
	 * Called once, when the engine is ready. Continues a run that is stored in this browser.
	 *
	 * @param lost called if the engine can no longer report the state of the run
	 */
	async begin(lost: () => void): Promise<void> {
		await this.#begin(true);
		watch('run', [], (answer) => {
			if (answer.status === 'failed') lost();
			else if (answer.status === 'ready' && answer.rows) this.#take(answer.rows);
		});
		clock.start();
	}

	async reset(): Promise<void> {
		solution.stop();
		this.#resetting = true;
		try {
			await this.#begin(false);
			this.chosen = undefined;
			this.#resets++;
		} finally {
			this.#resetting = false;
		}
	}

	/** @param step zero-based */
	goTo(step: number): Outcome {
		const view = this.#view;
		if (!view || step >= view.run.scenario.steps.length) return { ok: false, code: 'NoSuchStep' };
		this.chosen = { at: step, since: standingOf(view, clock.nowMs).next, stays: false };
		return DONE;
	}

	async setClock(move: ClockMove): Promise<Outcome> {
		const answer = await sandbox.moveClock(sandboxMove(move), clock.setting);
		return answer.ok ? DONE : { ok: false, code: answer.problem };
	}

	getState(): EmbedState {
		const facts = this.#view?.facts;
		const goals = this.#goals();
		const nowMs = clock.nowMs;
		const keys = (facts?.keys ?? [])
			.toSorted((a, b) => a.createdAtMs - b.createdAtMs)
			.flatMap((record) => settle(record, nowMs) ?? []);
		return {
			scenario: this.#name,
			step: this.step,
			goals: Object.fromEntries(goals.map(({ goal, missing }) => [goal.id, missing === null])),
			keys: keys.map(({ state, origin }) => ({ state, origin })),
			nowMs,
			complete: typeof this.#view?.run.finishedAtMs === 'number'
		};
	}

	readonly handlers: Handlers = {
		reset: async () => {
			if (this.#resetting) return { ok: false, code: 'Busy' };
			await this.reset();
			return DONE;
		},
		goTo: (step) => this.goTo(step),
		setClock: (move) => this.setClock(move),
		getState: () => ({ ok: true, value: this.getState() })
	};

	/** Tells the host what has changed. Called after every change. */
	tell(): void {
		const view = this.#view;
		if (!view || !this.#isReady) return;
		const { stepsDone } = standingOf(view, clock.nowMs);
		const index = this.step;
		const happened = this.#happenings.since({
			view,
			goals: this.#goals(),
			step: { index, of: stepsDone.length, done: stepsDone[index] === true }
		});
		for (const { type, details } of happened) {
			this.#port.emit(type, details);
			if (type === 'refused')
				this.#state('interacted', {
					success: false,
					response: `${details.operation}: ${details.code}`
				});
			else if (type === 'goal')
				this.#state('progressed', { score: { raw: details.met, min: 0, max: details.all } });
			else if (type === 'complete')
				this.#state('completed', {
					success: details.credit,
					completion: true,
					duration: isoDuration(details.ms)
				});
		}
	}

	#goals() {
		return this.#view ? evaluateGoals(this.scenario, this.#view.facts, clock.nowMs) : [];
	}

	async #begin(goesOn: boolean): Promise<void> {
		const engine = await globalThis.kmsEmbedDoor;
		const { exam, clock: startsAt } = this.parameters;
		await engine?.begin(this.scenario, {
			seed: this.scenario.seed,
			exam,
			goesOn,
			...(startsAt === null ? {} : { clockMs: Date.parse(startsAt) })
		});
	}

	#take(view: RunView): void {
		const isFirst = this.#view === null;
		this.#view = view;
		if (isFirst) void this.#ready(view);
	}

	async #ready({ run }: RunView): Promise<void> {
		const storage = (await storageMode()) === 'indexeddb' ? 'stored' : 'memory';
		const locale = document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';
		this.#port.emit('ready', {
			scenario: this.#name,
			locale,
			steps: run.scenario.steps.length,
			storage
		});
		this.#state('initialized');
		this.#isReady = true;
		this.#port.answer(this.handlers);
	}

	#state(verb: Verb, result?: Result): void {
		const activity = activityOf(this.#name, this.scenario, location.href);
		const said = statement(verb, this.scenario, activity, result, Date.now());
		this.#port.emit('xapi', { statement: said });
	}
}

function sandboxMove(move: ClockMove): SandboxMove {
	if ('to' in move) return { move: 'to', atMs: Date.parse(move.to) };
	return 'hours' in move ? { move: 'by', ms: Math.round(move.hours * HOUR_MS) } : { move: 'real' };
}
