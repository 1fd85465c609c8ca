/**
 * The service: every operation of `Kms` on one database. Each operation reads, decides with a pure function, does the
 * crypto, then runs one short transaction that re-reads and decides again. A refusal writes only one audit event.
 */
import type { Kms } from '../domain/kms';
import type { EngineDeps } from './deps';
import { changeAlias } from './operations/alias';
import { createCmk } from './operations/create-cmk';
import { decrypt } from './operations/decrypt';
import { deleteKeyMaterial } from './operations/delete-key-material';
import { describeKey } from './operations/describe-key';
import { encrypt } from './operations/encrypt';
import { generateDataKey } from './operations/generate-data-key';
import { getParametersForImport } from './operations/get-parameters-for-import';
import { importKeyMaterial } from './operations/import-key-material';
import { cancelKeyDeletion, changeKeyState, scheduleKeyDeletion } from './operations/key-state';
import { listKeys } from './operations/list-keys';
import { updateKeyDescription } from './operations/update-key-description';

export function createKms(deps: EngineDeps): Kms {
	const now = () => withSteadyClock(deps);
	return {
		createCmk: (request) => createCmk(now(), request),
		describeKey: (request) => describeKey(now(), request),
		listKeys: (request) => listKeys(now(), request),
		createAlias: (request) => changeAlias(now(), 'CreateAlias', request),
		updateAlias: (request) => changeAlias(now(), 'UpdateAlias', request),
		updateKeyDescription: (request) => updateKeyDescription(now(), request),
		getParametersForImport: (request) => getParametersForImport(now(), request),
		importKeyMaterial: (request) => importKeyMaterial(now(), request),
		deleteKeyMaterial: (request) => deleteKeyMaterial(now(), request),
		enableKey: (request) => changeKeyState(now(), 'EnableKey', request),
		disableKey: (request) => changeKeyState(now(), 'DisableKey', request),
		scheduleKeyDeletion: (request) => scheduleKeyDeletion(now(), request),
		cancelKeyDeletion: (request) => cancelKeyDeletion(now(), request),
		encrypt: (request) => encrypt(now(), request),
		generateDataKey: (request) => generateDataKey(now(), request),
		decrypt: (request) => decrypt(now(), request)
	};
}

/**
 * An operation reads the time before its crypto and again in its transaction. The second reading is never earlier, so
 * that key material refused as expired is also recorded as expired.
 */
function withSteadyClock(deps: EngineDeps): EngineDeps {
	let latestMs = 0;
	return { ...deps, systemNowMs: () => (latestMs = Math.max(latestMs, deps.systemNowMs())) };
}
