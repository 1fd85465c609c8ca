/** CreateAlias and UpdateAlias: the alias is looked up in the transaction that gives it away. */
import { decideAlias, type AliasRequest } from '../../domain/operations/alias';
import { checkAlias } from '../../domain/operations/requests';
import type { Result } from '../../domain/result';
import type { Envelope } from '../../domain/kms';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export function changeAlias(
	deps: EngineDeps,
	operation: 'CreateAlias' | 'UpdateAlias',
	request: AliasRequest
): Promise<Result<Envelope>> {
	const { keyId } = request;
	const alias = checkAlias(request.alias) ? undefined : request.alias;
	return commit(deps, { operation, request, keyId, alias }, ({ key, aliasOwner }) => {
		const decision = decideAlias(operation, request, key, aliasOwner);
		return decision.ok ? { value: {}, changes: { key: decision.value } } : decision;
	});
}
