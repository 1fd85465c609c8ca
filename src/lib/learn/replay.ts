/** Shows a finished run again, in memory: its start state, and what the learner did, answered as it was answered then. */
import { sha256HexNow } from '../crypto/sha256';
import { evaluateGoals } from '../scenario/goals';
import type { Scenario } from '../scenario/format';
import { performAll, UnexpectedAnswer, UnusableFile } from '../scenario/perform';
import { readFacts } from './facts';
import type { Completion, Verdict } from './learn';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { rightChoice } from './predict';
import { seededParties, setStage } from './stage';

/** The order of members says nothing: it differs between a file and what was read from it. */
export function scenarioDigest(scenario: Scenario): string {
	return sha256HexNow(new TextEncoder().encode(JSON.stringify(scenario, sorted)));
}

function sorted(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function replay(
	completion: Completion,
	scenario: Scenario | undefined,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<Verdict> {
	if (!scenario || scenarioDigest(scenario) !== completion.scenarioSha256) return 'otherScenario';
	const { seed, actions } = completion;
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const started = await setStage(sandbox, scenario, seed);
		const parties = seededParties(sandbox, seed, 'replay');
		const startSequence = await sandbox.store.db.events.count();
		const startedAtMs = await parties.nowMs();
		const { handles } = await performAll(parties, actions, started);
		const answers: Record<string, boolean> = {};
		for (const question of scenario.questions) {
			const choice = handles.answers[question.id];
			if (choice !== undefined)
				answers[question.id] = choice === (await rightChoice(scenario, question, seed));
		}
		const start = { startedAtMs, startSequence, handles: started, answers };
		const facts = {
			...(await readFacts(sandbox.store.db, sandbox.tray, start)),
			files: completion.files.map((file) => ({ ...file, fileId: 0, createdAtMs: 0 }))
		};
		const states = evaluateGoals(scenario, facts, await parties.nowMs());
		return states.every(({ missing }) => missing === null) ? 'proved' : 'disproved';
	} catch (error) {
		if (error instanceof UnexpectedAnswer || error instanceof UnusableFile) return 'disproved';
		throw error;
	} finally {
		sandbox.close();
	}
}
