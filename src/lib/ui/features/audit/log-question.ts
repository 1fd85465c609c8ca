/** What the page of the log shows, as its address says it: so that back, reload and a sent link show the same. */
import { OPERATIONS, SERVICE_ACTS, type AuditEvent } from '$lib/domain/events';
import type { EventFilter } from '$lib/storage/queries';

type Outcome = NonNullable<EventFilter['outcome']>;

/** For the choice, in the order in which it lists them. */
export const LOGGED_OPERATIONS = {
	api: OPERATIONS,
	service: SERVICE_ACTS,
	sandbox: ['UndoLastOperation']
} as const satisfies Record<string, readonly AuditEvent['operation'][]>;

const OUTCOMES: readonly Outcome[] = ['success', 'refused'];

/** Where the answers are: an address or a form. */
interface Search {
	get(name: string): unknown;
}

/** Whatever means nothing is left out. */
export function readQuestion(search: Search): EventFilter {
	const givenId = search.get('keyId');
	const keyId = typeof givenId === 'string' && givenId.trim();
	const operation = Object.values(LOGGED_OPERATIONS)
		.flat()
		.find((name) => name === search.get('operation'));
	const outcome = OUTCOMES.find((name) => name === search.get('outcome'));
	const beforeSequence = Number(search.get('before'));
	return {
		...(keyId && { keyId }),
		...(operation && { operation }),
		...(outcome && { outcome }),
		...(Number.isSafeInteger(beforeSequence) && beforeSequence > 0 && { beforeSequence })
	};
}

export function logAddress(question: EventFilter): '/audit' | `/audit?${string}` {
	const { keyId, operation, outcome, beforeSequence } = question;
	const search = new URLSearchParams({
		...(keyId !== undefined && { keyId }),
		...(operation !== undefined && { operation }),
		...(outcome !== undefined && { outcome }),
		...(beforeSequence !== undefined && { before: String(beforeSequence) })
	}).toString();
	return search === '' ? '/audit' : `/audit?${search}`;
}
