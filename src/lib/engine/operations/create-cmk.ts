/** CreateCmk: for origin KMS the platform makes the material, for EXTERNAL the new CMK waits for an import. */
import { generateMaterial } from '../../crypto/material-key';
import { toKeyMetadata } from '../../domain/key-metadata';
import type { KeyMetadataResponse } from '../../domain/kms';
import {
	checkCreateCmk,
	decideCreateCmk,
	type CreateCmkRequest
} from '../../domain/operations/create-cmk';
import type { Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export async function createCmk(
	deps: EngineDeps,
	request: CreateCmkRequest
): Promise<Result<KeyMetadataResponse>> {
	const refused = checkCreateCmk(request);
	const keyId = deps.newId();
	const material =
		!refused && request.origin === 0
			? await generateMaterial(deps.store.serviceKeys.sealing, keyId)
			: undefined;
	const attempt = {
		operation: 'CreateCmk',
		request,
		alias: refused ? undefined : request.alias,
		refused
	} as const;
	return commit(deps, attempt, ({ aliasOwner }, nowMs) => {
		const decision = decideCreateCmk(request, keyId, aliasOwner, nowMs);
		if (!decision.ok) return decision;
		const key = decision.value;
		return {
			value: { keyMetadata: toKeyMetadata(key) },
			changes: { key, ...(material && { material }) },
			keyId
		};
	});
}
