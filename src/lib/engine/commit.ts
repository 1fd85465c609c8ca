/** The last step of every operation: re-read, decide again, write the outcome and one audit event, answer. */
import type { AuditFields, Operation } from '../domain/events';
import type { KeyListing, KeyPage } from '../domain/key-listing';
import { checkKeyId } from '../domain/operations/requests';
import { storageFull, type Refusal } from '../domain/refusals';
import { refuse, type Result } from '../domain/result';
import { isStorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
import { nextEvent } from '../storage/audit-log';
import { pageOfKeys } from '../storage/key-pages';
import { transact, type Changes, type Decision, type Seen } from '../storage/transact';
import { write } from '../storage/write';
import { auditFields } from './audit-fields';
import type { EngineDeps } from './deps';

/** What the rules decided on what is stored now. */
export type Verdict<T> =
	| { readonly refusal: Refusal }
	| {
			readonly value: T;
			readonly changes?: Changes;
			readonly keyId?: string;
			/** What the log keeps of the answer, where that is not its fields. */
			readonly response?: AuditFields;
	  };

type Answer<T> = Result<T & { readonly requestId: string }>;

export interface Attempt {
	readonly operation: Operation;
	/** As it came: the log keeps its fields, secrets left out. */
	readonly request: object;
	readonly keyId?: string | undefined;
	readonly alias?: string | undefined;
	readonly material?: boolean;
	/**
	 * A refusal of the decision that preceded the crypto. It stands: it was right when it was made, and what it
	 * spared was never computed.
	 */
	readonly refused?: Refusal | undefined;
}

type Conclude<T> = (verdict: () => Verdict<T>) => Decision<Answer<T>>;

export function commit<T extends object>(
	deps: EngineDeps,
	attempt: Attempt,
	decide: (seen: Seen, nowMs: EpochMs) => Verdict<T>
): Promise<Answer<T>> {
	const { alias, material = false } = attempt;
	const scope = { keyId: wellFormed(attempt.keyId), alias, material };
	return finish<T>(deps, attempt, (conclude) =>
		transact(deps.store.db, deps.systemNowMs(), scope, (seen, nowMs) =>
			conclude(() => decide(seen, nowMs))
		)
	);
}

/** The same for a list, which changes nothing. Its page is read when what was due is recorded, in the same transaction. */
export function commitList<T extends object>(
	deps: EngineDeps,
	attempt: Attempt,
	listing: KeyListing,
	answer: (page: KeyPage) => Verdict<T>
): Promise<Answer<T>> {
	const recorder = { by: 'operation', armedAtMs: null } as const;
	return finish<T>(deps, attempt, (conclude) =>
		write(deps.store.db, deps.systemNowMs(), recorder, async (open, { nowMs, end }) => {
			const page = await pageOfKeys(open, listing);
			const { result, event } = conclude(() => answer(page));
			await open.events.add(nextEvent(end, event, nowMs));
			return result;
		})
	);
}

/** @param act runs the transaction of the attempt */
async function finish<T extends object>(
	deps: EngineDeps,
	attempt: Attempt,
	act: (conclude: Conclude<T>) => Promise<Answer<T>>
): Promise<Answer<T>> {
	const requestId = deps.newId();
	// before the transaction: it hashes files of any length
	const request = auditFields(attempt.request);

	function conclude(decide: () => Verdict<T>): Decision<Answer<T>> {
		const verdict: Verdict<T> = attempt.refused ? { refusal: attempt.refused } : decide();
		const event = {
			requestId,
			operation: attempt.operation,
			actor: 'trainee',
			keyId: wellFormed(attempt.keyId) ?? null,
			request
		} as const;
		if ('refusal' in verdict) {
			const { refusal } = verdict;
			const { code, message } = refusal;
			return {
				result: { ok: false, refusal },
				event: { ...event, code, message, response: {} }
			};
		}
		return {
			result: { ok: true, value: { ...verdict.value, requestId } },
			...(verdict.changes && { changes: verdict.changes }),
			event: {
				...event,
				code: 'SUCCESS',
				keyId: verdict.keyId ?? event.keyId,
				response: verdict.response ?? auditFields(verdict.value)
			}
		};
	}

	try {
		return await act(conclude);
	} catch (error) {
		if (isStorageFull(error)) return refuse(storageFull());
		throw error;
	}
}

/** An identifier that can be looked up. Anything else names no CMK, and the rules say so. */
export function wellFormed(keyId: string | undefined): string | undefined {
	return checkKeyId(keyId) ? undefined : keyId;
}
