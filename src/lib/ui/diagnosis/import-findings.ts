/** What was found about the files of an import, in words. */
import type { Finding } from '$lib/diagnosis/diagnosis';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import { m } from '$lib/paraglide/messages';
import { localTime } from '$lib/ui/texts/times';
import {
	fieldName,
	materialFileRemedy,
	materialRemedy,
	nameLook,
	nameMaterialLook,
	tokenFileRemedy
} from './looks';
import { JAVA_PARAMETERS, OPTIONS, PADDING_NAMES, whyUsed, wrapAgain } from './paddings';
import { nameKey, span, type Tellers } from './told';

export const TELL_OF_IMPORTS: Tellers<
	| 'otherAlgorithm'
	| 'otherCall'
	| 'encodedTwice'
	| 'wrongFile'
	| 'fieldsSwapped'
	| 'nothingOpensIt'
	| 'callUndone'
	| 'materialLooks'
	| 'materialOfOtherKey'
	| 'newMaterial'
	| 'expiryInPast'
	| 'expiryInMilliseconds'
> = {
	otherAlgorithm: ({ callNumber: call, asked, used }, keyId) => ({
		found: sentences(
			m.diagnosis_other_algorithm({
				call,
				used: PADDING_NAMES[used],
				asked: PADDING_NAMES[asked]
			}),
			whyUsed(used)
		),
		remedy: isOffered(used)
			? m.diagnosis_add_options_or({ options: OPTIONS[asked], used })
			: m.diagnosis_add_options({ options: OPTIONS[asked] }),
		...(used === 'OAEP_SHA_256_MGF1_SHA_1' && asked === 'RSAES_OAEP_SHA_256'
			? { code: JAVA_PARAMETERS }
			: {}),
		actions: wrapAgain(keyId, call, asked)
	}),

	otherCall: ({ tokenCallNumber: token, callNumber: call, key, asked, used }, keyId) => ({
		found: sentences(
			key
				? m.diagnosis_other_key_call({ key: nameKey(key), call })
				: m.diagnosis_other_call({ call, token }),
			...(used === asked
				? []
				: [
						m.diagnosis_other_call_padding({
							used: PADDING_NAMES[used],
							asked: PADDING_NAMES[asked]
						})
					])
		),
		remedy:
			key || used !== asked
				? m.diagnosis_other_key_remedy({ token })
				: m.diagnosis_other_call_remedy({ call, token }),
		actions: wrapAgain(keyId, token, asked)
	}),

	encodedTwice: ({ field, outer, inner }) => ({
		found: m.diagnosis_encoded_twice({ field: fieldName(field), outer, inner }),
		remedy:
			field === 'importToken' ? m.diagnosis_try_token_again() : m.diagnosis_encoded_twice_remedy()
	}),

	wrongFile: ({ field, look, bytes }, keyId) => ({
		found:
			look === 'empty'
				? m.diagnosis_wrong_file_empty({ field: fieldName(field) })
				: m.diagnosis_wrong_file({ field: fieldName(field), look: nameLook(look), bytes }),
		...(field === 'importToken' ? tokenFileRemedy(look) : materialFileRemedy(look, keyId))
	}),

	fieldsSwapped: () => ({
		found: m.diagnosis_fields_swapped(),
		remedy: m.diagnosis_fields_swapped_remedy({
			material: m.import_material(),
			token: m.import_token()
		})
	}),

	nothingOpensIt: ({ callNumber: call, asked, openCalls: tried, closedCalls: closed }, keyId) => ({
		found: sentences(
			m.diagnosis_nothing_opens({ tried }),
			closed > 0
				? m.diagnosis_nothing_opens_closed({ closed })
				: m.diagnosis_nothing_opens_damaged()
		),
		remedy: m.diagnosis_wrap_again({ call }),
		actions: wrapAgain(keyId, call, asked)
	}),

	callUndone: () => ({
		found: m.diagnosis_call_undone(),
		remedy: m.diagnosis_get_parameters_again()
	}),

	materialLooks: ({ look, bytes, bound }, keyId) => ({
		found:
			look === 'empty'
				? m.diagnosis_material_empty()
				: m.diagnosis_material_looks({ bytes, look: nameMaterialLook(look) }),
		...materialRemedy(look, keyId, bound)
	}),

	materialOfOtherKey: ({ key }) => ({
		found: m.diagnosis_material_of_other({ key: nameKey(key) }),
		remedy: m.diagnosis_material_of_other_remedy()
	}),

	newMaterial: ({ firstImportedAtMs: firstMs }) => ({
		found:
			firstMs === null
				? m.diagnosis_new_material_always()
				: m.diagnosis_new_material({ when: localTime(firstMs) }),
		remedy: m.diagnosis_new_material_remedy()
	}),

	expiryInPast: ({ expireAtMs, nowMs, probably }) => {
		const expire = localTime(expireAtMs);
		switch (probably) {
			case 'wrongUnit':
				return {
					found: m.diagnosis_expiry_unit({ expire }),
					remedy: m.diagnosis_expiry_unit_remedy()
				};
			case 'realTimeForSandboxTime':
				return {
					found: m.diagnosis_expiry_real_time({ expire, now: localTime(nowMs) }),
					remedy: m.diagnosis_expiry_remedy()
				};
			case 'past':
				return {
					found: m.diagnosis_expiry_past({ expire, late: span(nowMs - expireAtMs) }),
					remedy: m.diagnosis_expiry_remedy()
				};
		}
	},

	expiryInMilliseconds: ({ expireAtMs }) => ({
		found: m.diagnosis_expiry_milliseconds({ expire: localTime(expireAtMs) }),
		remedy: m.diagnosis_expiry_unit_remedy()
	})
};

/** Chinese sentences stand close together. */
const sentences = (...all: readonly string[]): string =>
	all.reduce((text, next) => text + (/[。！？：；]$/.test(text) ? '' : ' ') + next);

const isOffered = (
	used: Extract<Finding, { kind: 'otherAlgorithm' }>['used']
): used is WrappingAlgorithm => used in OPTIONS;
