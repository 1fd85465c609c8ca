/** Drafts a scenario from what was done in a workspace: authors do it once, and get the file. */
import { settle } from '../domain/key';
import type { AuditEvent } from '../domain/events';
import type { Goal, Scenario } from '../scenario/format';
import { MOST_ACTIONS } from '../scenario/limits';
import { UNWRITTEN } from '../scenario/shown-text';
import { NOTHING_KNOWN, recordActions } from '../scenario/record';
import type { Database } from '../storage/database';

const DRAFT_TEXT = { en: UNWRITTEN, 'zh-CN': UNWRITTEN };

/** @param afterSequence position of the last event that belongs to the start state */
export async function draftScenario(db: Database, afterSequence: number): Promise<Scenario> {
	const [events, rows] = await Promise.all([
		db.events.orderBy('sequence').toArray(),
		db.keys.toArray()
	]);
	const startsAtMs = events[0]?.atMs ?? Date.parse('2026-03-02T09:00:00Z');
	const before = events.filter(({ sequence }) => sequence <= afterSequence).length;
	const all = recordActions(events, NOTHING_KNOWN, startsAtMs);
	const start = recordActions(events.slice(0, before), NOTHING_KNOWN, startsAtMs);
	const nowMs = events.at(-1)?.atMs ?? startsAtMs;
	const solution = all.slice(start.length);
	const made = new Set(
		solution.flatMap((action) => (action.do === 'CreateCmk' ? [action.key] : []))
	);
	const goals = [
		...keyGoals(
			rows.flatMap((row) => settle(row, nowMs) ?? []),
			namesOf(events),
			made,
			events.slice(before)
		),
		...eventGoals(events.slice(before))
	].slice(0, 12);
	return {
		version: 1,
		id: 'my-scenario',
		kind: 'lesson',
		title: DRAFT_TEXT,
		summary: DRAFT_TEXT,
		minutes: 5,
		seed: 1,
		clock: { startsAt: new Date(startsAtMs).toISOString() },
		start: start.slice(0, MOST_ACTIONS),
		steps: goals.map(({ id }) => ({ text: DRAFT_TEXT, goal: id })),
		goals,
		questions: [],
		hints: [DRAFT_TEXT, DRAFT_TEXT, DRAFT_TEXT],
		solution: solution.slice(0, MOST_ACTIONS)
	};
}

/** In the order of their creation, as the recorder names them. */
function namesOf(events: readonly AuditEvent[]): ReadonlyMap<string, string> {
	const created = events.filter(
		({ operation, code }) => operation === 'CreateCmk' && code === 'SUCCESS'
	);
	return new Map(created.map(({ keyId }, index) => [keyId ?? '', `key${String(index + 1)}`]));
}

/** How each CMK stands that was touched. */
function keyGoals(
	records: readonly NonNullable<ReturnType<typeof settle>>[],
	names: ReadonlyMap<string, string>,
	made: ReadonlySet<string>,
	events: readonly AuditEvent[]
): Goal[] {
	const touched = new Set(events.map(({ keyId }) => keyId));
	return records
		.filter(({ keyId }) => touched.has(keyId))
		.map(({ keyId, state, material, origin }, index) => {
			const key = names.get(keyId) ?? 'any';
			const who = made.has(key) || key === 'any' ? { key: 'any', origin, made: true } : { key };
			return {
				id: `state-${String(index + 1)}`,
				text: { en: `The CMK is ${state}.`, 'zh-CN': `CMK 处于 ${state}。` },
				when: { ...who, state, material: material ? 'present' : 'absent' }
			};
		});
}

/** What was done that leaves no mark on a CMK. */
const SEEN_IN_THE_LOG = [
	'Encrypt',
	'GenerateDataKey',
	'Decrypt',
	'GetParametersForImport'
] as const;

function eventGoals(events: readonly AuditEvent[]): Goal[] {
	return SEEN_IN_THE_LOG.filter((operation) =>
		events.some((event) => event.operation === operation && event.code === 'SUCCESS')
	).map((operation) => ({
		id: operation.toLowerCase(),
		text: { en: `${operation} succeeds.`, 'zh-CN': `${operation} 成功。` },
		when: { event: operation }
	}));
}
