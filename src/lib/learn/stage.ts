/** Brings an empty sandbox to the start state of a scenario: its clock, its settings, its operations, in that order. */
import type { StateControls } from '../domain/sandbox';
import { required } from '../domain/storage-full';
import { DEFAULT_SETTINGS, type SandboxSettings } from '../domain/settings';
import { sandboxNow, type EpochMs } from '../domain/time';
import type { EngineDeps } from '../engine/deps';
import { createKms } from '../engine/kms';
import type { Tray } from '../customer/tray';
import { createWorkbench } from '../customer/create-workbench';
import { drawNames } from '../scenario/names';
import type { Scenario } from '../scenario/format';
import { noHandles, type Handles } from '../scenario/handles';
import { performAll, type Parties } from '../scenario/perform';
import { createSeeded } from '../scenario/seeded';
import type { Store } from '../storage/open-store';
import { queries } from '../storage/queries';
import type { StartOfRun } from './facts';

/** The internal access to a sandbox. */
export interface Backstage extends Pick<EngineDeps, 'keyPairs' | 'systemNowMs'> {
	readonly store: Store;
	readonly tray: Tray;
	readonly sandbox: StateControls;
}

/** Sandbox time. */
export async function nowOf({ store, systemNowMs }: Backstage): Promise<EpochMs> {
	const row = await queries.clock(store.db);
	return sandboxNow(row, systemNowMs(), row.latestEventMs);
}

/** Service and customer with identifiers and key material derived from the seed. Wrapping keys and tokens stay random. */
export function seededParties(backstage: Backstage, seed: number, purpose: string): Parties {
	const { store, keyPairs, systemNowMs, tray, sandbox } = backstage;
	const { newId, randomBytes } = createSeeded(seed, purpose);
	return {
		kms: createKms({ store, keyPairs, systemNowMs, newId, randomBytes }),
		workbench: createWorkbench({ tray, randomBytes, systemNowMs }),
		sandbox: {
			async moveClock(move) {
				for (;;) {
					const answer = await sandbox.moveClock(move, await queries.clock(store.db));
					// another tab was first: this move is about how the clock is when it is made
					if (answer.ok || answer.problem !== 'ClockChanged') return answer;
				}
			},
			undoLastOperation: async () => {
				const last = await queries.undoable(store.db);
				return last ? sandbox.undoLastOperation(last) : { ok: false, problem: 'NothingToUndo' };
			}
		},
		randomBytes,
		nowMs: () => nowOf(backstage)
	};
}

export interface Stage extends Pick<StartOfRun, 'startSequence' | 'startedAtMs'> {
	readonly handles: Handles;
}

export function settingsOf({ settings }: Pick<Scenario, 'settings'>): SandboxSettings {
	return { ...DEFAULT_SETTINGS, ...settings };
}

/** @throws {UnexpectedAnswer} if the engine's response differs from the one in the file */
export async function setStage(
	backstage: Backstage,
	scenario: Scenario,
	seed: number
): Promise<Stage> {
	const { sandbox, store } = backstage;
	const { clock, start } = scenario;
	const parties = seededParties(backstage, seed, 'start');
	required(await parties.sandbox.moveClock({ move: 'freeze' }));
	required(await parties.sandbox.moveClock({ move: 'to', atMs: Date.parse(clock.startsAt) }));
	required(await sandbox.changeSettings(settingsOf(scenario)));
	const { handles } = await performAll(parties, start, noHandles(drawNames(scenario, seed)));
	if (clock.frozen !== true) required(await parties.sandbox.moveClock({ move: 'run' }));
	return {
		handles,
		startSequence: await store.db.events.count(),
		startedAtMs: await nowOf(backstage)
	};
}
