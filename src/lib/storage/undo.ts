/**
 * Undoes the last operation that changed a CMK. The log is not shortened: undo adds an event. After a recorded expiry or
 * deletion there is no operation to undo, so expired key material and deleted CMKs can't come back.
 */
import type { UndoAnswer, UndoRequest } from '../domain/sandbox';
import type { EpochMs } from '../domain/time';
import { nextEvent } from './audit-log';
import type { Database, UndoRow, WritableDatabase } from './database';
import { recordAllDue } from './due';
import { forgetKey, putKey } from './key-rows';
import { write } from './write';

/** @param requestId for the event of the undo, not the ID of the undone operation */
export function undoLastOperation(
	db: Database,
	systemNowMs: EpochMs,
	named: UndoRequest,
	requestId: string
): Promise<UndoAnswer> {
	const recorder = { by: 'operation', armedAtMs: null } as const;
	return write(db, systemNowMs, recorder, async (open, present): Promise<UndoAnswer> => {
		const undo = await open.undo.get(0);
		if (!undo) return { ok: false, problem: 'NothingToUndo' };
		const { operation, keyId } = undo;
		if (undo.requestId !== named.requestId) return { ok: false, problem: 'NotTheLast', operation };
		await restore(open, undo);
		const entry = {
			operation: 'UndoLastOperation',
			keyId,
			actor: 'trainee',
			requestId,
			code: 'SUCCESS',
			request: { operation, requestId: undo.requestId },
			response: {}
		} as const;
		const end = nextEvent(present.end, entry, present.nowMs);
		await Promise.all([open.events.add(end), open.undo.delete(0)]);
		// the restored record may have expired already
		await recordAllDue(open, { ...present, end });
		return { ok: true, operation, keyId };
	});
}

async function restore(db: WritableDatabase, undo: UndoRow): Promise<void> {
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
