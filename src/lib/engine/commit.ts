/** The last step of every operation: re-read, decide again, write the outcome and one audit event, return the response. */
import type { AuditFields, Operation } from '../domain/events';
import type { KeyListing } from '../domain/key-listing';
import { checkKeyId } from '../domain/operations/requests';
import { storageFull, type Refusal } from '../domain/refusals';
import { refuse, type Result } from '../domain/result';
import { isStorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
import { transact, type Changes, type Decision, type Seen } from '../storage/transact';
import { auditFields } from './audit-fields';
import type { EngineDeps } from './deps';

/** What the rules decided for the records as stored now. */
export type Verdict<T> =
	| { readonly refusal: Refusal }
	| {
			readonly value: T;
			readonly changes?: Changes;
			readonly keyId?: string;
			/** What the log keeps of the response, if not the response's fields. */
			readonly response?: AuditFields;
	  };

type Answer<T> = Result<T & { readonly requestId: string }>;

export interface Attempt {
	readonly operation: Operation;
	/** The unchanged request. The log keeps its fields without secrets. */
	readonly request: object;
	readonly keyId?: string | undefined;
	readonly alias?: string | undefined;
	readonly material?: boolean;
	/** The page of the list to read. */
	readonly listing?: KeyListing | undefined;
	/**
	 * A refusal decided before the crypto. This refusal is final: it was correct at that time, and the crypto that a
	 * new decision would need was not done.
	 */
	readonly refused?: Refusal | undefined;
}

export async function commit<T extends object>(
	deps: EngineDeps,
	attempt: Attempt,
	decide: (seen: Seen, nowMs: EpochMs) => Verdict<T>
): Promise<Answer<T>> {
	const requestId = deps.newId();
	// before the transaction, because this hashes files of any length
	const request = auditFields(attempt.request);
	const keyId = wellFormed(attempt.keyId);
	const { alias, material = false, listing } = attempt;
	const scope = { keyId, alias, material, listing };

	function conclude(seen: Seen, nowMs: EpochMs): Decision<Answer<T>> {
		const verdict: Verdict<T> = attempt.refused
			? { refusal: attempt.refused }
			: decide(seen, nowMs);
		const event = {
			requestId,
			operation: attempt.operation,
			actor: 'trainee',
			keyId: keyId ?? null,
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
		return await transact(deps.store.db, deps.systemNowMs(), scope, conclude);
	} catch (error) {
		if (isStorageFull(error)) return refuse(storageFull());
		throw error;
	}
}

/** An identifier that can be looked up. The rules refuse any other value as the name of no CMK. */
export function wellFormed(keyId: string | undefined): string | undefined {
	return checkKeyId(keyId) ? undefined : keyId;
}
