/** UpdateKeyDescription: free text beside the alias. */
import type { Envelope } from '../../domain/kms';
import {
	decideUpdateKeyDescription,
	type UpdateKeyDescriptionRequest
} from '../../domain/operations/update-key-description';
import type { Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export function updateKeyDescription(
	deps: EngineDeps,
	request: UpdateKeyDescriptionRequest
): Promise<Result<Envelope>> {
	const attempt = { operation: 'UpdateKeyDescription', request, keyId: request.keyId } as const;
	return commit(deps, attempt, ({ key }) => {
		const decision = decideUpdateKeyDescription(request, key);
		return decision.ok ? { value: {}, changes: { key: decision.value } } : decision;
	});
}
