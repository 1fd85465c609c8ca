/** The open run as the page plays it. Apart from the service: most pages never ask for it. Embeds carry it too. */
import type { Learn } from '../learn/learn';
import { connect } from './worker';

export type Playing = Pick<
	Learn,
	'begin' | 'answer' | 'takeHint' | 'showSolution' | 'performNext' | 'finish' | 'leave'
>;

export const learn: Playing = {
	begin: async (scenario, seed, exam) => (await connect()).learn.begin(scenario, seed, exam),
	answer: async (request) => (await connect()).learn.answer(request),
	takeHint: async (number) => (await connect()).learn.takeHint(number),
	showSolution: async () => (await connect()).learn.showSolution(),
	performNext: async (index) => (await connect()).learn.performNext(index),
	finish: async () => (await connect()).learn.finish(),
	leave: async () => (await connect()).learn.leave()
};
