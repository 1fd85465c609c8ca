/** What is kept beside the open run: the exam, progress files, one's own scenarios. Pages of their own ask for it. */
import type { Learn } from '../learn/learn';
import { handOver } from './hand-over';
import type { Playing } from './learn';
import { connect } from './worker';

export const records: Omit<Learn, keyof Playing> = {
	beginExam: async (scenarioIds, seed) => (await connect()).learn.beginExam(scenarioIds, seed),
	closeExamRun: async (scenarioId) => (await connect()).learn.closeExamRun(scenarioId),
	keepOwn: async (scenario) => (await connect()).learn.keepOwn(scenario),
	removeOwn: async (scenarioId) => (await connect()).learn.removeOwn(scenarioId),
	exportProgress: async () => (await connect()).learn.exportProgress(),
	verifyProgress: async (file, scenarios, work) =>
		(await connect()).learn.verifyProgress(file, scenarios, await handOver(work)),
	keepVerified: async (file, scenarios, work) =>
		(await connect()).learn.keepVerified(file, scenarios, await handOver(work)),
	draft: async (afterSequence) => (await connect()).learn.draft(afterSequence)
};
