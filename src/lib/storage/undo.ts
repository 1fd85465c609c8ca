/** Takes the last operation back that changed a CMK. The log is not cut: it gets an event more. */
import type { UndoAnswer } from '../domain/sandbox';
import { settle } from '../domain/key';
import type { EpochMs } from '../domain/time';
import { nextEvent } from './audit-log';
import type { Database, UndoRow } from './database';
import { recordDue } from './due';
import { forgetKey, putKey } from './key-rows';
import { readPresent } from './transact';

export function undoLastOperation(
	db: Database,
	systemNowMs: EpochMs,
	requestId: string
): Promise<UndoAnswer> {
	return db.transaction('rw', db.tables, async () => {
		const [{ end, ...occasion }, undo] = await Promise.all([
			readPresent(db, systemNowMs, { by: 'operation', armedAtMs: null }),
			db.undo.get(0)
		]);
		if (!undo) return { ok: false, problem: 'NothingToUndo' };
		await restore(db, undo);
		const event = nextEvent(
			end,
			{
				operation: 'UndoLastOperation',
				keyId: undo.keyId,
				actor: 'trainee',
				requestId,
				code: 'SUCCESS',
				request: { operation: undo.operation, requestId: undo.requestId },
				response: {}
			},
			occasion.nowMs
		);
		await Promise.all([db.events.add(event), db.undo.delete(0)]);
		// what comes back may have been over before it did
		if (undo.key && settle(undo.key, occasion.nowMs) !== undo.key)
			await recordDue(db, undo.key, occasion, event);
		return { ok: true, operation: undo.operation, keyId: undo.keyId };
	});
}

async function restore(db: Database, undo: UndoRow): Promise<void> {
	const { keyId, key, bytes, parametersId } = undo;
	const now = await db.keys.get(keyId);
	if (key) await putKey(db, now, key);
	else if (now) await forgetKey(db, now);
	if (bytes)
		await Promise.all([
			bytes.material ? db.materials.put(bytes.material) : db.materials.delete(keyId),
			bytes.removal ? db.removals.put(bytes.removal) : db.removals.delete(keyId)
		]);
	if (parametersId === undefined) return;
	await Promise.all([
		db.importParameters.delete(parametersId),
		db.wrappingKeys.delete(parametersId)
	]);
}
