/**
 * ListKeys: page by page, filtered and sorted. A marker is the position of the last key seen, so no page costs more than
 * another.
 */
import { KEY_ORDERS, positionOf, type KeyOrder, type KeyPosition } from '../../domain/key-listing';
import { KEY_STATE_CODE, toKeyMetadata } from '../../domain/key-metadata';
import { KEY_STATES } from '../../domain/key';
import type { ListKeysRequest, ListKeysResponse } from '../../domain/kms';
import {
	checkOneOf,
	checkText,
	firstRefusal,
	LONGEST_PAGE
} from '../../domain/operations/requests';
import { invalidParameter, type Refusal } from '../../domain/refusals';
import type { Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

const DEFAULT_PAGE = 50;
const LONGEST_SEARCH = 128;

export async function listKeys(
	deps: EngineDeps,
	request: ListKeysRequest
): Promise<Result<ListKeysResponse>> {
	const { limit = DEFAULT_PAGE, sortBy = 'created', search } = request;
	const { sortOrder = sortBy === 'created' ? 'desc' : 'asc' } = request;
	const state = KEY_STATES.find((one) => KEY_STATE_CODE[one] === request.keyState);
	const marker = request.marker === undefined ? undefined : parseMarker(request.marker);
	const refused = firstRefusal(
		checkLimit(limit),
		marker === null && invalidParameter('marker', 'must be the nextMarker of an earlier answer'),
		request.keyState !== undefined &&
			checkOneOf('keyState', request.keyState, Object.values(KEY_STATE_CODE)),
		checkOneOf('sortBy', sortBy, KEY_ORDERS),
		checkOneOf('sortOrder', sortOrder, ['asc', 'desc']),
		checkText('search', search, LONGEST_SEARCH)
	);
	const attempt = { operation: 'ListKeys', request } as const;
	if (refused) return commit(deps, { ...attempt, refused }, () => ({ refusal: refused }));
	const order = sortBy as KeyOrder;
	const listing = {
		order,
		descending: sortOrder === 'desc',
		limit,
		...(state && { state }),
		...(search !== undefined && search !== '' && { search }),
		...(marker && { after: marker })
	};
	return commit(deps, { ...attempt, listing }, ({ page }) => {
		if (!page) throw new Error('the list was not read');
		const { keys, hasAfter } = page;
		const last = hasAfter && !search ? keys.at(-1) : undefined;
		return {
			value: {
				keys: keys.map(toKeyMetadata),
				...(last && { nextMarker: writeMarker(positionOf(last, order)) })
			},
			response: { keyCount: keys.length }
		};
	});
}

function checkLimit(limit: number): Refusal | undefined {
	if (Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_PAGE) return undefined;
	return invalidParameter('limit', `must be a whole number from 1 to ${String(LONGEST_PAGE)}`);
}

/** The id first, because a name may hold any character; a number is marked as one. */
function writeMarker([value, keyId]: KeyPosition): string {
	return `${keyId}:${typeof value === 'number' ? 'n' : 's'}${String(value)}`;
}

function parseMarker(marker: unknown): KeyPosition | null {
	const match = /^([0-9a-f-]{36}):(?:n(\d{1,15}|Infinity)|s(.{1,256}))$/su.exec(String(marker));
	if (!match?.[1]) return null;
	return [match[2] === undefined ? (match[3] ?? '') : Number(match[2]), match[1]];
}
