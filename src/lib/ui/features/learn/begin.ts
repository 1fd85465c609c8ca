/** Opens a run: scenarios are played in a workspace of their own, which may take loading the page anew. */
import { href } from '$lib/ui/kit/navigation';
import { storageMode } from '$lib/client/kms';
import { learn } from '$lib/client/learn';
import { currentWorkspaceId, openWorkspace } from '$lib/client/workspace';
import { LEARN_WORKSPACE_ID } from '$lib/domain/sandbox';
import type { RunReference } from '$lib/learn/learn';
import { m } from '$lib/paraglide/messages';
import type { Scenario } from '$lib/scenario/format';
import { readInTab, writeInTab } from '../../kit/stored';
import { done } from './done';

const PENDING = 'learn-begin';
const BEFORE = 'workspace-before-learn';

/** A run was begun here, and its first page is still to be opened. */
let isArriving = false;

interface Wanted {
	readonly scenario: Scenario;
	readonly seed: number;
	readonly exam: boolean;
}

/**
 * Begins it here, or after the page was loaded once more.
 *
 * @returns whether it begins; otherwise a toast has said why not
 */
export async function beginRun(
	scenario: Scenario,
	seed = scenario.seed,
	exam = false
): Promise<boolean> {
	const workspaceId = currentWorkspaceId();
	const isOnlyPlace = (await storageMode()) === 'memory';
	// whatever was to be begun before is not wanted any more
	writeInTab(PENDING, undefined);
	if (workspaceId === LEARN_WORKSPACE_ID || isOnlyPlace)
		return begin({ scenario: structuredClone(scenario), seed, exam });
	const wanted: Wanted = { scenario, seed, exam };
	writeInTab(PENDING, JSON.stringify(wanted));
	writeInTab(BEFORE, workspaceId);
	goToRun(scenario.id);
	return true;
}

async function begin({ scenario, seed, exam }: Wanted): Promise<boolean> {
	// before it is begun, since its panel appears as soon as it is
	isArriving = true;
	let isBegun = false;
	try {
		isBegun = (await done(learn.begin(scenario, seed, exam), m.learn_begin_full)) !== undefined;
		return isBegun;
	} finally {
		isArriving &&= isBegun;
	}
}

/** @returns whether the run was begun just now; says so once */
export function arrive(): boolean {
	const arriving = isArriving;
	isArriving = false;
	return arriving;
}

/** To the workspace that scenarios are played in, by loading the page anew. */
export function goToRun(scenarioId: string): void {
	openWorkspace(LEARN_WORKSPACE_ID, href('/learn/[scenarioId]', { scenarioId }));
}

/** What was asked for before the page was loaded anew. */
export async function beginPendingRun(): Promise<void> {
	const pending = readInTab(PENDING);
	if (pending === null) return;
	// whoever closes the page before finds it again; one that cannot be begun is not tried for ever
	try {
		await begin(JSON.parse(pending) as Wanted);
	} finally {
		writeInTab(PENDING, undefined);
	}
}

/** Ends the run, and goes back to where the learner was before. */
export async function leaveRun(run: RunReference): Promise<void> {
	if (await done(learn.leave(run))) goBack();
}

/** From the workspace that scenarios are played in to the one before. */
export function goBack(): void {
	if (currentWorkspaceId() !== LEARN_WORKSPACE_ID) return;
	openWorkspace(readInTab(BEFORE) ?? 'main', href('/learn'));
}

/** Names, identifiers and bytes other than the last time. */
export function newSeed(): number {
	return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
