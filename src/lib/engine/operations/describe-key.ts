/** DescribeKey: allowed in every state. */
import { toKeyMetadata } from '../../domain/key-metadata';
import type { KeyMetadataResponse } from '../../domain/kms';
import { checkKeyId } from '../../domain/operations/requests';
import { keyNotFound } from '../../domain/refusals';
import type { Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export function describeKey(
	deps: EngineDeps,
	request: { readonly keyId: string }
): Promise<Result<KeyMetadataResponse>> {
	const attempt = {
		operation: 'DescribeKey',
		request,
		keyId: request.keyId,
		refused: checkKeyId(request.keyId)
	} as const;
	return commit(deps, attempt, ({ key }) =>
		key ? { value: { keyMetadata: toKeyMetadata(key) } } : { refusal: keyNotFound(request.keyId) }
	);
}
