/** What was found about the files of an import, in words. */
import { callFileNames, decodedFileName, decodedTokenFileName } from '$lib/customer/file-names';
import type { Evidence, FileIs, FirstMaterial } from '$lib/diagnosis/diagnosis';
import type { EpochMs } from '$lib/domain/time';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import type { CiphertextRepair, MaterialForm } from '$lib/recognition/repairs';
import { localZone } from '$lib/ui/kit/local-time';
import { nameFile } from '$lib/ui/features/key-facts/file-kinds';
import { localTime } from '$lib/ui/kit/times';
import { fieldName, materialFileRemedy, materialRemedy, tokenFileRemedy } from './file-remedies';
import {
	algorithmName,
	JAVA_PARAMETERS,
	OPTIONS,
	paddingName,
	whyUsed,
	wrapAgain
} from './paddings';
import { nameKey, span, type Tellers, type Told } from './told';

export const TELL_OF_IMPORTS: Tellers<
	| 'otherAlgorithm'
	| 'otherCall'
	| 'fileIs'
	| 'tooLarge'
	| 'fieldsSwapped'
	| 'nothingOpensIt'
	| 'callUndone'
	| 'materialIs'
	| 'materialOfOtherKey'
	| 'newMaterial'
	| 'expiryInPast'
	| 'expiryInMilliseconds'
> = {
	otherAlgorithm: ({ callNumber: call, asked, used, digests, offered, evidence }, keyId) => ({
		found: sentences(
			m.diagnosis_other_algorithm({ call, used: paddingName(used), asked: algorithmName(asked) }),
			...doubtOf(evidence),
			whyUsed(used, digests)
		),
		remedy: offered
			? m.diagnosis_add_options_or({ options: OPTIONS[asked], used: offered })
			: m.diagnosis_add_options({ options: OPTIONS[asked] }),
		...(digests === 'java' && asked === 'RSAES_OAEP_SHA_256' && { code: JAVA_PARAMETERS }),
		actions: wrapAgain(keyId, call, asked)
	}),

	otherCall: (
		{ tokenCallNumber: token, callNumber: call, key, asked, otherPadding, evidence },
		keyId
	) => ({
		found: sentences(
			key
				? m.diagnosis_other_key_call({ key: nameKey(key), call })
				: m.diagnosis_other_call({ call, token }),
			...(otherPadding
				? [
						m.diagnosis_other_call_padding({
							used: paddingName(otherPadding),
							asked: algorithmName(asked)
						})
					]
				: []),
			...doubtOf(evidence)
		),
		remedy:
			key || otherPadding
				? m.diagnosis_other_key_remedy({ token })
				: m.diagnosis_other_call_remedy({ call, token }),
		actions: wrapAgain(keyId, token, asked)
	}),

	fileIs: (finding, keyId) => {
		const { field, named } = finding;
		const file = undoneFile(finding, keyId);
		const isEmpty = named.content === 'empty' && named.layers.length === 0;
		const names = { field: fieldName(field), file: nameFile(named) };
		const found = isEmpty ? m.diagnosis_file_empty(names) : m.diagnosis_file_is(names);
		const right =
			field === 'importToken' ? m.diagnosis_undone_token() : m.diagnosis_undone_decrypts();
		return {
			found: file ? sentences(found, right) : found,
			...(field === 'importToken' ? tokenFileRemedy(named) : materialFileRemedy(named, keyId)),
			...(file && { file })
		};
	},

	tooLarge: ({ field }) => ({
		found: m.diagnosis_too_large({ field: fieldName(field), bytes: LONGEST_UPLOAD_BYTES }),
		remedy: m.diagnosis_too_large_remedy()
	}),

	fieldsSwapped: () => ({
		found: m.diagnosis_fields_swapped(),
		remedy: m.diagnosis_fields_swapped_remedy({
			material: m.import_material(),
			token: m.import_token()
		})
	}),

	nothingOpensIt: (finding, keyId) => ({
		found: sentences(
			finding.tried < finding.openCalls
				? m.diagnosis_nothing_opens_of({ tried: finding.tried, open: finding.openCalls })
				: m.diagnosis_nothing_opens({ tried: finding.tried }),
			m.diagnosis_tried_paddings(),
			...(finding.triedAs.length > 0
				? [m.diagnosis_tried_as({ list: listOf(finding.triedAs.map(nameRepair)) })]
				: []),
			finding.closedCalls > 0
				? m.diagnosis_nothing_opens_closed({ closed: finding.closedCalls })
				: m.diagnosis_nothing_opens_perhaps()
		),
		remedy: m.diagnosis_wrap_again({ call: finding.callNumber }),
		actions: wrapAgain(keyId, finding.callNumber, finding.asked)
	}),

	callUndone: () => ({
		found: m.diagnosis_call_undone(),
		remedy: m.diagnosis_get_parameters_again()
	}),

	materialIs: ({ named, plaintextBytes: bytes, first, evidence }, keyId) => ({
		found: sentences(
			bytes === 0
				? m.diagnosis_material_empty()
				: m.diagnosis_material_is({ bytes, file: nameFile(named) }),
			...(bytes === 0 ? [] : comparison(first)),
			...doubtOf(evidence)
		),
		...materialRemedy(named, keyId, first)
	}),

	materialOfOtherKey: ({ key }) => ({
		found: sentences(
			m.diagnosis_material_of_other({ key: nameKey(key) }),
			m.diagnosis_same_fingerprint()
		),
		remedy: m.diagnosis_material_of_other_remedy()
	}),

	newMaterial: ({ firstImportedAtMs: firstMs, othersCompared }) => ({
		found: sentences(
			firstMs === null
				? m.diagnosis_new_material_always()
				: m.diagnosis_new_material({ when: localTime(firstMs) }),
			...(othersCompared > 0 ? [m.diagnosis_new_material_others({ others: othersCompared })] : [])
		),
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
					found: sentences(
						m.diagnosis_expiry_real_time({ expire, now: localTime(nowMs) }),
						inZoneOfField(expireAtMs)
					),
					remedy: m.diagnosis_expiry_remedy()
				};
			case 'past':
				return {
					found: sentences(
						m.diagnosis_expiry_past({
							expire,
							late: span(nowMs - expireAtMs),
							now: localTime(nowMs)
						}),
						inZoneOfField(expireAtMs)
					),
					remedy: m.diagnosis_expiry_remedy()
				};
		}
	},

	expiryInMilliseconds: ({ expireAtMs }) => ({
		found: m.diagnosis_expiry_milliseconds({ expire: localTime(expireAtMs) }),
		remedy: m.diagnosis_expiry_unit_remedy()
	})
};

const doubtOf = (evidence: Evidence | undefined): string[] =>
	evidence === 'structure' ? [m.diagnosis_by_structure()] : [];

/** Never with the name of a file that may exist. */
function undoneFile(finding: FileIs, keyId: string): Told['file'] {
	if (!finding.undone) return undefined;
	if (finding.field === 'importToken')
		return { name: decodedTokenFileName, bytes: finding.undone.bytes };
	const { bytes, callNumber } = finding.undone;
	return { name: decodedFileName(callFileNames(keyId, callNumber).encrypted), bytes };
}

/** Both instants of an expiry that was refused are shown in the time zone of its field. */
const inZoneOfField = (ms: EpochMs): string => m.diagnosis_expiry_zone({ zone: localZone(ms) });

/** Chinese has no space between sentences. */
const sentences = (...all: readonly string[]): string =>
	all.reduce((text, next) => text + (/[。！？：；]$/.test(text) ? '' : ' ') + next);

/** How a plaintext compares with the first key material. */
function comparison(first: FirstMaterial): string[] {
	switch (first.is) {
		case 'notSet':
			return [];
		case 'same':
			return [SAME[first.form](), m.diagnosis_same_fingerprint()];
		case 'other':
			return first.formsCompared > 0
				? [m.diagnosis_first_other({ forms: first.formsCompared })]
				: [m.diagnosis_first_no_form()];
	}
}

const SAME: Readonly<Record<MaterialForm, () => string>> = {
	asRead: m.diagnosis_first_as_read,
	lowerCase: m.diagnosis_first_lower_case,
	upperCase: m.diagnosis_first_upper_case,
	hexText: m.diagnosis_first_hex_text,
	base64Text: m.diagnosis_first_base64_text
};

const REPAIR_NAMES: Readonly<Record<CiphertextRepair, () => string>> = {
	reversed: m.diagnosis_repair_reversed,
	swappedPairs: m.diagnosis_repair_swapped_pairs,
	leadingZeroCut: m.diagnosis_repair_leading_zero,
	signByte: m.diagnosis_repair_sign_byte,
	lineBreaksLost: m.diagnosis_repair_line_breaks,
	trailingZeroCut: m.diagnosis_repair_trailing_zero,
	zeroBehind: m.diagnosis_repair_zeros_behind
};

const nameRepair = (repair: CiphertextRepair): string => REPAIR_NAMES[repair]();

const listOf = (items: readonly string[]): string =>
	new Intl.ListFormat(getLocale(), { type: 'disjunction' }).format(items);
