/**
 * Keeps the records close to the truth where nothing runs for long: a service worker, which the browser stops half a
 * minute after its last event, and five minutes after an event that it is still busy with. It sweeps whenever something
 * wakes it, and stays awake for one deadline at most, and only for a near one. Promptness only, as in `sweeper.ts`.
 */
import type { Recorder } from '../domain/events';
import type { ArmedTimer } from '../domain/sandbox';
import { isStorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
import { openExistingDatabase, serviceDatabaseNames } from '../storage/database';
import { nextDeadline, sweep } from '../storage/sweep';
import { reportDefect } from './report-defect';

/** Half a minute below what browsers grant to one event. */
export const LONGEST_HOLD_MS = 270_000;

export interface WakingSweeper {
	/**
	 * Sweeps every workspace. Where a deadline is near, it resolves only when that has been swept too, or when a later
	 * call has taken over: for as long the caller's event has to be kept alive.
	 */
	wake(): Promise<void>;
	/** Sweeps every workspace, once. */
	sweep(): Promise<void>;
	/** Ends the waiting, and waits for no deadline any more: another context takes over. */
	letGo(): void;
	/** The one timer of this context, if it holds one. */
	timer(): ArmedTimer | null;
}

interface NextDeadline {
	readonly dueAtMs: EpochMs;
	readonly inMs: number;
}

export function createWakingSweeper(systemNowMs: () => EpochMs): WakingSweeper {
	let isLeaving = false;
	let held: { readonly timer: ArmedTimer; readonly letGo: () => void } | undefined;

	/** @returns whether it rang; false: a later call has taken over */
	function wait(timer: ArmedTimer, ms: number): Promise<boolean> {
		return new Promise((resolve) => {
			const handle = setTimeout(() => {
				held = undefined;
				resolve(true);
			}, ms);
			const letGo = () => {
				clearTimeout(handle);
				held = undefined;
				resolve(false);
			};
			held = { timer, letGo };
		});
	}

	return {
		async wake() {
			const untilMs = systemNowMs() + LONGEST_HOLD_MS;
			let armedAtMs: EpochMs | null = null;
			for (;;) {
				const next = await sweepAll(systemNowMs, { by: 'serviceWorker', armedAtMs });
				// a later call may still wait where this one's time is over
				if (next && systemNowMs() + next.inMs > untilMs) return;
				held?.letGo();
				if (!next || isLeaving) return;
				armedAtMs = systemNowMs();
				const rang = await wait({ armedAtMs, dueAtMs: next.dueAtMs }, next.inMs);
				if (!rang) return;
			}
		},
		async sweep() {
			await sweepAll(systemNowMs, { by: 'serviceWorker', armedAtMs: null });
		},
		letGo() {
			isLeaving = true;
			held?.letGo();
		},
		timer: () => held?.timer ?? null
	};
}

/** @returns what comes first of all that is ahead in any workspace */
async function sweepAll(
	systemNowMs: () => EpochMs,
	recorder: Recorder
): Promise<NextDeadline | undefined> {
	const names = await serviceDatabaseNames();
	const answers = await Promise.allSettled(
		names.map((name) => sweepOne(name, systemNowMs, recorder))
	);
	for (const answer of answers)
		if (answer.status === 'rejected' && !isStorageFull(answer.reason)) reportDefect(answer.reason);
	return answers
		.map((answer) => (answer.status === 'fulfilled' ? answer.value : undefined))
		.filter((deadline) => deadline !== undefined)
		.reduce<NextDeadline | undefined>(
			(first, deadline) => (first && first.inMs <= deadline.inMs ? first : deadline),
			undefined
		);
}

async function sweepOne(
	name: string,
	systemNowMs: () => EpochMs,
	recorder: Recorder
): Promise<NextDeadline | undefined> {
	const db = await openExistingDatabase(name);
	if (!db) return undefined;
	try {
		await sweep(db, systemNowMs(), recorder);
		const { dueAtMs, inMs } = await nextDeadline(db, systemNowMs());
		return dueAtMs === null || inMs === null ? undefined : { dueAtMs, inMs };
	} finally {
		db.close();
	}
}
