/** Why a CMK cannot be found, or is in the state that refused: from its record and its events. */
import type { AuditEvent, Operation } from '../domain/events';
import { settle, type KeyRecord, type KeyState } from '../domain/key';
import type { Refusal } from '../domain/refusals';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { EpochMs } from '../domain/time';
import type { Finding } from './diagnosis';
import { historyOf, type DiagnosisDeps } from './evidence';

type Db = DiagnosisDeps['store']['db'];
const STATE_OF = {
	KeyDisabled: 'DISABLED',
	KeyPendingImport: 'PENDING_IMPORT',
	KeyPendingDelete: 'PENDING_DELETE'
} as const;

export function refusedState(refusal: Refusal): KeyState | undefined {
	if (refusal.code === 'KeyStateInvalid') return refusal.details.state;
	return refusal.code in STATE_OF ? STATE_OF[refusal.code as keyof typeof STATE_OF] : undefined;
}

/** @param state the one that refused */
export async function whyThatState(
	db: Db,
	operation: Operation,
	keyId: string,
	state: KeyState,
	nowMs: EpochMs
): Promise<Finding[]> {
	const stored = await db.keys.get(keyId);
	const key = stored && settle(stored, nowMs);
	// it has moved on since
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

/** Nothing but CancelKeyDeletion and a strict import is refused in ENABLED. */
function sinceWhen(
	stored: KeyRecord,
	key: KeyRecord,
	events: readonly AuditEvent[]
): Finding | undefined {
	switch (key.state) {
		case 'ENABLED':
			return undefined;
		case 'DISABLED':
			return stateSince(key, firstSince(events, ['DisableKey'], ENDS_DISABLED));
		case 'PENDING_IMPORT': {
			const expiredAtMs = stored.material?.expiresAtMs ?? null;
			// due, and not recorded yet
			if (expiredAtMs !== null) return expiry(expiredAtMs, events);
			return whyEmpty(key, events);
		}
		case 'PENDING_DELETE':
			return stateSince(key, firstSince(events, ['ScheduleKeyDeletion'], ['CancelKeyDeletion']));
	}
}

type Act = AuditEvent['operation'];

/** An import does not, of itself: in DISABLED it sets an expiry anew. */
const ENDS_DISABLED: readonly Act[] = [
	'EnableKey',
	'DeleteKeyMaterial',
	'ExpireKeyMaterial',
	'ScheduleKeyDeletion',
	'CancelKeyDeletion',
	'CreateCmk'
];

/**
 * The first of such acts that nothing has ended since: one more of them found the CMK as it was and changed nothing.
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

/** Why a CMK holds no material: the first loss since its last import, or that there never was one. */
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
			: stateSince(key, lost);
	}
	return created?.operation === 'CreateCmk'
		? { kind: 'neverImported', createdAtMs: created.atMs, calls: key.importCalls }
		: undefined;
}

function stateSince(
	{ state, deleteAtMs }: KeyRecord,
	cause: AuditEvent | undefined
): Finding | undefined {
	if (!cause) return undefined;
	const { operation: by, atMs } = cause;
	if (by !== 'DisableKey' && by !== 'DeleteKeyMaterial' && by !== 'ScheduleKeyDeletion')
		return undefined;
	return { kind: 'stateSince', state, by, atMs, ...(deleteAtMs !== null && { deleteAtMs }) };
}

function expiry(atMs: EpochMs, events: readonly AuditEvent[]): Finding {
	const imported = events.find(
		(event) => event.operation === 'ImportKeyMaterial' && event.atMs <= atMs
	);
	return {
		kind: 'stateSince',
		state: 'PENDING_IMPORT',
		by: 'ExpireKeyMaterial',
		atMs,
		...(imported && { lifetimeMs: atMs - imported.atMs })
	};
}

/** @param keyId as it was asked for: any string */
export async function unknownKey(db: Db, keyId: string, nowMs: EpochMs): Promise<Finding[]> {
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
