/**
 * Where every rule comes from, beside those of the state table: data of the table of fidelity, in the app and in
 * `docs/fidelity.md`. The texts are the page's.
 */
import type { Mark, Marked } from './state-table';

export const RULE_GROUPS = ['procedure', 'time', 'answers', 'contradictions', 'sandbox'] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

export interface Rule extends Marked {
	readonly id: string;
	readonly group: RuleGroup;
}

const rules = <Id extends string>(
	group: RuleGroup,
	marked: Readonly<Record<Id, readonly [Mark, string]>>
): readonly (Rule & { readonly id: Id })[] =>
	Object.entries<readonly [Mark, string]>(marked).map(([id, [mark, source]]) => ({
		id: id as Id,
		group,
		mark,
		source
	}));

export const RULES = [
	...rules('procedure', {
		wrappingKey: ['P', 'S2, S11'],
		wrappingAlgorithms: ['P', 'S11'],
		mgf1: ['D', '1.2'],
		apiEncoding: ['P', 'S11'],
		uploadForms: ['D', 'C6'],
		binding: ['P', 'S2, S11'],
		tokenReuse: ['A', '2.2'],
		materialLength: ['P', 'S12'],
		materialBound: ['P', 'S1, S12, S13'],
		ciphertextBound: ['P', 'S3, S12'],
		encryptLimit: ['P', 'S8, S9'],
		dataKey: ['P', 'S16'],
		noRotation: ['P', 'S1'],
		oneAlias: ['D', '1.7']
	}),
	...rules('time', {
		tokenLife: ['P', 'S11'],
		defaultExpiry: ['P', 'S1'],
		expiredAtOnce: ['D', 'C11'],
		removal: ['P', 'S1'],
		window: ['P', 'S6, S7'],
		deletionEnds: ['P', 'S6, S14'],
		cancelState: ['D', '1.4'],
		dates: ['D', '1.6']
	}),
	...rules('answers', {
		codes: ['D', '1.8'],
		order: ['D', '1.8'],
		silence: ['A', '3.3'],
		keyStateDigit: ['D', 'C4'],
		fieldNames: ['D', '1.7']
	}),
	...rules('contradictions', {
		C1: ['P', 'S1, S12'],
		C2: ['P', 'S12'],
		C3: ['P', 'S9, S11'],
		C4: ['D', 'S9'],
		C5: ['P', 'S9, S12'],
		C6: ['D', 'S1, S11'],
		C7: ['P', 'S1'],
		C8: ['P', 'S9'],
		C9: ['P', 'S18'],
		C10: ['P', 'S7, S14'],
		C11: ['D', 'S1'],
		C12: ['P', 'S6, S9']
	}),
	...rules('sandbox', {
		privateKeys: ['D', 'sandbox'],
		formats: ['D', 'sandbox'],
		diagnosis: ['D', 'sandbox'],
		clock: ['D', 'sandbox'],
		undo: ['D', 'sandbox'],
		auditLog: ['D', 'sandbox'],
		workspaces: ['D', 'sandbox'],
		account: ['D', 'sandbox']
	})
] as const;

export type RuleId = (typeof RULES)[number]['id'];

/** The documents that the sources name, by their titles (domain.md 1.1). */
export const DOCUMENTS = {
	S1: 'Upload Encrypted Key Material and Import Token',
	S2: 'Get Parameters for Import',
	S3: 'Delete Key Material',
	S6: 'FAQ',
	S7: 'Schedule Key Deletion',
	S8: 'Product overview',
	S9: 'API CreateCmk',
	S11: 'API GetParametersForImport',
	S12: 'API ImportKeyMaterial',
	S13: 'API DeleteKeyMaterial',
	S14: 'API ScheduleKeyDeletion',
	S15: 'API DisableKey',
	S16: 'API GenerateDataKey',
	S17: 'API Decrypt',
	S18: 'OpenAPI use guide'
} as const;
