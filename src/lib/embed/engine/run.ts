/** The whole API of an engine, on open databases. */
import { proxy } from 'comlink';
import type { Tray } from '../../customer/tray';
import { orStorageFull } from '../../domain/storage-full';
import { changeRun } from '../../learn/change-run';
import { DONE, NOT_REACHED, OUT_OF_DATE, type RunReference } from '../../learn/learn';
import type { RunDatabase } from '../../learn/learn-database';
import { createPlay } from '../../learn/play';
import { readRun } from '../../learn/run-view';
import type { Scenario } from '../../scenario/format';
import type { Store } from '../../storage/open-store';
import { overwritingCopies } from '../../worker/copies';
import { later } from '../../worker/later';
import { createParties } from '../../worker/parties';
import { bindQueries, watch } from '../../worker/watch';
import type { EmbedEngine } from './api';
import type { EngineLater } from './engine-later';

export interface Opened {
	readonly store: Store;
	readonly tray: Tray;
	readonly runs: RunDatabase;
	/** The parts that most visits don't need. */
	readonly loadLater: () => Promise<EngineLater>;
}

/** An embed has only one run, but its row needs an ID. */
export const RUN_ID = 'embed';

const systemNowMs = () => Date.now();
const newId = () => crypto.randomUUID();

export async function openRunDatabase(
	name: string,
	options: Store['options']
): Promise<RunDatabase> {
	const { Dexie } = await import('dexie');
	const db = new Dexie(name, options) as RunDatabase;
	db.version(1).stores({ runs: 'workspaceId' });
	await db.open();
	return db;
}

export async function createEngine(opened: Opened): Promise<Omit<EmbedEngine, 'start'>> {
	const { store, tray, runs, loadLater } = opened;
	const { kms, sandbox, workbench, backstage } = await createParties(store, tray, {
		systemNowMs,
		newId,
		// no other frame uses the data, or sweeping twice does no harm
		asLeader: (watch) => watch()
	});
	const play = createPlay({ ...backstage, db: runs, workspaceId: RUN_ID });
	const questions = {
		...bindQueries(store.db),
		files: () => tray.list(),
		run: () => readRun(runs, store.db, tray, RUN_ID)
	};

	const { finish } = orStorageFull({
		finish: async ({ begunAtMs }: RunReference) => {
			const run = await play.runOf({ begunAtMs });
			if (!run) return OUT_OF_DATE;
			const goals = await play.goalsOf(run);
			if (goals.some(({ missing }) => missing !== null)) return NOT_REACHED;
			const isKept = await changeRun(runs, RUN_ID, (row) =>
				row.begunAtMs === begunAtMs
					? { ...row, finishedAtMs: row.finishedAtMs ?? systemNowMs() }
					: undefined
			);
			return isKept ? DONE : OUT_OF_DATE;
		}
	});

	async function openRun() {
		const run = await runs.runs.get(RUN_ID);
		if (!run) throw new Error('the demo has not begun');
		return run;
	}

	const diagnostician = later(async () =>
		(await loadLater()).createDiagnostician({ store, systemNowMs })
	);

	const { answer, takeHint, showSolution, performNext } = play;
	return {
		kms: proxy(kms),
		workbench: proxy(workbench),
		sandbox: proxy(sandbox),
		diagnostician: proxy(overwritingCopies(diagnostician)),
		learn: proxy({ answer, takeHint, showSolution, performNext, finish }),
		storageMode: () => Promise.resolve(store.mode),
		watch: (name, args, port) => watch(questions, name, args, port),
		begin: (scenario, { seed, exam, clockMs }) =>
			play.begin({ scenario: startingAt(scenario, clockMs), seed, exam }),
		stateScenario: async () => (await loadLater()).stateOf(await openRun(), store.db)
	};
}

export function startingAt(scenario: Scenario, clockMs: number | undefined): Scenario {
	if (clockMs === undefined) return scenario;
	return { ...scenario, clock: { ...scenario.clock, startsAt: new Date(clockMs).toISOString() } };
}
