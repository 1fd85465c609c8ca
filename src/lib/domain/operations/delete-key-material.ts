/**
 * DeleteKeyMaterial: the pure decision. Order: shape of the request, key exists, origin external. No state refuses it.
 *
 * @see domain.md 1.4: in PENDING_IMPORT it succeeds without effect, in PENDING_DELETE the state stays
 */
import { withoutMaterial, type KeyRecord } from '../key';
import { keyNotExternal, keyNotFound } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateAfter, stateRefusal } from '../state-table';
import { checkKeyId } from './requests';

export interface DeleteKeyMaterialRequest {
	readonly keyId: string;
}

/** @param key the CMK, settled at the instant of the decision */
export function decideDeleteKeyMaterial(
	request: DeleteKeyMaterialRequest,
	key: KeyRecord | undefined
): Result<KeyRecord> {
	const malformed = checkKeyId(request.keyId);
	if (malformed) return refuse(malformed);
	if (!key) return refuse(keyNotFound(request.keyId));
	if (key.origin !== 'EXTERNAL') return refuse(keyNotExternal(key.origin));
	const refusal = stateRefusal('DeleteKeyMaterial', key.state);
	if (refusal) return refuse(refusal);
	return ok({ ...withoutMaterial(key), state: stateAfter('DeleteKeyMaterial', key.state, false) });
}
