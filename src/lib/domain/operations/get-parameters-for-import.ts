/**
 * GetParametersForImport: the pure decision. Order: shape of the request, key exists, origin external, state.
 *
 * @see domain.md 1.7 "GetParametersForImport" and 1.4
 */
import type { WrappingAlgorithm } from '../algorithms';
import type { KeyRecord } from '../key';
import { keyNotExternal, keyNotFound } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateRefusal } from '../state-table';
import { checkKeyId, checkWrapping, firstRefusal } from './requests';

export interface GetParametersForImportRequest {
	readonly keyId: string;
	readonly wrappingKeySpec: string;
	readonly wrappingAlgorithm: string;
}

/** @param key the CMK, settled at the instant of the decision */
export function decideGetParametersForImport(
	request: GetParametersForImportRequest,
	key: KeyRecord | undefined
): Result<WrappingAlgorithm> {
	const malformed = firstRefusal(
		checkKeyId(request.keyId),
		checkWrapping(request.wrappingKeySpec, request.wrappingAlgorithm)
	);
	if (malformed) return refuse(malformed);
	if (!key) return refuse(keyNotFound(request.keyId));
	if (key.origin !== 'EXTERNAL') return refuse(keyNotExternal(key.origin));
	const state = stateRefusal('GetParametersForImport', key.state);
	return state ? refuse(state) : ok(request.wrappingAlgorithm as WrappingAlgorithm);
}
