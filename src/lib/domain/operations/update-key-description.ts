/**
 * UpdateKeyDescription: the pure decision. Order: shape of the request, key exists, state.
 *
 * @see domain.md 2.1 (the closest relative's operation)
 */
import type { KeyRecord } from '../key';
import { invalidParameter, keyNotFound } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateRefusal } from '../state-table';
import { checkKeyId, checkText, firstRefusal, LONGEST_DESCRIPTION } from './requests';

export interface UpdateKeyDescriptionRequest {
	readonly keyId: string;
	/** The empty string takes the description away. */
	readonly description: string;
}

/** @param key the CMK, settled at the instant of the decision */
export function decideUpdateKeyDescription(
	request: UpdateKeyDescriptionRequest,
	key: KeyRecord | undefined
): Result<KeyRecord> {
	const { keyId, description } = request;
	const malformed = firstRefusal(
		checkKeyId(keyId),
		checkText('description', description, LONGEST_DESCRIPTION),
		// CreateCmk may leave it out, this operation may not
		typeof description !== 'string' && invalidParameter('description', 'must be a string')
	);
	if (malformed) return refuse(malformed);
	if (!key) return refuse(keyNotFound(keyId));
	const state = stateRefusal('UpdateKeyDescription', key.state);
	return state ? refuse(state) : ok({ ...key, description });
}
