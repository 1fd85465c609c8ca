/** What relatives of the provider answer where the sandbox gives a code of its own (domain.md 1.8). Data of the page Proof. */
import type { RefusalCode } from './refusals';

export interface RelativeCodes {
	/** Absent: not found. A dagger marks the nearest by its description, not a documented pairing. */
	readonly alibaba?: string;
	readonly aws: string;
	readonly tencent: string;
}

/** Everything but StorageFull, which is the browser's. */
export const RELATIVE_CODES: Readonly<Record<Exclude<RefusalCode, 'StorageFull'>, RelativeCodes>> =
	{
		KeyNotFound: {
			alibaba: 'Forbidden.KeyNotFound',
			aws: 'NotFoundException',
			tencent: 'ResourceUnavailable.CmkNotFound'
		},
		KeyNotExternal: {
			aws: 'UnsupportedOperationException',
			tencent: 'UnsupportedOperation.NotExternalCmk'
		},
		KeyStateInvalid: {
			alibaba: 'Rejected.StateModifiedFailed',
			aws: 'KMSInvalidStateException',
			tencent: 'ResourceUnavailable.CmkStateNotSupport'
		},
		KeyDisabled: {
			alibaba: 'Rejected.Disabled',
			aws: 'DisabledException',
			tencent: 'ResourceUnavailable.CmkDisabled'
		},
		KeyPendingDelete: {
			alibaba: 'Rejected.PendingDeletion',
			aws: 'KMSInvalidStateException',
			tencent: 'ResourceUnavailable.CmkStateNotSupport'
		},
		KeyPendingImport: {
			alibaba: 'Rejected.PendingImport',
			aws: 'KMSInvalidStateException',
			tencent: 'ResourceUnavailable.CmkStateNotSupport'
		},
		InvalidParameter: {
			alibaba: 'InvalidParameter',
			aws: 'ValidationException †',
			tencent: 'InvalidParameter †'
		},
		ImportTokenInvalid: { aws: 'InvalidImportTokenException', tencent: 'InvalidParameter †' },
		ImportTokenExpired: {
			aws: 'ExpiredImportTokenException',
			tencent: 'ResourceUnavailable.TokenExpired'
		},
		MaterialDecryptFailed: {
			aws: 'InvalidCiphertextException',
			tencent: 'InvalidParameter.DecryptMaterialError'
		},
		MaterialLengthInvalid: {
			aws: 'IncorrectKeyMaterialException †',
			tencent: 'InvalidParameter †'
		},
		MaterialNotMatch: {
			aws: 'IncorrectKeyMaterialException',
			tencent: 'InvalidParameterValue.MaterialNotMatch'
		},
		ExpireTimeInvalid: { aws: 'ValidationException †', tencent: 'InvalidParameter †' },
		AliasExists: {
			aws: 'AlreadyExistsException',
			tencent: 'InvalidParameterValue.AliasAlreadyExists'
		},
		PendingWindowInvalid: {
			alibaba: 'InvalidParameter †',
			aws: 'ValidationException †',
			tencent: 'InvalidParameter.InvalidPendingWindowInDays'
		}
	};
