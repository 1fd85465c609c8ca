/** Two tabs that answer and take hints at once: nothing is lost, and nothing is taken that the other tab has used up. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLearn } from '$lib/learn/create-learn';
import type { Learn, Run } from '$lib/learn/learn';
import { SCENARIOS } from '$lib/course/catalogue';
import { openLearnStage, recycledKeyPairs, type LearnStage } from '../support/learn';

const ROUNDS = 20;
const scenario = SCENARIOS.find(
	({ questions, hints }) => questions.length >= 2 && hints.length >= 2
);

let stage: LearnStage;
let otherTab: Learn;
beforeEach(async () => {
	stage = await openLearnStage(recycledKeyPairs());
	otherTab = createLearn({ ...stage.sandbox, db: stage.db, workspaceId: 'learn' });
});
afterEach(() => {
	stage.close();
});

async function begin(exam: boolean): Promise<Run> {
	if (!scenario) throw new Error('no lesson asks two questions');
	if (exam) await stage.learn.beginExam([scenario.id], 1);
	await stage.learn.begin(scenario, 1, exam);
	return openRun();
}

async function openRun(): Promise<Run> {
	const run = await stage.db.runs.get('learn');
	if (!run) throw new Error('no run is open');
	return { ...run, names: {}, keyIds: {} };
}

test('answers to two questions at once are both kept, in the run and in the exam', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const { scenario: played } = await begin(true);
		const [one, other] = played.questions;
		if (!one || !other) throw new Error('two questions');
		const answer = (tab: Learn, { id, choices }: typeof one) =>
			tab.answer({ questionId: id, choice: choices[0]?.id ?? '', tryNumber: 1 });
		const answers = await Promise.all([answer(stage.learn, one), answer(otherTab, other)]);
		expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
		expect(Object.keys((await openRun()).answers).sort()).toEqual([one.id, other.id].sort());
		const exam = await stage.db.exams.get(0);
		expect(Object.keys(exam?.answers?.[played.id] ?? {}).sort()).toEqual([one.id, other.id].sort());
	}
});

test('of two first answers to one question the first counts and the second is refused', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const { scenario: played } = await begin(true);
		const [question] = played.questions;
		if (!question) throw new Error('a question');
		const [first, second] = question.choices;
		const answer = (tab: Learn, choice = '') =>
			tab.answer({ questionId: question.id, choice, tryNumber: 1 });
		const answers = await Promise.all([
			answer(stage.learn, first?.id),
			answer(otherTab, second?.id)
		]);
		const kept = answers.findIndex(({ ok }) => ok);
		expect(answers[1 - kept]).toEqual({ ok: false, problem: 'NotTheNextTry' });
		expect((await openRun()).answers[question.id]).toMatchObject({
			choice: question.choices[kept]?.id,
			tries: 1
		});
	}
});

test('the same hint taken in two tabs is one hint', async () => {
	await begin(false);
	await Promise.all([stage.learn.takeHint(1), otherTab.takeHint(1)]);
	expect((await openRun()).hints).toBe(1);
	await stage.learn.takeHint(2);
	expect((await openRun()).hints).toBe(2);
});

test('an action of the solution is done once, in whichever tab it is asked for first', async () => {
	await begin(false);
	await stage.learn.showSolution();
	const done = await Promise.all([stage.learn.performNext(0), otherTab.performNext(0)]);
	expect(done.filter((one) => one !== null)).toHaveLength(1);
});

test('a case of an exam is closed once', async () => {
	const { scenario: played } = await begin(true);
	await Promise.all([
		stage.learn.closeExamRun(played.id),
		otherTab.closeExamRun(played.id).catch(() => undefined)
	]);
	expect((await stage.db.exams.get(0))?.results).toHaveLength(1);
});
