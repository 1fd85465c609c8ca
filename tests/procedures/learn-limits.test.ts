/** What a browser has no room for, in any command of the learner: an answer, and nothing stands still for ever. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCENARIOS } from '$lib/course/catalogue';
import { MOST_OWN_SCENARIOS, type LearnDatabase } from '$lib/learn/learn-database';
import { DONE, TOO_MANY_OWN } from '$lib/learn/learn';
import type { Database } from '$lib/storage/database';
import { openLearnStage, openRun, recycledKeyPairs, type LearnStage } from '../support/learn';
import { makeBreakable } from '../support/sandbox';

const scenario = SCENARIOS.find(({ id, hints }) => id === 'first-import' && hints.length > 0);
const FULL = { ok: false, problem: 'StorageFull' };
/** More writes than any one command makes. */
const MOST_WRITES = 200;

let stage: LearnStage;
let writesLeft = Infinity;
beforeEach(async () => {
	stage = await openLearnStage(recycledKeyPairs());
	writesLeft = Infinity;
	const fail = () =>
		--writesLeft < 0 ? new DOMException('no space left', 'QuotaExceededError') : undefined;
	await makeBreakable(stage.sandbox.store.db, fail);
	await makeBreakable(stage.db as LearnDatabase & Database, fail);
});
afterEach(() => {
	stage.close();
});

/** Runs it with room for no write, for one, for two …, until it is done. @returns how often it was refused */
async function withLessAndLessRefusals(command: () => Promise<{ ok: boolean }>): Promise<number> {
	for (let room = 0; room < MOST_WRITES; room++) {
		writesLeft = room;
		const answer = await command();
		writesLeft = Infinity;
		if (answer.ok) return room;
		expect(answer).toEqual(FULL);
	}
	throw new Error('it is never done');
}

test('every command is refused by an answer, and is done once there is space again', async () => {
	if (!scenario) throw new Error('the course has no first import');
	const { learn, db } = stage;
	const refusals: Record<string, number> = {};
	const tried = async (name: string, command: () => Promise<{ ok: boolean }>) => {
		refusals[name] = (refusals[name] ?? 0) + (await withLessAndLessRefusals(command));
	};
	await tried('keepOwn', () => learn.keepOwn({ ...scenario, id: 'own' }));
	await tried('begin', () => learn.begin(scenario, 1, false));
	await tried('showSolution', async () => {
		const answer = await learn.showSolution(await openRun(db));
		writesLeft = Infinity;
		// what was not begun begins again
		if (!answer.ok) await learn.begin(scenario, 1, false);
		return answer;
	});
	const run = await openRun(db);
	await tried('takeHint', () => learn.takeHint(run, 1));
	// an action that is not stored ends the solution: it begins again
	await tried('performNext', async () => {
		for (const index of scenario.solution.keys()) {
			const answer = await learn.performNext(run, index);
			if (answer.ok) continue;
			writesLeft = Infinity;
			await learn.showSolution(run);
			return answer;
		}
		return DONE;
	});
	await tried('finish', () => learn.finish(run));
	await tried('leave', () => learn.leave(run));
	await tried('removeOwn', () => learn.removeOwn('own'));
	await tried('beginExam', () => learn.beginExam([scenario.id], 1));
	await tried('beginCase', () => learn.begin(scenario, 1, true));
	await tried('closeExamRun', () => learn.closeExamRun(scenario.id));
	for (const [name, count] of Object.entries(refusals)) expect(count, name).toBeGreaterThan(0);
	expect(await db.exams.get(0)).toMatchObject({ results: [{ scenarioId: scenario.id }] });
	expect(await db.completions.get(scenario.id)).toMatchObject({ hints: 1, credit: false });
});

test('a browser keeps so many scenarios of an author and no more, and those can still be changed', async () => {
	if (!scenario) throw new Error('the course has no first import');
	const { learn, db } = stage;
	for (let index = 0; index < MOST_OWN_SCENARIOS; index++)
		expect(await learn.keepOwn({ ...scenario, id: `own-${String(index)}` })).toEqual(DONE);
	expect(await learn.keepOwn({ ...scenario, id: 'one-more' })).toEqual(TOO_MANY_OWN);
	expect(await learn.keepOwn({ ...scenario, id: 'own-0', seed: 2 })).toEqual(DONE);
	expect((await db.own.get('own-0'))?.seed).toBe(2);
	expect(await db.own.count()).toBe(MOST_OWN_SCENARIOS);
});
