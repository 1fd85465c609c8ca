/** The life of a CMK from its audit events: what changed it, the state it was in between, and what is ahead. */
import type { AuditEvent, Operation } from '$lib/domain/events';
import type { ImportParametersRecord } from '$lib/domain/import-parameters';
import type { KeyRecord, KeyState } from '$lib/domain/key';
import type { EpochMs } from '$lib/domain/time';
import { statesAfter } from './state-history';

export interface LifeEvent {
	readonly sequence: number;
	readonly operation: AuditEvent['operation'];
	/** When it was due, for what the service did by itself; else when it was recorded. */
	readonly atMs: EpochMs;
	/** From then on; null where the log does not tell. */
	readonly state: KeyState | 'gone' | null;
}

export type AheadKind = 'tokenExpires' | 'materialExpires' | 'cmkDeleted';

export interface Ahead {
	readonly kind: AheadKind;
	readonly atMs: EpochMs;
	readonly callNumber?: number;
}

/** Reads and uses of the key leave it as it is, and would fill the line. */
const LEFT_OUT: ReadonlySet<string> = new Set<Operation>([
	'DescribeKey',
	'ListKeys',
	'Encrypt',
	'Decrypt',
	'GenerateDataKey'
]);

/** @param events of one CMK, newest first, as the log gives them */
export function lifeEvents(
	events: readonly AuditEvent[],
	origin: KeyRecord['origin']
): readonly LifeEvent[] {
	const oldestFirst = [...events].reverse();
	const states = statesAfter(origin, oldestFirst);
	return oldestFirst.flatMap(({ sequence, operation, code, dueAtMs, atMs }, index) =>
		code !== 'SUCCESS' || LEFT_OUT.has(operation)
			? []
			: [{ sequence, operation, atMs: dueAtMs ?? atMs, state: states[index] ?? null }]
	);
}

/** What the record itself tells: when the life began, where the log was not read back to it, and the state now. */
export function completeLife(life: readonly LifeEvent[], key: KeyRecord): readonly LifeEvent[] {
	const first = life[0];
	const whole: readonly LifeEvent[] =
		first?.operation === 'CreateCmk'
			? life
			: [{ sequence: 0, operation: 'CreateCmk', atMs: key.createdAtMs, state: null }, ...life];
	return whole.with(-1, { ...(whole.at(-1) as LifeEvent), state: key.state });
}

/** Soonest first. */
export function aheadOf(
	key: KeyRecord,
	calls: readonly ImportParametersRecord[],
	nowMs: EpochMs
): readonly Ahead[] {
	const ahead: Ahead[] = calls.map(({ expiresAtMs, callNumber }) => ({
		kind: 'tokenExpires',
		atMs: expiresAtMs,
		callNumber
	}));
	const expiresAtMs = key.material?.expiresAtMs;
	if (typeof expiresAtMs === 'number') ahead.push({ kind: 'materialExpires', atMs: expiresAtMs });
	if (key.deleteAtMs !== null) ahead.push({ kind: 'cmkDeleted', atMs: key.deleteAtMs });
	return ahead.filter(({ atMs }) => atMs > nowMs).sort((a, b) => a.atMs - b.atMs);
}
