/**
 * CreateAlias and UpdateAlias: the pure decisions. Order: shape of the request, key exists, state, alias is free, and
 * whether the CMK has an alias already. A CMK has one alias at most (our decision; the provider knows the alias as a field
 * of CreateCmk only, these two operations are its closest relative's).
 *
 * @see domain.md 1.7 "CreateCmk" (alias must be unique) and 2.1
 */
import type { KeyRecord } from '../key';
import { aliasExists, invalidParameter, keyNotFound } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateRefusal } from '../state-table';
import { checkAlias, checkKeyId, firstRefusal } from './requests';

export interface AliasRequest {
	readonly keyId: string;
	/** Must be unique. */
	readonly alias: string;
}

/**
 * @param key the CMK, settled at the instant of the decision
 * @param aliasOwner the CMK that has the wanted alias already
 */
export function decideAlias(
	operation: 'CreateAlias' | 'UpdateAlias',
	request: AliasRequest,
	key: KeyRecord | undefined,
	aliasOwner: KeyRecord | undefined
): Result<KeyRecord> {
	const { keyId, alias } = request;
	const malformed = firstRefusal(checkKeyId(keyId), checkRequiredAlias(alias));
	if (malformed) return refuse(malformed);
	if (!key) return refuse(keyNotFound(keyId));
	const state = stateRefusal(operation, key.state);
	if (state) return refuse(state);
	if (aliasOwner && aliasOwner.keyId !== keyId) return refuse(aliasExists(alias));
	if (operation === 'CreateAlias' && key.alias !== null) return refuse(aliasExists(key.alias));
	if (operation === 'UpdateAlias' && key.alias === null)
		return refuse(invalidParameter('alias', 'must replace an alias, this CMK has none'));
	return ok({ ...key, alias });
}

/** CreateCmk may leave the alias out, these two may not. */
function checkRequiredAlias(alias: unknown) {
	return checkAlias(alias ?? null);
}
