/** Two tabs that answer and take hints at once: nothing is lost, and nothing is taken that the other tab has used up. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLearn } from '$lib/learn/create-learn';
import { OUT_OF_DATE, type Learn } from '$lib/learn/learn';
import type { RunRow } from '$lib/learn/learn-database';
import { SCENARIOS } from '$lib/course/catalogue';
import {
	openLearnStage,
	openRun,
	recycledKeyPairs,
	SYSTEM_MS,
	type LearnStage
} from '../support/learn';

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

async function begin(exam: boolean): Promise<RunRow> {
	if (!scenario) throw new Error('no lesson asks two questions');
	if (exam) await stage.learn.beginExam([scenario.id], 1);
	await stage.learn.begin(scenario, 1, exam);
	return openRun(stage.db);
}

test('simultaneous answers to two questions are both stored, in the run and in the exam', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const run = await begin(true);
		const [one, other] = run.scenario.questions;
		if (!one || !other) throw new Error('two questions');
		const answer = (tab: Learn, { id, choices }: typeof one) =>
			tab.answer(run, { questionId: id, choice: choices[0]?.id ?? '', tryNumber: 1 });
		const answers = await Promise.all([answer(stage.learn, one), answer(otherTab, other)]);
		expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
		expect(Object.keys((await openRun(stage.db)).answers).sort()).toEqual(
			[one.id, other.id].sort()
		);
		const exam = await stage.db.exams.get(0);
		expect(Object.keys(exam?.answers?.[run.scenario.id] ?? {}).sort()).toEqual(
			[one.id, other.id].sort()
		);
	}
});

test('of two first answers to one question the first counts and the second is refused', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const run = await begin(true);
		const [question] = run.scenario.questions;
		if (!question) throw new Error('a question');
		const [first, second] = question.choices;
		const answer = (tab: Learn, choice = '') =>
			tab.answer(run, { questionId: question.id, choice, tryNumber: 1 });
		const answers = await Promise.all([
			answer(stage.learn, first?.id),
			answer(otherTab, second?.id)
		]);
		const kept = answers.findIndex(({ ok }) => ok);
		expect(answers[1 - kept]).toEqual({ ok: false, problem: 'NotTheNextTry' });
		expect((await openRun(stage.db)).answers[question.id]).toMatchObject({
			choice: question.choices[kept]?.id,
			tries: 1
		});
	}
});

test('the same hint taken in two tabs is one hint, and the second tab hears of it', async () => {
	const run = await begin(false);
	const taken = await Promise.all([stage.learn.takeHint(run, 1), otherTab.takeHint(run, 1)]);
	expect(taken.filter(({ ok }) => ok)).toHaveLength(1);
	expect(taken).toContainEqual(OUT_OF_DATE);
	expect((await openRun(stage.db)).hints).toBe(1);
	await stage.learn.takeHint(run, 2);
	expect((await openRun(stage.db)).hints).toBe(2);
});

test('an action of the solution is done once, in the tab that requests it first', async () => {
	const run = await begin(false);
	await stage.learn.showSolution(run);
	const done = await Promise.all([stage.learn.performNext(run, 0), otherTab.performNext(run, 0)]);
	expect(done.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a case of an exam is closed once', async () => {
	const { scenario: played } = await begin(true);
	const closed = await Promise.all([
		stage.learn.closeExamRun(played.id),
		otherTab.closeExamRun(played.id)
	]);
	expect(closed.filter(({ ok }) => ok)).toHaveLength(1);
	expect((await stage.db.exams.get(0))?.results).toHaveLength(1);
});

test('what a tab asks of a run that another tab has replaced is refused, and changes nothing', async () => {
	await begin(false);
	const before = { begunAtMs: SYSTEM_MS - 1 };
	const { learn } = stage;
	const open = await openRun(stage.db);
	const [question] = open.scenario.questions;
	const answers = [
		await learn.answer(before, { questionId: question?.id ?? '', choice: 'a', tryNumber: 1 }),
		await learn.takeHint(before, 1),
		await learn.showSolution(before),
		await learn.performNext(before, 0),
		await learn.finish(before),
		await learn.leave(before),
		await learn.closeExamRun(open.scenario.id)
	];
	expect(answers).toEqual(answers.map(() => OUT_OF_DATE));
	expect(await openRun(stage.db)).toEqual(open);
});
