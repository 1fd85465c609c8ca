/** DeleteKeyMaterial: the material goes at once, the CMK and the fingerprint stay. */
import {
	decideDeleteKeyMaterial,
	type DeleteKeyMaterialRequest
} from '../../domain/operations/delete-key-material';
import type { Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export function deleteKeyMaterial(
	deps: EngineDeps,
	request: DeleteKeyMaterialRequest
): Promise<Result<{ readonly requestId: string }>> {
	const attempt = { operation: 'DeleteKeyMaterial', request, keyId: request.keyId } as const;
	return commit(deps, attempt, ({ key }) => {
		const decision = decideDeleteKeyMaterial(request, key);
		if (!decision.ok) return decision;
		return { value: {}, changes: { key: decision.value, material: null } };
	});
}
