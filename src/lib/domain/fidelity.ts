/**
 * Where every rule comes from, beside those of the state table: data of the page Proof and of `docs/fidelity.md`. A mark
 * is never better than its source; what is said in words is the page's.
 */
import type { Mark, Marked } from './state-table';

export const RULE_GROUPS = [
	'keys',
	'import',
	'use',
	'time',
	'answers',
	'contradictions',
	'sandbox'
] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

type Rules = Readonly<Record<string, readonly [mark: Mark, source: string]>>;

/** For a contradiction: the pages that contradict each other, and the mark of how it is settled here. */
const MARKED = {
	keys: {
		keyUsage: ['P', 'S9'],
		materialLength: ['P', 'S12'],
		materialBound: ['P', 'S1, S12, S13'],
		ciphertextBound: ['P', 'S3, S12'],
		deleteMaterial: ['P', 'S3, S13'],
		noRotation: ['P', 'S1'],
		aliasUnique: ['P', 'S9'],
		oneAlias: ['D', 'own'],
		textLimits: ['D', 'own']
	},
	import: {
		wrappingKey: ['P', 'S2, S11'],
		publicKeyForm: ['A', 'R3'],
		wrappingAlgorithms: ['P', 'S11'],
		mgf1: ['D', 'own'],
		binding: ['P', 'S2, S11'],
		tokenReuse: ['A', 'R2'],
		parametersPendingDelete: ['D', 'own'],
		apiEncoding: ['P', 'S11'],
		uploadForms: ['D', 'own'],
		expiryField: ['A', 'R3']
	},
	use: {
		encryptLimit: ['P', 'S8, S9'],
		dataKey: ['P', 'S16'],
		encryptionContext: ['P', 'S16, S17'],
		decryptBlob: ['P', 'S17']
	},
	time: {
		tokenLife: ['P', 'S11'],
		defaultExpiry: ['P', 'S1'],
		expiredAtOnce: ['D', 'own'],
		removal: ['P', 'S1, S14'],
		window: ['P', 'S6, S7'],
		deletionEnds: ['P', 'S6, S14'],
		cancelState: ['A', 'R1'],
		cancelStateEmpty: ['D', 'own'],
		dates: ['P', 'S9'],
		zone: ['D', 'own']
	},
	answers: {
		envelope: ['P', 'S13, S15, S16, S17'],
		codes: ['D', 'own'],
		order: ['D', 'own'],
		silence: ['D', 'own'],
		fieldNames: ['D', 'own']
	},
	contradictions: {
		C1: ['P', 'S1, S12'],
		C2: ['P', 'S9, S12'],
		C3: ['P', 'S2, S9, S11'],
		C4: ['D', 'S2, S9'],
		C5: ['D', 'S9, S11, S12'],
		C6: ['D', 'S1, S11'],
		C7: ['P', 'S1'],
		C8: ['P', 'S9'],
		C9: ['P', 'S13, S18'],
		C10: ['P', 'S6, S7, S14'],
		C11: ['D', 'S1'],
		C12: ['P', 'S6, S7, S9']
	},
	sandbox: {
		privateKeys: ['D', 'own'],
		formats: ['D', 'own'],
		storageFull: ['D', 'own'],
		diagnosis: ['D', 'own'],
		clock: ['D', 'own'],
		undo: ['D', 'own'],
		auditLog: ['D', 'own'],
		workspaces: ['D', 'own'],
		account: ['D', 'own']
	}
} as const satisfies Readonly<Record<RuleGroup, Rules>>;

export type RuleId = { [Group in RuleGroup]: keyof (typeof MARKED)[Group] }[RuleGroup];

/** Rules where a trainee may find something else at a real service, or nothing like it. */
const DIFFERING = [
	'oneAlias',
	'textLimits',
	'parametersPendingDelete',
	'uploadForms',
	'expiredAtOnce',
	'removal',
	'cancelState',
	'cancelStateEmpty',
	'zone',
	'codes',
	'order',
	'silence',
	'fieldNames',
	'C1',
	'C4',
	'C5',
	...(Object.keys(MARKED.sandbox) as (keyof typeof MARKED.sandbox)[])
] as const satisfies readonly RuleId[];
export type DifferingRuleId = (typeof DIFFERING)[number];

export interface Rule extends Marked {
	readonly id: RuleId;
	readonly group: RuleGroup;
}

export const RULES: readonly Rule[] = RULE_GROUPS.flatMap((group) =>
	Object.entries<readonly [Mark, string]>(MARKED[group]).map(([id, [mark, source]]) => ({
		id: id as RuleId,
		group,
		mark,
		source
	}))
);

export function isDiffering(id: RuleId): id is DifferingRuleId {
	return DIFFERING.some((differing) => differing === id);
}

/** A page as it was read; the address has no scheme, because the product names addresses and opens none. */
export interface SourceDocument {
	readonly title: string;
	readonly address: string;
}

/** The provider's help pages, and its closest relative's: those that a rule rests on. */
export const DOCUMENTS = {
	S1: {
		title: 'Upload Encrypted Key Material and Import Token',
		address: 'pingancloud.com/ssr/help/manage/kms/oguaid.keyimport.uploadencry'
	},
	S2: {
		title: 'Get Parameters for Import (first half)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/quickstart.keyimport.getmaterial'
	},
	S3: {
		title: 'Delete Key Material (without its steps)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/quickstart.keyimport.Deletekeymaterial'
	},
	S6: {
		title: 'FAQ (first four questions)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/FAQs.FAQs'
	},
	S7: {
		title: 'Schedule Key Deletion (without its steps)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/oguaid.mgtkey.plandel'
	},
	S8: {
		title: 'Product overview and scenarios (in part)',
		address: 'yun.pingan.com/ssr/help/manage/kms/Introduction'
	},
	S9: {
		title: 'API: CreateCmk (nearly whole)',
		address: 'fincloud.pinganyun.com/ssr/help/manage/kms/API.KeyManagementInterface.CreateCMK'
	},
	S11: {
		title: 'API: GetParametersForImport (without its fields)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/API.KeyApplicationInterface.getparameters'
	},
	S12: {
		title: 'API: ImportKeyMaterial (without its fields)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/API.KeyApplicationInterface.IMPORTKEYMATERIAL'
	},
	S13: {
		title: 'API: DeleteKeyMaterial',
		address:
			'pingancloud.com/ssr/help/manage/kms?menuItem=API.KeyApplicationInterface.DELETEKEYMATERIAL'
	},
	S14: {
		title: 'API: ScheduleKeyDeletion (rules and first field)',
		address: 'cloud.pingan.com/ssr/help/manage/kms/API.KeyManagementInterface.ScheduleKeyDeletion'
	},
	S15: {
		title: 'API: DisableKey',
		address:
			'fincloud.pinganyun.com/ssr/help/api_center/API_DOC?menuItem=KMS_API.KeyManagementInterface.DisableKey'
	},
	S16: {
		title: 'API: GenerateDataKey',
		address:
			'pinganyun.com/ssr/help/manage/kms?menuItem=API.KeyApplicationInterface.GenerateDataKey'
	},
	S17: {
		title: 'API: Decrypt',
		address:
			'fincloud.pinganyun.com/ssr/help/api_center/API_DOC/KMS_API.KeyApplicationInterface.Decrypt'
	},
	S18: {
		title: 'OpenAPI use guide (first half)',
		address: 'yun.pingan.com/ssr/help/api_center/API_GUIDE/API_Guide.Use_guide'
	},
	R1: {
		title: 'Alibaba Cloud KMS, API Reference: Impact of CMK states on API call',
		address: 'github.com/AlibabaCloudDocs/kms'
	},
	R2: {
		title: 'Alibaba Cloud KMS: Import key material',
		address: 'github.com/AlibabaCloudDocs/kms'
	},
	R3: {
		title: 'Alibaba Cloud KMS, API Reference: Key',
		address: 'github.com/AlibabaCloudDocs/kms'
	}
} as const satisfies Readonly<Record<string, SourceDocument>>;
