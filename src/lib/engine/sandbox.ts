/** The trainee's controls of the sandbox: clock, settings, undo. */
import type { StateControls } from '../domain/sandbox';
import { unlessStorageFull } from '../domain/storage-full';
import { changeSettings, moveClock } from '../storage/controls';
import { sweep } from '../storage/sweep';
import { undoLastOperation } from '../storage/undo';
import type { EngineDeps } from './deps';

type SandboxDeps = Pick<EngineDeps, 'store' | 'systemNowMs' | 'newId'>;

export function createSandboxControls({
	store: { db },
	systemNowMs,
	newId
}: SandboxDeps): StateControls {
	return {
		moveClock: (move, from) => unlessStorageFull(() => moveClock(db, systemNowMs(), move, from)),
		changeSettings: (change) =>
			unlessStorageFull(async () => {
				await changeSettings(db, systemNowMs(), change);
				return { ok: true };
			}),
		undoLastOperation: (request) =>
			unlessStorageFull(() => undoLastOperation(db, systemNowMs(), request, newId())),
		recordDue: () =>
			unlessStorageFull(async () => {
				await sweep(db, systemNowMs(), { by: 'tab', armedAtMs: null });
				return { ok: true };
			})
	};
}
