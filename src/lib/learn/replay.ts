/** Replays a finished run in memory: its start state and the trainee's actions must give the same responses again. */
import type { SandboxSettings } from '../domain/settings';
import { required } from '../domain/storage-full';
import { isSameScenario } from '../scenario/digest';
import { evaluateGoals } from '../scenario/goals';
import type { Action, Scenario } from '../scenario/format';
import { perform, UnexpectedAnswer, UnusableFile, type Parties } from '../scenario/perform';
import type { Handles } from '../scenario/handles';
import { courseDigests } from './course-digests';
import { readFacts } from './facts';
import type { Replayable, Verdict } from './learn';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { judgeAnswers } from './predict';
import { nowOf, seededParties, setStage } from './stage';

/** More than a trainee needs in one run. Verification must end, and generating keys takes nearly all of its time. */
export const MOST_KEYS_MADE = 60;

/** Thrown between two actions if the verification was stopped. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

export const makesKeys = ({ do: what }: Action): boolean =>
	what === 'CreateCmk' || what === 'GetParametersForImport';

/** @param between called before each action and each question. @throws {StoppedError} any error that `between` throws */
export async function replay(
	completion: Replayable,
	scenario: Scenario | undefined,
	keyPairs?: MemorySandbox['keyPairs'],
	between: () => void = () => undefined
): Promise<Verdict> {
	const { scenarioSha256 } = completion;
	if (!scenario || !isSameScenario(await courseDigests(), scenario, scenarioSha256))
		return 'otherScenario';
	if (completion.actions.filter(makesKeys).length > MOST_KEYS_MADE) return 'disproved';
	const { settings } = completion;
	const isProved =
		(await reachesGoals(completion, scenario, {}, between, keyPairs)) ||
		// the settings changed at an unknown time, usually before or after all actions that depend on them
		(settings !== undefined &&
			(await reachesGoals(completion, scenario, settings, between, keyPairs)));
	return isProved ? 'proved' : 'disproved';
}

async function reachesGoals(
	{ seed, actions, files: told }: Replayable,
	scenario: Scenario,
	settings: Partial<SandboxSettings>,
	between: () => void,
	keyPairs: MemorySandbox['keyPairs'] | undefined
): Promise<boolean> {
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const stage = await setStage(sandbox, scenario, seed);
		required(await sandbox.sandbox.changeSettings(settings));
		const parties = seededParties(sandbox, seed, 'replay');
		const handles = await performTold(parties, actions, stage.handles, between);
		if (!handles) return false;
		const answers = await judgeAnswers(scenario, seed, handles.answers, between);
		const facts = {
			...(await readFacts(sandbox.store.db, sandbox.tray, { ...stage, answers })),
			files: told.map((file) => ({ ...file, fileId: 0, createdAtMs: 0 }))
		};
		const states = evaluateGoals(scenario, facts, await nowOf(sandbox));
		return states.every(({ missing }) => missing === null);
	} catch (error) {
		if (error instanceof UnexpectedAnswer || error instanceof UnusableFile) return false;
		throw error;
	} finally {
		sandbox.close();
	}
}

/** @returns undefined if an action fails: the actions come from outside, and a failing action can't have happened */
async function performTold(
	parties: Parties,
	actions: readonly Action[],
	start: Handles,
	between: () => void
): Promise<Handles | undefined> {
	let handles = start;
	for (const action of actions) {
		between();
		const performed = await perform(parties, action, handles).catch(() => undefined);
		if (!performed) return undefined;
		({ handles } = performed);
	}
	return handles;
}
