/**
 * Keeps the records close to the truth while a page is open: sweeps when the next deadline comes. Promptness only: every
 * reader derives expiry itself, so a sweeper that sleeps or is gone makes nothing wrong.
 */
import type { ArmedTimer } from '../domain/sandbox';
import { isStorageFull, unlessStorageFull } from '../domain/storage-full';
import { HOUR_MS, type EpochMs } from '../domain/time';
import { observe } from '../storage/observe';
import { nextDeadline, sweep, type Deadline } from '../storage/sweep';
import type { EngineDeps } from './deps';
import { reportDefect } from './report-defect';

export interface SweeperDeps extends Pick<EngineDeps, 'store' | 'systemNowMs'> {
	/** Runs its argument once this context is the one that watches, and ends its turn when what that returned resolves. */
	readonly asLeader: (watch: () => Promise<void>) => Promise<void>;
}

export interface Sweeper {
	readonly isLeader: () => boolean;
	/** null: no deadline ahead, a clock that stands still, or another context leads. */
	readonly timer: () => ArmedTimer | null;
	/** Ends watching, and hands the lead on. */
	readonly stop: () => void;
}

/** Whatever fell due while nobody was here is recorded when this resolves. */
export async function startSweeper(deps: SweeperDeps): Promise<Sweeper> {
	const { store, systemNowMs, asLeader } = deps;
	const { db } = store;
	let leads = false;
	let armed: ArmedTimer | null = null;
	let handle: ReturnType<typeof setTimeout> | undefined;
	let stop!: () => void;
	const stopped = new Promise<void>((resolve) => (stop = resolve));

	// without space nothing is recorded yet, and every reader derives it all the same
	await unlessStorageFull(() => sweep(db, systemNowMs(), { by: 'tab', armedAtMs: null }));

	function disarm(): void {
		clearTimeout(handle);
		armed = null;
	}

	const ask = () => nextDeadline(db, systemNowMs());

	function arm({ dueAtMs, inMs }: Deadline): void {
		const armedAtMs = armed && armed.dueAtMs === dueAtMs ? armed.armedAtMs : systemNowMs();
		disarm();
		if (dueAtMs === null || inMs === null) return;
		armed = { armedAtMs, dueAtMs };
		// A long timer drifts while the machine sleeps: look again every hour.
		ringIn(Math.min(inMs, HOUR_MS), armedAtMs);
	}

	function ringIn(ms: number, armedAtMs: EpochMs): void {
		handle = setTimeout(() => void ring(armedAtMs).catch(reportDefect), ms);
	}

	async function ring(armedAtMs: EpochMs): Promise<void> {
		try {
			await sweep(db, systemNowMs(), { by: 'tab', armedAtMs });
		} catch (error) {
			// a full disk, say: what is overdue must not make this a loop
			if (leads) ringIn(HOUR_MS, armedAtMs);
			if (isStorageFull(error)) return;
			throw error;
		}
		// nothing was due yet: nothing changed, and so nobody else asks
		const next = await ask();
		if (leads) arm(next);
	}

	async function watch(): Promise<void> {
		leads = true;
		// asked again at every change of the clock and of the deadlines
		const unwatch = await observe(ask, arm, reportDefect);
		await stopped;
		leads = false;
		unwatch();
		disarm();
	}

	asLeader(watch).catch(reportDefect);
	return { isLeader: () => leads, timer: () => armed, stop };
}
