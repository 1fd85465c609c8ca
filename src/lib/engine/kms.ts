/**
 * The service: every operation of `Kms` over one database. Each runs the same way: read, decide purely, do the crypto,
 * then one short transaction that re-reads and decides again. A refusal writes one audit event and nothing else.
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
	return {
		createCmk: (request) => createCmk(deps, request),
		describeKey: (request) => describeKey(deps, request),
		listKeys: (request) => listKeys(deps, request),
		createAlias: (request) => changeAlias(deps, 'CreateAlias', request),
		updateAlias: (request) => changeAlias(deps, 'UpdateAlias', request),
		updateKeyDescription: (request) => updateKeyDescription(deps, request),
		getParametersForImport: (request) => getParametersForImport(deps, request),
		importKeyMaterial: (request) => importKeyMaterial(deps, request),
		deleteKeyMaterial: (request) => deleteKeyMaterial(deps, request),
		enableKey: (request) => changeKeyState(deps, 'EnableKey', request),
		disableKey: (request) => changeKeyState(deps, 'DisableKey', request),
		scheduleKeyDeletion: (request) => scheduleKeyDeletion(deps, request),
		cancelKeyDeletion: (request) => cancelKeyDeletion(deps, request),
		encrypt: (request) => encrypt(deps, request),
		generateDataKey: (request) => generateDataKey(deps, request),
		decrypt: (request) => decrypt(deps, request)
	};
}
