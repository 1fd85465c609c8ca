/** ListKeys: newest first, page by page. A marker is the position of the last key seen, so no page costs more than another. */
import { toKeyMetadata } from '../../domain/key-metadata';
import type { ListKeysRequest, ListKeysResponse } from '../../domain/kms';
import { firstRefusal, LONGEST_PAGE } from '../../domain/operations/requests';
import { invalidParameter, type Refusal } from '../../domain/refusals';
import type { Result } from '../../domain/result';
import type { EpochMs } from '../../domain/time';
import { readKeyPage } from '../../storage/read';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

const DEFAULT_PAGE = 50;

export async function listKeys(
	deps: EngineDeps,
	request: ListKeysRequest
): Promise<Result<ListKeysResponse>> {
	const limit = request.limit ?? DEFAULT_PAGE;
	const marker = request.marker === undefined ? undefined : parseMarker(request.marker);
	const refused = firstRefusal(checkLimit(limit), marker === null && markerInvalid());
	const page = refused ? [] : await readKeyPage(deps.store.db, marker ?? undefined, limit + 1);
	return commit(deps, { operation: 'ListKeys', refused }, (_seen, nowMs) => {
		const keys = page.slice(0, limit);
		const last = page.length > limit ? keys.at(-1) : undefined;
		return {
			value: {
				keys: keys.map((key) => toKeyMetadata(key, nowMs)),
				...(last && { nextMarker: `${String(last.createdAtMs)}:${last.keyId}` })
			}
		};
	});
}

function checkLimit(limit: number): Refusal | undefined {
	if (Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_PAGE) return undefined;
	return invalidParameter('limit', `must be a whole number from 1 to ${String(LONGEST_PAGE)}`);
}

const markerInvalid = () =>
	invalidParameter('marker', 'must be the nextMarker of an earlier answer');

function parseMarker(marker: string): readonly [EpochMs, string] | null {
	const match = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(marker);
	return match?.[1] && match[2] ? [Number(match[1]), match[2]] : null;
}
