/**
 * The service: every operation of `Kms` over one database. Each runs the same way: read, decide purely, do the crypto,
 * then one short transaction that re-reads and decides again. A refusal writes one audit event and nothing else.
 */
import type { Kms } from '../domain/kms';
import type { EngineDeps } from './deps';
import { createCmk } from './operations/create-cmk';
import { decrypt } from './operations/decrypt';
import { deleteKeyMaterial } from './operations/delete-key-material';
import { describeKey } from './operations/describe-key';
import { encrypt } from './operations/encrypt';
import { getParametersForImport } from './operations/get-parameters-for-import';
import { importKeyMaterial } from './operations/import-key-material';
import { listKeys } from './operations/list-keys';

export function createKms(deps: EngineDeps): Kms {
	return {
		createCmk: (request) => createCmk(deps, request),
		describeKey: (request) => describeKey(deps, request),
		listKeys: (request) => listKeys(deps, request),
		getParametersForImport: (request) => getParametersForImport(deps, request),
		importKeyMaterial: (request) => importKeyMaterial(deps, request),
		deleteKeyMaterial: (request) => deleteKeyMaterial(deps, request),
		encrypt: (request) => encrypt(deps, request),
		decrypt: (request) => decrypt(deps, request)
	};
}
