/** Shows a finished run again, in memory: its start state, and what the learner did, answered as it was answered then. */
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

/** More than anybody asks for in one run: to make keys takes nearly all of the time, and verifying has to end. */
export const MOST_KEYS_MADE = 60;

/** Thrown between two actions, when nobody waits for the verdict any more. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

export const makesKeys = ({ do: what }: Action): boolean =>
	what === 'CreateCmk' || what === 'GetParametersForImport';

/** @param between called before each action and each question. @throws {StoppedError} whatever it throws */
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
		// changed on the way, nobody knows when: most often before anything depended on them, or after everything did
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

/** @returns undefined: the actions are somebody else's text, and whatever they cannot do is not what happened */
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
