/**
 * EnableKey, DisableKey, ScheduleKeyDeletion and CancelKeyDeletion: the pure decisions. Order: shape of the request, key
 * exists, state.
 *
 * @see domain.md 1.4 and 1.7
 */
import { LONGEST_WINDOW_DAYS, SHORTEST_WINDOW_DAYS, type KeyRecord } from '../key';
import { keyNotFound, pendingWindowInvalid, type Refusal } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateAfter, stateRefusal } from '../state-table';
import { DAY_MS, type EpochMs } from '../time';
import { checkKeyId, firstRefusal } from './requests';

export interface KeyStateRequest {
	readonly keyId: string;
}

export interface ScheduleKeyDeletionRequest extends KeyStateRequest {
	/** 7 to 30 whole days; the field's name is not documented, this is the relative's. */
	readonly pendingWindowInDays: number;
}

/** @param key the CMK, settled at the instant of the decision */
export function decideKeyState(
	operation: 'EnableKey' | 'DisableKey',
	request: KeyStateRequest,
	key: KeyRecord | undefined
): Result<KeyRecord> {
	return allowed(operation, request, key, undefined);
}

/** @param key the CMK, settled at the instant of the decision */
export function decideScheduleKeyDeletion(
	request: ScheduleKeyDeletionRequest,
	key: KeyRecord | undefined,
	nowMs: EpochMs
): Result<KeyRecord> {
	const { pendingWindowInDays: days } = request;
	const scheduled = allowed('ScheduleKeyDeletion', request, key, checkWindow(days));
	if (!scheduled.ok) return scheduled;
	return ok({ ...scheduled.value, deleteAtMs: nowMs + days * DAY_MS });
}

/** @param key the CMK, settled at the instant of the decision */
export function decideCancelKeyDeletion(
	request: KeyStateRequest,
	key: KeyRecord | undefined
): Result<KeyRecord> {
	const cancelled = allowed('CancelKeyDeletion', request, key, undefined);
	return cancelled.ok ? ok({ ...cancelled.value, deleteAtMs: null }) : cancelled;
}

function allowed(
	operation: 'EnableKey' | 'DisableKey' | 'ScheduleKeyDeletion' | 'CancelKeyDeletion',
	{ keyId }: KeyStateRequest,
	key: KeyRecord | undefined,
	malformed: Refusal | undefined
): Result<KeyRecord> {
	const refusal = firstRefusal(
		checkKeyId(keyId),
		malformed,
		key ? stateRefusal(operation, key.state) : keyNotFound(keyId)
	);
	if (refusal) return refuse(refusal);
	if (!key) throw new Error('a CMK that does not exist was not refused');
	return ok({ ...key, state: stateAfter(operation, key.state, key.material !== null) });
}

function checkWindow(days: unknown): Refusal | undefined {
	if (typeof days !== 'number' || !Number.isFinite(days)) return pendingWindowInvalid(null);
	if (Number.isInteger(days) && days >= SHORTEST_WINDOW_DAYS && days <= LONGEST_WINDOW_DAYS)
		return undefined;
	return pendingWindowInvalid(days);
}
