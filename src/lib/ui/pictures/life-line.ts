/** The life of a CMK from its audit events: what changed it, the state it was in between, and what is ahead. */
import type { AuditEvent, Operation } from '$lib/domain/events';
import type { ImportParametersRecord } from '$lib/domain/import-parameters';
import type { KeyRecord, KeyState } from '$lib/domain/key';
import { FIRST_STATE, stateAfter, STATE_TABLE, type KeyOperation } from '$lib/domain/state-table';
import type { EpochMs } from '$lib/domain/time';

export interface LifeEvent {
	readonly sequence: number;
	readonly operation: AuditEvent['operation'];
	/** When it was due, for what the service did by itself; else when it was recorded. */
	readonly atMs: EpochMs;
	/** null: not known, after something was taken back. */
	readonly state: KeyState | null;
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
	let state: KeyState | null = null;
	let holds = false;
	const line: LifeEvent[] = [];
	for (const event of [...events].reverse()) {
		if (event.code !== 'SUCCESS' || LEFT_OUT.has(event.operation)) continue;
		holds = holdsAfter(event.operation, holds, origin);
		state = stateAfterEvent(event.operation, state, holds, origin);
		const { sequence, operation, dueAtMs, atMs } = event;
		line.push({ sequence, operation, atMs: dueAtMs ?? atMs, state });
	}
	return line;
}

function holdsAfter(
	operation: AuditEvent['operation'],
	holds: boolean,
	origin: KeyRecord['origin']
): boolean {
	if (operation === 'CreateCmk') return origin === 'KMS';
	if (operation === 'ImportKeyMaterial') return true;
	return operation === 'DeleteKeyMaterial' || operation === 'ExpireKeyMaterial' ? false : holds;
}

function stateAfterEvent(
	operation: AuditEvent['operation'],
	state: KeyState | null,
	holds: boolean,
	origin: KeyRecord['origin']
): KeyState | null {
	if (operation === 'CreateCmk') return FIRST_STATE[origin].becomes;
	if (operation === 'ExpireKeyMaterial')
		return state === 'PENDING_DELETE' ? 'PENDING_DELETE' : 'PENDING_IMPORT';
	if (operation === 'RemoveKeyMaterial') return state;
	// what was taken back is not worked out again
	if (state === null || !(operation in STATE_TABLE)) return null;
	const verdict = STATE_TABLE[operation as KeyOperation][state];
	return 'refused' in verdict ? null : stateAfter(operation as KeyOperation, state, holds);
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
