/** Which field of the import form a refusal is about. */
import type { ImportKeyMaterialRequest } from '$lib/domain/operations/import-key-material';
import type { Refusal, RefusalCode } from '$lib/domain/refusals';

export type ImportField = Exclude<keyof ImportKeyMaterialRequest, 'keyId'>;

const BLAMED: Readonly<Partial<Record<RefusalCode, ImportField>>> = {
	MaterialDecryptFailed: 'encryptedKeyMaterial',
	MaterialLengthInvalid: 'encryptedKeyMaterial',
	MaterialNotMatch: 'encryptedKeyMaterial',
	ImportTokenInvalid: 'importToken',
	ImportTokenExpired: 'importToken',
	ExpireTimeInvalid: 'keyMaterialExpireUnix'
};

const FIELDS: readonly ImportField[] = [
	'encryptedKeyMaterial',
	'importToken',
	'keyMaterialExpireUnix'
];

/** @returns undefined if no field of the form could be filled in otherwise */
export function blamedField(refusal: Refusal): ImportField | undefined {
	if (refusal.code !== 'InvalidParameter') return BLAMED[refusal.code];
	const { parameter } = refusal.details;
	return FIELDS.find((field) => field === parameter);
}
