/** EnableKey, DisableKey, ScheduleKeyDeletion and CancelKeyDeletion: the record changes, the material stays where it is. */
import type { DeletionResponse, Envelope } from '../../domain/kms';
import {
	decideCancelKeyDeletion,
	decideKeyState,
	decideScheduleKeyDeletion,
	type KeyStateRequest,
	type ScheduleKeyDeletionRequest
} from '../../domain/operations/key-state';
import type { Result } from '../../domain/result';
import { epochMsToServiceTime } from '../../domain/time';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export function changeKeyState(
	deps: EngineDeps,
	operation: 'EnableKey' | 'DisableKey',
	request: KeyStateRequest
): Promise<Result<Envelope>> {
	return commit(deps, { operation, request, keyId: request.keyId }, ({ key }) => {
		const decision = decideKeyState(operation, request, key);
		return decision.ok ? { value: {}, changes: { key: decision.value } } : decision;
	});
}

export function scheduleKeyDeletion(
	deps: EngineDeps,
	request: ScheduleKeyDeletionRequest
): Promise<Result<DeletionResponse>> {
	const attempt = { operation: 'ScheduleKeyDeletion', request, keyId: request.keyId } as const;
	return commit(deps, attempt, ({ key }, nowMs) => {
		const decision = decideScheduleKeyDeletion(request, key, nowMs);
		if (!decision.ok) return decision;
		const { deleteAtMs } = decision.value;
		return {
			value: { deleteDate: epochMsToServiceTime(deleteAtMs ?? nowMs) },
			changes: { key: decision.value }
		};
	});
}

export function cancelKeyDeletion(
	deps: EngineDeps,
	request: KeyStateRequest
): Promise<Result<Envelope>> {
	const attempt = { operation: 'CancelKeyDeletion', request, keyId: request.keyId } as const;
	return commit(deps, attempt, ({ key }) => {
		const decision = decideCancelKeyDeletion(request, key);
		return decision.ok ? { value: {}, changes: { key: decision.value } } : decision;
	});
}
