/** What the key list shows, as it stands in the address: so that back, reload and links bring the same list. */
import { KEY_STATES, type KeyState } from '$lib/domain/key';
import {
	KEY_ORDERS,
	type KeyListing,
	type KeyOrder,
	type KeyPosition
} from '$lib/domain/key-listing';

export const PAGE = 50;

export interface ListView {
	readonly state?: KeyState;
	readonly search: string;
	readonly order: KeyOrder;
	readonly descending: boolean;
	readonly after?: KeyPosition;
	readonly before?: KeyPosition;
}

/** Newest first; names and dates to come begin at their beginning. */
export const startsDescending = (order: KeyOrder): boolean => order === 'created';

export function readListView(params: URLSearchParams): ListView {
	const state = KEY_STATES.find((one) => one === params.get('status'));
	const order = KEY_ORDERS.find((one) => one === params.get('sort')) ?? 'created';
	const after = readPosition(params.get('after'));
	const before = readPosition(params.get('before'));
	return {
		search: params.get('q') ?? '',
		order,
		descending: (params.get('dir') ?? (startsDescending(order) ? 'desc' : 'asc')) === 'desc',
		...(state && { state }),
		...(after && { after }),
		...(before && { before })
	};
}

export function writeListView(view: ListView): string {
	const params = new URLSearchParams();
	if (view.search !== '') params.set('q', view.search);
	if (view.state) params.set('status', view.state);
	if (view.order !== 'created') params.set('sort', view.order);
	if (view.descending !== startsDescending(view.order))
		params.set('dir', view.descending ? 'desc' : 'asc');
	if (view.after) params.set('after', writePosition(view.after));
	if (view.before) params.set('before', writePosition(view.before));
	const text = params.toString();
	return text === '' ? '' : `?${text}`;
}

export function withoutPosition({ state, search, order, descending }: ListView): ListView {
	return { search, order, descending, ...(state && { state }) };
}

/** @param state undefined: every state */
export function withState(
	{ search, order, descending }: ListView,
	state: KeyState | undefined
): ListView {
	return { search, order, descending, ...(state && { state }) };
}

export function toListing({ search, ...view }: ListView): KeyListing {
	return { ...view, ...(search !== '' && { search }), limit: PAGE };
}

/** The id first, because a name may hold any character. */
function writePosition([value, keyId]: KeyPosition): string {
	return `${keyId}.${typeof value === 'number' ? 'n' : 's'}${String(value)}`;
}

function readPosition(text: string | null): KeyPosition | undefined {
	const match = /^([0-9a-f-]{36})\.(?:n(\d{1,16}|Infinity)|s(.{0,256}))$/su.exec(text ?? '');
	if (!match?.[1]) return undefined;
	return [match[2] === undefined ? (match[3] ?? '') : Number(match[2]), match[1]];
}
