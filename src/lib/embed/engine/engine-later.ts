/** What most visits never ask the engine for: a script of its own, loaded when it is asked for. */
import { version } from '$app/environment';
import { createDiagnostician } from '../../diagnosis/create-diagnostician';
import { draftScenario } from '../../learn/draft';
import type { RunRow } from '../../learn/learn-database';
import type { Scenario } from '../../scenario/format';
import type { Database } from '../../storage/database';

/** All that the log has of the run is the start; what was asked for is not part of it any more. */
async function stateOf({ scenario }: Pick<RunRow, 'scenario'>, db: Database): Promise<Scenario> {
	const { id, title, summary, seed } = scenario;
	const drafted = await draftScenario(db, Infinity);
	const nothingAsked = { steps: [], goals: [], questions: [], hints: [], solution: [] };
	// a scenario of the course under its own id would be refused as a changed one
	const idOfState = `${id.slice(0, 58)}-state`;
	return { ...drafted, kind: 'sandbox', id: idOfState, title, summary, seed, ...nothingAsked };
}

/** Whoever loads it is of one version, and the host may have the next one meanwhile. */
const parts = { version, createDiagnostician, stateOf };
export type EngineLater = typeof parts;

declare global {
	var kmsEngineLater: EngineLater | undefined;
}
globalThis.kmsEngineLater = parts;
