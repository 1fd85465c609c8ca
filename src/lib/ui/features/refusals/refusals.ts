/**
 * What a refusal means, in the trainee's words: the second of the two answers. The first, what the service says, is
 * `refusal.message` and is never reworded. The table is complete by its type: a code without a text does not compile.
 */
import type { FileAction } from '$lib/customer/file-actions';
import { keyMaterialFileName, remadeMaterialFileName } from '$lib/customer/file-names';
import type { Refusal, RefusalCode } from '$lib/domain/refusals';
import { m } from '$lib/paraglide/messages';
import { localZone } from '../../kit/local-time';
import { stateName } from '../key-facts/state-names';
import { localTime } from '../../kit/times';

export interface Explanation {
	readonly happened: string;
	/** Most likely first. */
	readonly causes: readonly [string, ...string[]];
	readonly advice: string;
	/** They carry the advice out, and are shown as commands. */
	readonly actions?: readonly FileAction[];
}

type DetailsOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>['details'];

type Explainers = {
	readonly [Code in RefusalCode]: (details: DetailsOf<Code>) => Explanation;
};

const WRAPPED = 'EncryptedKeyMaterial_again.bin';
const WRAP_AGAIN: readonly FileAction[] = [
	{
		act: 'wrap',
		algorithm: 'RSAES_OAEP_SHA_256',
		publicKey: 'PublicKey.pem',
		from: keyMaterialFileName(),
		to: WRAPPED
	},
	{ act: 'sizes', of: [WRAPPED] }
];

const EXPLAINERS: Explainers = {
	KeyNotFound: () => ({
		happened: m.refusal_key_not_found_happened(),
		causes: [m.refusal_key_not_found_cause()],
		advice: m.refusal_key_not_found_try()
	}),
	KeyNotExternal: () => ({
		happened: m.refusal_key_not_external_happened(),
		causes: [m.refusal_key_not_external_cause()],
		advice: m.refusal_key_not_external_try()
	}),
	KeyStateInvalid: ({ state }) => ({
		happened: m.refusal_key_state_invalid_happened({ state: stateName(state) }),
		...(state === 'PENDING_DELETE'
			? { causes: [m.refusal_key_state_invalid_cause()], advice: m.refusal_key_state_invalid_try() }
			: {
					causes: [m.refusal_key_state_invalid_cause_other()],
					advice: m.refusal_key_state_invalid_try_other()
				})
	}),
	KeyDisabled: () => ({
		happened: m.refusal_key_disabled_happened(),
		causes: [m.refusal_key_disabled_cause()],
		advice: m.refusal_key_disabled_try()
	}),
	KeyPendingDelete: () => ({
		happened: m.refusal_key_pending_delete_happened(),
		causes: [m.refusal_key_pending_delete_cause()],
		advice: m.refusal_key_pending_delete_try()
	}),
	KeyPendingImport: () => ({
		happened: m.refusal_key_pending_import_happened(),
		causes: [m.refusal_key_pending_import_cause()],
		advice: m.refusal_key_pending_import_try()
	}),
	InvalidParameter: ({ parameter }) => invalidParameter(parameter),
	ImportTokenInvalid: () => ({
		happened: m.refusal_token_invalid_happened(),
		causes: [
			m.refusal_token_invalid_cause_other(),
			m.refusal_token_invalid_cause_field(),
			m.refusal_token_invalid_cause_damage()
		],
		advice: m.refusal_token_invalid_try()
	}),
	ImportTokenExpired: ({ expiredAtMs }) => ({
		happened: m.refusal_token_expired_happened({ when: localTime(expiredAtMs) }),
		causes: [m.refusal_token_expired_cause()],
		advice: m.refusal_token_expired_try()
	}),
	MaterialDecryptFailed: () => ({
		happened: m.refusal_decrypt_failed_happened(),
		causes: [
			m.refusal_decrypt_failed_cause_digest(),
			m.refusal_decrypt_failed_cause_pair(),
			m.refusal_decrypt_failed_cause_file()
		],
		advice: m.refusal_decrypt_failed_try(),
		actions: WRAP_AGAIN
	}),
	MaterialLengthInvalid: ({ requiredBytes, actualBytes }) => ({
		happened: m.refusal_length_happened({ required: requiredBytes, actual: actualBytes }),
		...lengthExplanation(actualBytes)
	}),
	MaterialNotMatch: () => ({
		happened: m.refusal_not_match_happened(),
		causes: [m.refusal_not_match_cause()],
		advice: m.refusal_not_match_try()
	}),
	ExpireTimeInvalid: ({ expireAtMs, nowMs }) => ({
		happened: m.refusal_expire_time_happened({
			expire: localTime(expireAtMs),
			now: localTime(nowMs),
			zone: localZone(expireAtMs)
		}),
		causes: [m.refusal_expire_time_cause()],
		advice: m.refusal_expire_time_try()
	}),
	AliasExists: ({ alias }) => ({
		happened: m.refusal_alias_exists_happened({ alias }),
		causes: [m.refusal_alias_exists_cause()],
		advice: m.refusal_alias_exists_try()
	}),
	PendingWindowInvalid: () => ({
		happened: m.refusal_window_happened(),
		causes: [m.refusal_window_cause()],
		advice: m.refusal_window_try()
	}),
	StorageFull: () => ({
		happened: m.refusal_storage_happened(),
		causes: [m.refusal_storage_cause()],
		advice: m.refusal_storage_try()
	})
};

export function explain(refusal: Refusal): Explanation {
	// The table's type pairs each code with its own details; TypeScript cannot follow that through an index.
	const explainer = EXPLAINERS[refusal.code] as (details: Refusal['details']) => Explanation;
	return explainer(refusal.details);
}

/** The lengths that the usual mistakes give: text of 32 bytes instead of the bytes, with and without a line break. */
function lengthExplanation(actualBytes: number): Omit<Explanation, 'happened'> {
	const to = remadeMaterialFileName('decoded');
	const decode = (act: 'hexToBytes' | 'base64ToBytes', from: string): readonly FileAction[] => [
		{ act, from, to },
		{ act: 'sizes', of: [to] }
	];
	if (actualBytes === 64 || actualBytes === 65)
		return {
			causes: [m.refusal_length_cause_hex()],
			advice: m.refusal_length_try_hex(),
			actions: decode('hexToBytes', 'KeyMaterial.hex')
		};
	if (actualBytes === 44 || actualBytes === 45)
		return {
			causes: [m.refusal_length_cause_base64()],
			advice: m.refusal_length_try_hex(),
			actions: decode('base64ToBytes', 'KeyMaterial.b64')
		};
	return {
		causes: [
			actualBytes === 33 ? m.refusal_length_cause_newline() : m.refusal_length_cause_other()
		],
		advice: m.refusal_length_try(),
		actions: [{ act: 'sizes', of: [keyMaterialFileName()] }]
	};
}

function invalidParameter(parameter: string): Explanation {
	const happened = m.refusal_invalid_parameter_happened({ parameter });
	const advice = m.refusal_invalid_parameter_try();
	switch (parameter) {
		case 'alias':
			return { happened, causes: [m.refusal_alias_cause()], advice };
		case 'description':
		case 'encryptionContext':
			return { happened, causes: [m.refusal_long_text_cause()], advice };
		case 'encryptedKeyMaterial':
		case 'importToken':
			return {
				happened,
				causes: [m.refusal_upload_cause()],
				advice: m.refusal_upload_try(),
				actions: [{ act: 'sizesOfAll', endings: ['bin', 'hex'] }]
			};
		case 'plainText':
			return {
				happened,
				causes: [m.refusal_plain_text_cause()],
				advice: m.refusal_plain_text_try()
			};
		case 'cipherTextBlob':
			return {
				happened: m.refusal_cipher_text_happened(),
				causes: [
					m.refusal_cipher_text_cause_context(),
					m.refusal_cipher_text_cause_damage(),
					m.refusal_cipher_text_cause_other()
				],
				advice: m.refusal_cipher_text_try()
			};
		case 'numberOfBytes':
			return { happened, causes: [m.refusal_number_cause()], advice };
		case 'keyMaterialExpireUnix':
			return { happened, causes: [m.refusal_expire_unix_cause()], advice };
		default:
			return { happened, causes: [m.refusal_invalid_parameter_cause()], advice };
	}
}
