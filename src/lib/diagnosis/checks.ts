/** Which check refused, and which passed before it. Pure. */
import { WRAPPED_BYTES } from '../domain/algorithms';
import type { Operation } from '../domain/events';
import type { ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { Refusal } from '../domain/refusals';
import { recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import { IMPORT_CHECKS, OTHER_CHECKS, type Check, type CheckOutcome } from './diagnosis';

/** @returns undefined if the browser refused, not the service */
export function importCheck(
	request: ImportKeyMaterialRequest,
	{ code }: Refusal,
	token: ImportTokenClaims | undefined
): Check | undefined {
	switch (code) {
		case 'InvalidParameter':
			return 'request';
		case 'KeyNotFound':
			return 'keyExists';
		case 'KeyNotExternal':
			return 'originExternal';
		case 'KeyStateInvalid':
			return 'state';
		case 'ImportTokenInvalid':
			return token ? 'tokenOfThisKey' : 'tokenDecodes';
		case 'ImportTokenExpired':
			return 'tokenNotExpired';
		case 'MaterialDecryptFailed':
			return unwrapCheck(request);
		case 'MaterialLengthInvalid':
			return 'length32';
		case 'MaterialNotMatch':
			return 'sameMaterial';
		case 'ExpireTimeInvalid':
			return 'expiryInFuture';
		default:
			return undefined;
	}
}

function unwrapCheck({ encryptedKeyMaterial }: ImportKeyMaterialRequest): Check {
	const bytes = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	if (!bytes) return 'fileDecodes';
	return bytes.length === WRAPPED_BYTES ? 'unwrap' : 'length256';
}

/** The operations, besides the import, that require a CMK with origin EXTERNAL. */
const EXTERNAL = new Set<Operation>(['GetParametersForImport', 'DeleteKeyMaterial']);

/** @returns undefined if the browser refused, not the service */
export function otherCheck({ code, details }: Refusal): Check | undefined {
	switch (code) {
		case 'InvalidParameter':
			// the service decrypts this field, after all other checks
			return 'parameter' in details && details.parameter === 'cipherTextBlob' ? 'rule' : 'request';
		case 'PendingWindowInvalid':
			return 'request';
		case 'KeyNotFound':
			return 'keyExists';
		case 'KeyNotExternal':
			return 'originExternal';
		case 'KeyStateInvalid':
		case 'KeyDisabled':
		case 'KeyPendingDelete':
		case 'KeyPendingImport':
			return 'state';
		case 'AliasExists':
			return 'rule';
		default:
			return undefined;
	}
}

export function checkOutcomes(operation: Operation, refused: Check | undefined): CheckOutcome[] {
	const order = checksOf(operation);
	const at = refused === undefined ? -1 : order.indexOf(refused);
	if (at < 0) return [];
	return order.map((check, index) => ({
		check,
		outcome: index < at ? 'passed' : index === at ? 'refused' : 'notReached'
	}));
}

function checksOf(operation: Operation): readonly Check[] {
	if (operation === 'ImportKeyMaterial') return IMPORT_CHECKS;
	// there is no CMK yet
	if (operation === 'CreateCmk') return ['request', 'rule'];
	return OTHER_CHECKS.filter((check) => check !== 'originExternal' || EXTERNAL.has(operation));
}
