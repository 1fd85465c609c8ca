/** Why a CMK cannot be found, or is in the state that refused: from its record and its events. */
import type { AuditEvent } from '../domain/events';
import { settle, type KeyRecord, type KeyState } from '../domain/key';
import type { Refusal } from '../domain/refusals';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { EpochMs } from '../domain/time';
import type { Finding } from './diagnosis';
import { historyOf, type DiagnosisDeps } from './evidence';

type Db = DiagnosisDeps['store']['db'];
type Operation = AuditEvent['operation'];

/** The events that can lead into each state. */
const LEADS_TO: Readonly<Record<KeyState, readonly Operation[]>> = {
	ENABLED: ['EnableKey', 'ImportKeyMaterial', 'CancelKeyDeletion', 'CreateCmk'],
	DISABLED: ['DisableKey'],
	PENDING_IMPORT: ['DeleteKeyMaterial', 'ExpireKeyMaterial', 'CreateCmk'],
	PENDING_DELETE: ['ScheduleKeyDeletion']
};

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
	operation: string,
	keyId: string,
	state: KeyState,
	nowMs: EpochMs
): Promise<Finding[]> {
	const stored = await db.keys.get(keyId);
	const key = stored && settle(stored, nowMs);
	// it has moved on since
	if (!stored || key?.state !== state) return [];
	if (operation === 'ImportKeyMaterial' && (state === 'ENABLED' || state === 'DISABLED'))
		return isStrict(await db.settings.get(0)) ? [{ kind: 'strictReimport' }] : [];
	const { events } = await historyOf(db, keyId);
	const since = sinceWhen(stored, key, state, events);
	return since ? [since] : [];
}

const isStrict = (settings = { ...DEFAULT_SETTINGS, id: 0 as const }): boolean =>
	settings.reimport === 'pendingImportOnly';

function sinceWhen(
	stored: KeyRecord,
	key: KeyRecord,
	state: KeyState,
	events: readonly AuditEvent[]
): Finding | undefined {
	const expiredAtMs = stored.material?.expiresAtMs ?? undefined;
	// due, and not recorded yet
	if (state === 'PENDING_IMPORT' && stored !== key && expiredAtMs !== undefined)
		return expiry(expiredAtMs, events);
	const cause = events.find(({ operation }) => LEADS_TO[state].includes(operation));
	if (!cause) return undefined;
	const { operation, atMs } = cause;
	if (operation === 'ExpireKeyMaterial') return expiry(cause.dueAtMs ?? atMs, events);
	if (state === 'PENDING_IMPORT' && operation === 'CreateCmk')
		return { kind: 'neverImported', createdAtMs: atMs, calls: key.importCalls };
	const { deleteAtMs } = key;
	return {
		kind: 'stateSince',
		state,
		by: operation,
		atMs,
		...(deleteAtMs !== null && { deleteAtMs })
	};
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
