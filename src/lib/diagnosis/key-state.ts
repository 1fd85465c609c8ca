/** Why a CMK was not found or is in the state that refused, from its record and its events. */
import type { AuditEvent, Operation } from '../domain/events';
import { settle, type KeyRecord, type KeyState } from '../domain/key';
import type { Refusal } from '../domain/refusals';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { EpochMs } from '../domain/time';
import type { Finding, StateSince } from './diagnosis';
import { historyOf, type Db } from './evidence';

const STATE_OF = {
	KeyDisabled: 'DISABLED',
	KeyPendingImport: 'PENDING_IMPORT',
	KeyPendingDelete: 'PENDING_DELETE'
} as const;

/** @returns undefined if the refusal is not about the CMK */
export async function whyNotThisKey(
	db: Db,
	operation: Operation,
	keyId: string,
	refusal: Refusal,
	nowMs: EpochMs
): Promise<Finding[] | undefined> {
	const state = refusedState(refusal);
	if (state) return whyThatState(db, operation, keyId, state, nowMs);
	switch (refusal.code) {
		case 'KeyNotFound':
			return unknownKey(db, keyId, nowMs);
		case 'KeyNotExternal':
			return [{ kind: 'platformKey' }];
		default:
			return undefined;
	}
}

function refusedState(refusal: Refusal): KeyState | undefined {
	if (refusal.code === 'KeyStateInvalid') return refusal.details.state;
	return refusal.code in STATE_OF ? STATE_OF[refusal.code as keyof typeof STATE_OF] : undefined;
}

/** @param state of the refusal */
async function whyThatState(
	db: Db,
	operation: Operation,
	keyId: string,
	state: KeyState,
	nowMs: EpochMs
): Promise<Finding[]> {
	const stored = await db.keys.get(keyId);
	const key = stored && settle(stored, nowMs);
	// the state has changed since the refusal
	if (!stored || key?.state !== state) return [];
	if (operation === 'CancelKeyDeletion') return [{ kind: 'nothingToCancel', state }];
	if (operation === 'ImportKeyMaterial' && (state === 'ENABLED' || state === 'DISABLED'))
		return isStrict(await db.settings.get(0)) ? [{ kind: 'strictReimport' }] : [];
	const { events } = await historyOf(db, keyId);
	const since = sinceWhen(stored, key, events);
	return since ? [since] : [];
}

const isStrict = (settings = { ...DEFAULT_SETTINGS, id: 0 as const }): boolean =>
	settings.reimport === 'pendingImportOnly';

/** In ENABLED only CancelKeyDeletion and a strict import are refused. */
function sinceWhen(
	stored: KeyRecord,
	key: KeyRecord,
	events: readonly AuditEvent[]
): Finding | undefined {
	switch (key.state) {
		case 'ENABLED':
			return undefined;
		case 'DISABLED':
			return stateSince(firstSince(events, ['DisableKey'], ENDS_DISABLED));
		case 'PENDING_IMPORT': {
			const expiredAtMs = stored.material?.expiresAtMs ?? null;
			// expired, but not recorded yet
			if (expiredAtMs !== null) return expiry(expiredAtMs, events);
			return whyEmpty(key, events);
		}
		case 'PENDING_DELETE':
			return scheduled(key, firstSince(events, ['ScheduleKeyDeletion'], ['CancelKeyDeletion']));
	}
}

type Act = AuditEvent['operation'];

/** Not an import: in DISABLED it only changes the expiry. */
const ENDS_DISABLED: readonly Act[] = [
	'EnableKey',
	'DeleteKeyMaterial',
	'ExpireKeyMaterial',
	'ScheduleKeyDeletion',
	'CancelKeyDeletion',
	'CreateCmk'
];

/**
 * The first of such acts whose effect was not ended since. A further one changed nothing.
 *
 * @param events newest first
 */
function firstSince(
	events: readonly AuditEvent[],
	acts: readonly Act[],
	ends: readonly Act[]
): AuditEvent | undefined {
	const end = events.findIndex(({ operation }) => ends.includes(operation));
	const since = end < 0 ? events : events.slice(0, end);
	return since.findLast(({ operation }) => acts.includes(operation));
}

/** Why a CMK has no key material: the first loss since its last import, or no import ever. */
function whyEmpty(key: KeyRecord, events: readonly AuditEvent[]): Finding | undefined {
	const created = events.at(-1);
	if (events.some(({ operation }) => operation === 'ImportKeyMaterial')) {
		const lost = firstSince(
			events,
			['DeleteKeyMaterial', 'ExpireKeyMaterial'],
			['ImportKeyMaterial']
		);
		return lost?.operation === 'ExpireKeyMaterial'
			? expiry(lost.dueAtMs ?? lost.atMs, events)
			: stateSince(lost);
	}
	return created?.operation === 'CreateCmk'
		? { kind: 'neverImported', createdAtMs: created.atMs, calls: key.importCalls }
		: undefined;
}

function stateSince(cause: AuditEvent | undefined): StateSince | undefined {
	if (cause?.operation !== 'DisableKey' && cause?.operation !== 'DeleteKeyMaterial')
		return undefined;
	return { kind: 'stateSince', by: cause.operation, atMs: cause.atMs };
}

function scheduled(
	{ deleteAtMs }: KeyRecord,
	cause: AuditEvent | undefined
): StateSince | undefined {
	if (!cause || deleteAtMs === null) return undefined;
	return { kind: 'stateSince', by: 'ScheduleKeyDeletion', atMs: cause.atMs, deleteAtMs };
}

function expiry(atMs: EpochMs, events: readonly AuditEvent[]): StateSince {
	const imported = events.find(
		(event) => event.operation === 'ImportKeyMaterial' && event.atMs <= atMs
	);
	const lifetime = imported && { lifetimeMs: atMs - imported.atMs };
	return { kind: 'stateSince', by: 'ExpireKeyMaterial', atMs, ...lifetime };
}

/** @param keyId of the request: any string */
async function unknownKey(db: Db, keyId: string, nowMs: EpochMs): Promise<Finding[]> {
	const stored = await db.keys.get(keyId);
	if (stored) {
		const { deleteAtMs } = stored;
		const isOver = deleteAtMs !== null && deleteAtMs <= nowMs;
		return isOver ? [{ kind: 'keyDeleted', keyId, atMs: deleteAtMs }] : [];
	}
	const { events } = await historyOf(db, keyId);
	const deletion = events.find(({ operation }) => operation === 'DeleteCmk');
	if (deletion) return [{ kind: 'keyDeleted', keyId, atMs: deletion.dueAtMs ?? deletion.atMs }];
	const named = await db.keys.where('alias').equals(keyId).first();
	if (named) {
		const { alias } = named;
		return [{ kind: 'aliasForKeyId', key: { keyId: named.keyId, alias } }];
	}
	const lowerCase = keyId.trim().toLowerCase();
	const inOtherCase = lowerCase !== keyId && (await db.keys.get(lowerCase)) !== undefined;
	return [{ kind: 'keyUnknown', inOtherCase }];
}
