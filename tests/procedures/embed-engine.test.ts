/** The engine of an embed, with memory tables where the console has its database: the same scenarios, the same answers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { transfer, wrap, type Remote } from 'comlink';
import { build as buildScript } from 'vite';
import { expect, test, vi } from 'vitest';
import type { EmbedEngine } from '$lib/embed/engine/api';
import { rehearse } from '$lib/learn/rehearse';
import { DONE, NOT_REACHED, type RunView } from '$lib/learn/learn';
import { checkScenario, readScenario } from '$lib/scenario/read-scenario';
import { embedConfig } from '../../src/tools/embed/vite.js';
import { playSolution, recycledKeyPairs } from '../support/learn';

vi.mock('dexie', () => import('$lib/embed/engine/memory-tables'));
vi.mock('fake-indexeddb', () => import('$lib/embed/shims/no-indexeddb'));
// older Node.js has none, and no Node.js has locks
vi.stubGlobal('navigator', {});
vi.setConfig({ testTimeout: 60_000 });

const COURSE = 'src/lib/course';
const keyPairs = recycledKeyPairs();

const files = ['lessons', 'drills'].flatMap((kind) =>
	readdirSync(join(COURSE, kind)).map((name) => join(kind, name))
);

function scenarioIn(file: string) {
	const answer = readScenario(new Uint8Array(readFileSync(join(COURSE, file))));
	if (!answer.ok) throw new Error(`${file}: ${JSON.stringify(answer.problem)}`);
	return answer.scenario;
}
const FIRST_IMPORT = scenarioIn('lessons/02-first-import.json');

/** As they are built. */
async function scriptOf(entry: string): Promise<string> {
	const script = { entry, file: 'engine.js', inMemory: true };
	const { build, ...config } = embedConfig(script, 'never-written');
	const built = await buildScript({ ...config, build: { ...build, write: false } });
	const [output] = [built].flat();
	if (!output || !('output' in output)) throw new Error('nothing was built');
	return output.output[0].code;
}
const engineScript = scriptOf('engine/engine.worker.ts');
const laterScript = scriptOf('engine/engine-later.ts');

async function openEngine(): Promise<Remote<EmbedEngine>> {
	const { port1, port2 } = new MessageChannel();
	globalThis.kmsEnginePort = port2;
	runInThisContext(await engineScript);
	// nothing loads a script here
	runInThisContext(await laterScript);
	return wrap<EmbedEngine>(port1);
}

/** What the page is told, from now on. */
async function watchRun(engine: Remote<EmbedEngine>): Promise<() => RunView | null> {
	const { port1, port2 } = new MessageChannel();
	let seen: RunView | null = null;
	port1.onmessage = ({ data }: { data: { ok: true; rows: RunView | null } }) => {
		seen = data.rows;
	};
	await engine.watch('run', [], transfer(port2, [port2 as unknown as Transferable]));
	return () => seen;
}

test.each(files)('%s is reached by its solution, not by its start', async (file) => {
	expect(await rehearse(scenarioIn(file), undefined, keyPairs)).toEqual([]);
});

test('a run is begun, played to its end, and begun again', async () => {
	const engine = await openEngine();
	const run = await watchRun(engine);
	const clockMs = Date.parse('2027-01-01T00:00:00Z');
	await engine.begin(FIRST_IMPORT, { seed: 7, exam: false, clockMs });
	await vi.waitFor(() => {
		expect((run()?.facts.startedAtMs ?? 0) - clockMs).toBeGreaterThanOrEqual(0);
	});
	const begun = run()?.run;
	if (!begun) throw new Error('no run is open');
	expect(await engine.learn.finish(begun)).toEqual(NOT_REACHED);

	await engine.learn.takeHint(begun, 1);
	await playSolution(engine.learn, begun);
	expect(await engine.learn.finish(begun)).toEqual(DONE);
	await vi.waitFor(() => {
		expect(run()?.run).toMatchObject({ hints: 1, solutionShown: true });
		expect(run()?.run.finishedAtMs).not.toBeNull();
	});

	await engine.begin(FIRST_IMPORT, { seed: 7, exam: false });
	await vi.waitFor(() => {
		expect(run()?.run).toMatchObject({ hints: 0, solutionShown: false, finishedAtMs: null });
	});
	expect(run()?.facts.keys).toHaveLength(0);
});

test('the state of a run is a scenario that the full sandbox accepts and that leads to this state', async () => {
	const engine = await openEngine();
	const begun = await watchRun(engine);
	await engine.begin(FIRST_IMPORT, { seed: 7, exam: false });
	const { run: first } = await vi.waitUntil(begun);
	await playSolution(engine.learn, first);
	const state = await engine.stateScenario();
	expect(checkScenario(state)).toMatchObject({ ok: true });
	expect(state).toMatchObject({ id: `${FIRST_IMPORT.id}-state`, kind: 'sandbox', goals: [] });

	const other = await openEngine();
	const run = await watchRun(other);
	await other.begin(state, { seed: 8, exam: false });
	await vi.waitFor(() => {
		expect(run()?.facts.keys).toMatchObject([{ state: 'ENABLED', origin: 'EXTERNAL' }]);
	});
});
