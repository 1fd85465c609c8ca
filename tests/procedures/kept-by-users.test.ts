/** What people have kept who used an earlier version is opened, verified and replayed: see `tests/fixtures`. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256HexNow } from '$lib/crypto/sha256';
import { DRILLS, LESSONS, SCENARIOS } from '$lib/course/catalogue';
import digests from '$lib/course/digests.json';
import { openTray, trayDatabaseName } from '$lib/customer/tray';
import { firstBrokenLink } from '$lib/domain/audit-chain';
import type { AuditEvent } from '$lib/domain/events';
import { DEMOS } from '$lib/embed/demos';
import { readParameters } from '$lib/embed/parameters';
import { createLearn } from '$lib/learn/create-learn';
import { scoreOf } from '$lib/learn/exam';
import { DONE } from '$lib/learn/learn';
import { openLearnDatabase } from '$lib/learn/learn-database';
import { fileToProgress, progressToFile, type ProgressContents } from '$lib/learn/progress-file';
import { readProgress } from '$lib/learn/run-view';
import { seededParties } from '$lib/learn/stage';
import { transcriptFingerprint } from '$lib/learn/transcript-fingerprint';
import { isSameScenario, scenarioDigest, type KnownDigests } from '$lib/scenario/digest';
import type { Scenario } from '$lib/scenario/format';
import { linkToFile } from '$lib/scenario/link';
import { performAll } from '$lib/scenario/perform';
import { readScenario } from '$lib/scenario/read-scenario';
import { serviceDatabaseName } from '$lib/storage/database';
import { openScenario } from '$lib/ui/features/author/open-scenario';
import { createWorkspaces } from '$lib/workspaces/create-workspaces';
import { fileToContents } from '$lib/workspaces/workspace-file';
import { findEmbeds } from '../../src/tools/embed/find-embeds';
import { restoreDatabases, type DumpedDatabase } from '../fixtures/dump';
import { fixtureBytes, fixtureJson } from '../fixtures/read';
import { openLearnStage, recycledKeyPairs } from '../support/learn';
import { startSandbox } from '../support/sandbox';

/** When all of it was put away: 2026-03-02T12:00:00Z, three hours after it was begun. */
const SYSTEM_MS = 1_772_452_800_000;
const keyPairs = recycledKeyPairs();

/**
 * Ids of scenarios that are played differently since, on purpose: their old runs are no longer proved, and CHANGELOG.md says
 * so. A change of texts never belongs here.
 */
const PLAYED_DIFFERENTLY: ReadonlySet<string> = new Set([]);

interface Certificate {
	readonly lessons: { readonly done: number; readonly all: number };
	readonly drills: { readonly done: number; readonly all: number };
	readonly exam: { readonly points: number; readonly most: number };
	readonly scenarios: readonly object[];
	readonly fingerprint: string;
}

const progressFile = fixtureBytes('progress.kms-progress.json');
const own = readOwn();

function readOwn(): Scenario {
	const answer = readScenario(fixtureBytes('own.kms-scenario.json'));
	if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
	return answer.scenario;
}

function progress(): ProgressContents {
	const contents = fileToProgress(progressFile);
	if (!contents) throw new Error('the progress cannot be read');
	return contents;
}

describe('a browser', () => {
	let closeAll = () => undefined as unknown;

	beforeAll(async () => {
		await restoreDatabases(fixtureJson('databases.json') as DumpedDatabase[]);
	});
	afterAll(() => closeAll());

	const openLearn = async () => {
		const { store, controls } = await startSandbox(serviceDatabaseName('learn'), {
			keyPairs,
			systemNowMs: () => SYSTEM_MS
		});
		const tray = await openTray(trayDatabaseName('learn'), {});
		const db = await openLearnDatabase({});
		closeAll = () => {
			for (const one of [store.db, tray, db]) one.close();
		};
		const place = { store, tray, keyPairs, sandbox: controls, systemNowMs: () => SYSTEM_MS };
		return { db, place, learn: createLearn({ ...place, db, workspaceId: 'learn' }) };
	};

	test('shows its workspaces', async () => {
		const sandbox = await startSandbox(serviceDatabaseName('main'), { keyPairs });
		const tray = await openTray(trayDatabaseName('main'), {});
		const workspaces = createWorkspaces({
			...{ store: sandbox.store, tray, currentId: 'main' },
			...{ systemNowMs: () => SYSTEM_MS, newId: () => crypto.randomUUID() }
		});
		expect(await workspaces.list()).toMatchObject([{ workspaceId: 'main', name: 'Main' }]);
		expect(await workspaces.exportFile()).toMatchObject({ ok: true });
		sandbox.db.close();
		tray.close();
	});

	test('has its progress, finishes the run that is open, and all of it is proved', async () => {
		const { db, place, learn } = await openLearn();
		const { completions, exam, own: owned, open } = await readProgress(db);
		expect({ completions, exam: exam && scoreOf(exam) }).toEqual({
			completions: progress().completions,
			exam: { points: 8, most: 10 }
		});
		expect(owned.map(({ id }) => id)).toEqual(['a-draft', own.id]);
		expect(open?.scenario.id).toBe('first-import');

		// byte for byte: its fingerprint is printed on paper
		expect(await learn.exportProgress()).toEqual(progressFile);

		const run = await db.runs.get('learn');
		const [key] = await place.store.db.keys.toArray();
		const [parameters] = await place.store.db.importParameters.toArray();
		if (!run || !key || !parameters) throw new Error('the open run is not there');
		const { solution, questions } = run.scenario;
		const files = (await place.tray.list()).map(({ name, fileId }) => [name, fileId] as const);
		const { keyId, callNumber, publicKey, importToken } = parameters;
		const short = keyId.slice(0, 8);
		await performAll(seededParties(place, 8, 'learner'), solution.slice(3), {
			...run.handles,
			names: { mine: short, first: `${short}_${String(callNumber)}` },
			keys: { mine: keyId },
			calls: { first: { keyId, callNumber, publicKey, importToken } },
			files: Object.fromEntries(files)
		});
		for (const { id } of questions)
			for (const action of solution)
				if (action.do === 'Answer' && action.question === id)
					await learn.answer(run, { questionId: id, choice: action.choice, tryNumber: 1 });
		expect(await learn.finish(run)).toEqual(DONE);
	});
});

describe('progress', () => {
	test('is read whole', () => {
		expect(fileToProgress(progressToFile(progress()))).toEqual(progress());
		expect(progress().exam?.results).toHaveLength(5);
	});

	test('is proved, run by run', { timeout: 120_000 }, async () => {
		const { completions } = progress();
		const { learn, close } = await openLearnStage(keyPairs);
		try {
			const answer = await learn.verifyProgress(progressFile, [...SCENARIOS, own]);
			if (!answer.ok) throw new Error(answer.problem);
			expect(completions.length).toBeGreaterThanOrEqual(SCENARIOS.length);
			expect(
				answer.verified.map(({ completion, verdict }) => [completion.scenarioId, verdict])
			).toEqual(
				completions.map(({ scenarioId }) => [
					scenarioId,
					PLAYED_DIFFERENTLY.has(scenarioId) ? 'otherScenario' : 'proved'
				])
			);
		} finally {
			close();
		}
	});

	test('was made with digests that are still listed', () => {
		const listed: KnownDigests = digests;
		const known = new Map(Object.entries(listed));
		const unlisted = progress().completions.filter(
			({ scenarioId, scenarioSha256 }) =>
				scenarioId !== own.id &&
				known.get(scenarioId)?.some(({ sha256 }) => sha256 === scenarioSha256) !== true
		);
		expect(unlisted.map(({ scenarioId }) => scenarioId)).toEqual([]);
	});
});

test('a certificate says what its transcript says, and has its fingerprint', () => {
	const printed = fixtureJson('certificate.json') as Certificate;
	const { completions, exam } = progress();
	const credited = (scenarios: readonly Scenario[]) =>
		scenarios.filter(({ id }) =>
			completions.some(({ scenarioId, credit }) => scenarioId === id && credit)
		).length;
	expect({
		fingerprint: transcriptFingerprint(progressFile),
		lessons: credited(LESSONS),
		drills: credited(DRILLS),
		exam: exam && scoreOf(exam),
		scenarios: completions.map(({ scenarioId, finishedAtMs, hints, credit }) => ({
			...{ scenarioId, finishedAtMs, hints, credit }
		}))
	}).toEqual({
		fingerprint: printed.fingerprint,
		lessons: printed.lessons.done,
		drills: printed.drills.done,
		exam: printed.exam,
		scenarios: printed.scenarios
	});
});

describe('a workspace in a file', () => {
	test('is imported, and exported as it was', async () => {
		const file = fixtureBytes('main.kms-workspace');
		const sandbox = await startSandbox(serviceDatabaseName('importing'), { keyPairs });
		const tray = await openTray(trayDatabaseName('importing'), {});
		const workspaces = createWorkspaces({
			...{ store: sandbox.store, tray, currentId: 'importing' },
			...{ systemNowMs: () => SYSTEM_MS, newId: () => crypto.randomUUID() }
		});
		const imported = await workspaces.importFile('Back again', file);
		if (!imported.ok) throw new Error(JSON.stringify(imported));
		const { workspaceId } = imported.value;
		const again = await startSandbox(serviceDatabaseName(workspaceId), { keyPairs });
		const files = await openTray(trayDatabaseName(workspaceId), {});
		const exporting = createWorkspaces({
			...{ store: again.store, tray: files, currentId: workspaceId },
			...{ systemNowMs: () => SYSTEM_MS, newId: () => crypto.randomUUID() }
		});
		const exported = await exporting.exportFile();
		if (!exported.ok) throw new Error(exported.problem);
		const [before, after] = [
			await fileToContents(file),
			await fileToContents(exported.value.bytes)
		];
		expect(before.ok).toBe(true);
		expect(after).toEqual(before);
		for (const one of [sandbox.db, tray, again.db, files]) one.close();
	});

	test('has the log that was exported, and its chain is whole', async () => {
		const contents = await fileToContents(fixtureBytes('main.kms-workspace'));
		if (!contents.ok) throw new Error(contents.problem);
		const log = new TextDecoder()
			.decode(fixtureBytes('audit-log.jsonl'))
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as AuditEvent);
		expect(log.length).toBeGreaterThan(40);
		expect(firstBrokenLink(log, sha256HexNow)).toBeUndefined();
		expect(contents.value.events).toEqual(log);
	});
});

describe('scenarios in links', () => {
	const links = fixtureJson('links.json') as readonly {
		readonly id: string;
		readonly sha256: string;
		readonly fragment: string;
	}[];

	test('the files include scenarios of the course and one user scenario', () => {
		expect(links.length).toBeGreaterThan(LESSONS.length);
		expect(links.at(-1)).toMatchObject({ id: own.id, sha256: scenarioDigest(own) });
	});

	test.each(links)('$id is the scenario that was sent', async ({ id, sha256, fragment }) => {
		const file = await linkToFile(fragment);
		if (!file.ok) throw new Error(file.problem);
		const sent = readScenario(file.file);
		expect(sent.ok && scenarioDigest(sent.scenario)).toBe(sha256);
		if (PLAYED_DIFFERENTLY.has(id)) return;
		const opened = openScenario(file.file, digests);
		expect(opened).toMatchObject({ ok: true, isOfTheCourse: id !== own.id });
		const now = SCENARIOS.find((scenario) => scenario.id === id) ?? own;
		expect(opened.ok && opened.scenario).toEqual(now);
	});
});

describe('embeds in pages of others', () => {
	const embeds = fixtureJson('embeds.json') as {
		readonly pages: readonly {
			readonly name: string;
			readonly kind: string;
			readonly id: string;
			readonly sha256: string;
		}[];
		readonly queries: readonly { readonly query: string; readonly parameters: object }[];
		readonly snippets: readonly { readonly form: string; readonly code: string }[];
	};

	test.each(embeds.pages)(
		'the page of the demo $name shows what it showed',
		({ name, kind, id, sha256 }) => {
			const demo = DEMOS.find((one) => one.name === name);
			expect(demo).toMatchObject({ name, kind, scenario: { id } });
			if (!demo || kind === 'step' || PLAYED_DIFFERENTLY.has(id)) return;
			// its text version prints the digest
			expect(isSameScenario(digests, demo.scenario, sha256)).toBe(true);
		}
	);

	test.each(embeds.queries)('?$query is read as before', ({ query, parameters }) => {
		expect(readParameters(`?${query}`)).toEqual({ ok: true, value: parameters });
	});

	test.each(embeds.snippets)('what was copied as $form leads to its demo', async ({ code }) => {
		const [first] = findEmbeds(code);
		if (!first || !('fragment' in first)) {
			expect(first).toMatchObject({ name: 'upload' });
			return;
		}
		expect(code).toContain(first.fragment);
		await expect(linkToFile(first.fragment)).resolves.toMatchObject({ ok: true });
	});
});
