/** Scenarios as the page plays them. Apart from the service: most pages never ask for it. */
import type { Learn } from '../learn/learn';
import { handOver } from './hand-over';
import { connect } from './worker';

export const learn: Learn = {
	begin: async (scenario, seed, exam) => (await connect()).learn.begin(scenario, seed, exam),
	answer: async (request) => (await connect()).learn.answer(request),
	takeHint: async (number) => (await connect()).learn.takeHint(number),
	showSolution: async () => (await connect()).learn.showSolution(),
	performNext: async (index) => (await connect()).learn.performNext(index),
	finish: async () => (await connect()).learn.finish(),
	leave: async () => (await connect()).learn.leave(),
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
