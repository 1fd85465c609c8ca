/**
 * Goals: pure predicates on records, audit events, files and the current time. Each goal says whether it is met and, if
 * not, what is missing. Goals check the state, not the way to the state: a detour is not a mistake.
 */
import type { TrayFile } from '../customer/workbench';
import type { AuditEvent } from '../domain/events';
import { settle, type KeyRecord, type KeyState } from '../domain/key';
import { HOUR_MS, type EpochMs } from '../domain/time';
import type { Condition, Goal, Scenario } from './format';
import { named } from './handles';
import { fillNames, resolveNames } from './names';

/** The facts that goals check. */
export interface Facts {
	/** Sandbox time at which the start state was ready. */
	readonly startedAtMs: EpochMs;
	readonly keys: readonly KeyRecord[];
	/** Oldest first, without those of the start state. */
	readonly events: readonly AuditEvent[];
	readonly files: readonly TrayFile[];
	/** Identifiers, by their names in the scenario. */
	readonly keyIds: Readonly<Record<string, string>>;
	/** The first 16 hexadecimal characters of the SHA-256 of each ciphertext, as in the log. */
	readonly blobDigests: Readonly<Record<string, string>>;
	readonly names: Readonly<Record<string, string>>;
	/** Whether the last answer to each question was right. */
	readonly answers: Readonly<Record<string, boolean>>;
}

/** Why a condition is not met. */
export type Missing =
	| { readonly kind: 'noKey'; readonly origin: 'EXTERNAL' | 'KMS' | null }
	| { readonly kind: 'keyGone'; readonly keyId: string }
	| {
			readonly kind: 'keyState';
			readonly keyId: string;
			readonly state: KeyState;
			readonly wanted: KeyState;
	  }
	| { readonly kind: 'noMaterial' | 'hasMaterial'; readonly keyId: string }
	| { readonly kind: 'expires'; readonly keyId: string; readonly expiresAtMs: EpochMs }
	| { readonly kind: 'neverExpires'; readonly keyId: string }
	| { readonly kind: 'alias'; readonly keyId: string; readonly wanted: string }
	| {
			readonly kind: 'noEvent';
			readonly operation: string;
			readonly wanted: string;
			/** The result of the latest such operation. null: no such operation. */
			readonly latest: string | null;
	  }
	| {
			readonly kind: 'tooFew';
			readonly operation: string;
			readonly times: number;
			readonly wanted: number;
	  }
	| { readonly kind: 'noFile'; readonly name: string }
	| {
			readonly kind: 'fileLength';
			readonly name: string;
			readonly bytes: number;
			readonly from: number;
			readonly to: number;
	  }
	| { readonly kind: 'notAnswered' | 'wrongAnswer'; readonly question: string }
	| { readonly kind: 'tooEarly'; readonly untilMs: EpochMs }
	/** A condition that must not be met. */
	| { readonly kind: 'unwanted' };

export interface GoalState {
	readonly goal: Goal;
	/** null: met. */
	readonly missing: Missing | null;
}

/** A goal that only an answer to a question can reach. */
export const asksForAnswer = ({ when }: Goal): boolean => 'answered' in when;

export function evaluateGoals(
	{ goals }: Pick<Scenario, 'goals'>,
	facts: Facts,
	nowMs: EpochMs
): GoalState[] {
	return goals.map((goal) => ({ goal, missing: evaluate(goal.when, facts, nowMs) }));
}

type Part<Name extends string> = Extract<Condition, Record<Name, unknown>>;

/** @returns null: met */
export function evaluate(condition: Condition, facts: Facts, nowMs: EpochMs): Missing | null {
	const of = (part: Condition) => evaluate(part, facts, nowMs);
	if ('all' in condition) {
		for (const part of condition.all) {
			const missing = of(part);
			if (missing) return missing;
		}
		return null;
	}
	if ('any' in condition) {
		const missing = condition.any.map(of);
		return missing.includes(null) ? null : (missing[0] ?? null);
	}
	if ('not' in condition) return of(condition.not) ? null : { kind: 'unwanted' };
	if ('answered' in condition) return answered(condition.answered, facts);
	if ('event' in condition) return event(condition, facts);
	if ('hoursPassed' in condition) {
		const untilMs = facts.startedAtMs + condition.hoursPassed * HOUR_MS;
		return nowMs >= untilMs ? null : { kind: 'tooEarly', untilMs };
	}
	return 'bytes' in condition ? file(condition, facts) : key(condition, facts, nowMs);
}

function answered(question: string, { answers }: Facts): Missing | null {
	const isRight = named(answers, question);
	if (isRight === undefined) return { kind: 'notAnswered', question };
	return isRight ? null : { kind: 'wrongAnswer', question };
}

function event(condition: Part<'event'>, facts: Facts): Missing | null {
	const {
		event: operation,
		code = 'SUCCESS',
		key: handle,
		blob,
		request = {},
		times = 1
	} = condition;
	const keyId = handle === undefined ? undefined : named(facts.keyIds, handle);
	const digest = blob === undefined ? undefined : named(facts.blobDigests, blob);
	const tried = facts.events.filter(
		(one) =>
			one.operation === operation &&
			(keyId === undefined || one.keyId === keyId) &&
			(digest === undefined || digestOf(one.request['cipherTextBlob']) === digest) &&
			Object.entries(request).every(([name, value]) => named(one.request, name) === value)
	);
	const count = tried.filter((one) => one.code === code).length;
	if (count >= times) return null;
	if (count > 0) return { kind: 'tooFew', operation, times: count, wanted: times };
	return { kind: 'noEvent', operation, wanted: code, latest: tried.at(-1)?.code ?? null };
}

function digestOf(field: AuditEvent['request'][string] | undefined): string | undefined {
	return typeof field === 'object' && 'sha256' in field ? field.sha256 : undefined;
}

function file({ file: wanted, bytes }: Part<'file'>, facts: Facts): Missing | null {
	const name = fillNames(wanted, facts.names);
	const { from, to } = typeof bytes === 'number' ? { from: bytes, to: bytes } : bytes;
	const named = facts.files.filter((one) => one.name.endsWith(name));
	if (named.some(({ lengthBytes }) => lengthBytes >= from && lengthBytes <= to)) return null;
	const [one] = named;
	return one
		? { kind: 'fileLength', name: one.name, bytes: one.lengthBytes, from, to }
		: { kind: 'noFile', name: resolveNames(wanted, facts.names) };
}

/** If several candidates exist, reports what the closest candidate lacks. */
function key(condition: Part<'key'>, facts: Facts, nowMs: EpochMs): Missing | null {
	const { key: handle, origin, made } = condition;
	const startIds = new Set(Object.values(facts.keyIds));
	const keyId = handle === 'any' ? undefined : named(facts.keyIds, handle);
	const candidates = facts.keys
		.flatMap((record) => settle(record, nowMs) ?? [])
		.filter((record) => handle === 'any' || record.keyId === keyId)
		.filter((record) => origin === undefined || record.origin === origin)
		.filter((record) => made !== true || !startIds.has(record.keyId))
		.map((record) => lacks(condition, record, facts, nowMs))
		.sort((a, b) => a.length - b.length);
	const [nearest] = candidates;
	if (nearest) return nearest[0] ?? null;
	return keyId === undefined
		? { kind: 'noKey', origin: origin ?? null }
		: { kind: 'keyGone', keyId };
}

function lacks(
	{ state, material, expires, alias }: Part<'key'>,
	record: KeyRecord,
	{ names }: Facts,
	nowMs: EpochMs
): Missing[] {
	const { keyId } = record;
	const missing: Missing[] = [];
	if (state !== undefined && record.state !== state)
		missing.push({ kind: 'keyState', keyId, state: record.state, wanted: state });
	if (material === 'present' && !record.material) missing.push({ kind: 'noMaterial', keyId });
	if (material === 'absent' && record.material) missing.push({ kind: 'hasMaterial', keyId });
	if (alias !== undefined && record.alias !== fillNames(alias, names))
		missing.push({ kind: 'alias', keyId, wanted: resolveNames(alias, names) });
	if (expires !== undefined) {
		const late = expiry(expires, record, nowMs);
		if (late) missing.push(late);
	}
	return missing;
}

function expiry(
	wanted: NonNullable<Part<'key'>['expires']>,
	{ keyId, material }: KeyRecord,
	nowMs: EpochMs
): Missing | null {
	if (!material) return { kind: 'noMaterial', keyId };
	const { expiresAtMs } = material;
	if (wanted === 'set') return expiresAtMs === null ? { kind: 'neverExpires', keyId } : null;
	if (expiresAtMs === null) return null;
	const isLateEnough = wanted !== 'never' && expiresAtMs - nowMs >= wanted.atLeastHours * HOUR_MS;
	return isLateEnough ? null : { kind: 'expires', keyId, expiresAtMs };
}
