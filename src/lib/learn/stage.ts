/** Brings an empty sandbox to the start state of a scenario: its clock, its settings, its operations, in that order. */
import type { Bytes } from '../domain/bytes';
import type { SandboxControls } from '../domain/sandbox';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { EngineDeps } from '../engine/deps';
import { createKms } from '../engine/kms';
import type { Tray } from '../customer/tray';
import { createWorkbench } from '../customer/create-workbench';
import { drawNames } from '../scenario/names';
import type { Scenario } from '../scenario/format';
import { noHandles, type Handles } from '../scenario/handles';
import { perform, type Parties } from '../scenario/perform';
import { createSeeded } from '../scenario/seeded';
import type { Store } from '../storage/open-store';
import { queries } from '../storage/queries';
import { sandboxNow } from '../domain/time';

/** A sandbox, from behind. */
export interface Backstage extends Pick<EngineDeps, 'keyPairs' | 'systemNowMs'> {
	readonly store: Store;
	readonly tray: Tray;
	readonly sandbox: SandboxControls;
}

/** The parties whose identifiers and key material follow from the seed; wrapping keys and tokens never do. */
export function seededParties(backstage: Backstage, seed: number, purpose: string): Parties {
	const { newId, randomBytes } = createSeeded(seed, purpose);
	return partiesWith(backstage, newId, randomBytes);
}

function partiesWith(
	{ store, keyPairs, systemNowMs, tray, sandbox }: Backstage,
	newId: () => string,
	randomBytes: (length: number) => Bytes
): Parties {
	return {
		kms: createKms({ store, keyPairs, systemNowMs, newId, randomBytes }),
		workbench: createWorkbench({ tray, randomBytes, systemNowMs }),
		sandbox,
		randomBytes,
		nowMs: async () => {
			const row = await queries.clock(store.db);
			return sandboxNow(row, systemNowMs(), row.latestEventMs);
		}
	};
}

/**
 * @param progress told how many actions are done
 * @throws {UnexpectedAnswer} when the engine answers otherwise than the file says
 */
export async function setStage(
	backstage: Backstage,
	scenario: Scenario,
	seed: number,
	progress: (done: number) => void = () => undefined
): Promise<Handles> {
	const { sandbox } = backstage;
	const { clock, settings, start } = scenario;
	await sandbox.moveClock({ move: 'freeze' });
	await sandbox.moveClock({ move: 'to', atMs: Date.parse(clock.startsAt) });
	await sandbox.changeSettings({ ...DEFAULT_SETTINGS, ...settings });
	const parties = seededParties(backstage, seed, 'start');
	let handles = noHandles(drawNames(scenario, seed));
	for (const [index, action] of start.entries()) {
		({ handles } = await perform(parties, action, handles));
		progress(index + 1);
	}
	if (clock.frozen !== true) await sandbox.moveClock({ move: 'run' });
	return handles;
}
