/** Every cell of state × operation: outcome, mark and source, written down once more by hand from the documents. */
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '$lib/domain/events';
import { KEY_STATES, type KeyState } from '$lib/domain/key';
import { DEFAULT_SETTINGS } from '$lib/domain/settings';
import {
	EXTERNAL_ONLY,
	FIRST_STATE,
	STATE_TABLE,
	stateAfter,
	stateRefusal,
	STRICT_REIMPORT,
	TIMER_TABLE,
	verdictFor,
	type KeyOperation,
	type Marked
} from '$lib/domain/state-table';

const STRICT = { ...DEFAULT_SETTINGS, reimport: 'pendingImportOnly' } as const;

/**
 * `outcome mark source`, in the order ENABLED, DISABLED, PENDING_IMPORT, PENDING_DELETE. Where the state afterwards rests
 * on something else than the permission, what it rests on follows a semicolon. domain.md 1.4 and 2.1.
 */
const documented: Readonly<Record<KeyOperation, readonly [string, string, string, string]>> = {
	DescribeKey: ['ENABLED A R1', 'DISABLED A R1', 'PENDING_IMPORT A R1', 'PENDING_DELETE A R1'],
	// 2.1: CreateAlias is answered with Rejected.StateModifiedFailed, the other two with Rejected.PendingDeletion
	CreateAlias: ['ENABLED A R1', 'DISABLED A R1', 'PENDING_IMPORT A R1', 'KeyStateInvalid A R1'],
	UpdateAlias: ['ENABLED A R1', 'DISABLED A R1', 'PENDING_IMPORT A R1', 'KeyPendingDelete A R1'],
	UpdateKeyDescription: [
		'ENABLED A R1',
		'DISABLED A R1',
		'PENDING_IMPORT A R1',
		'KeyPendingDelete A R1'
	],
	GetParametersForImport: [
		'ENABLED A R1',
		'DISABLED A R1',
		'PENDING_IMPORT P S2',
		'KeyStateInvalid D own'
	],
	ImportKeyMaterial: [
		'ENABLED P S12, C1',
		'DISABLED P S12, C1; D own',
		'ENABLED P S1, S12; A R1',
		'KeyStateInvalid P S1, S12'
	],
	DeleteKeyMaterial: [
		'PENDING_IMPORT P S3, S13',
		'PENDING_IMPORT P S3, S13',
		'PENDING_IMPORT A R1',
		'PENDING_DELETE P S3, S13'
	],
	EnableKey: ['ENABLED A R1', 'ENABLED A R1', 'KeyStateInvalid A R1', 'KeyStateInvalid A R1'],
	DisableKey: ['DISABLED P S15', 'DISABLED A R1', 'KeyStateInvalid A R1', 'KeyStateInvalid A R1'],
	ScheduleKeyDeletion: [
		'PENDING_DELETE P S7, S14',
		'PENDING_DELETE A R1; P S7, S14',
		'PENDING_DELETE A R1; P S7, S14',
		'KeyStateInvalid A R1'
	],
	CancelKeyDeletion: [
		'KeyStateInvalid A R1',
		'KeyStateInvalid A R1',
		'KeyStateInvalid A R1',
		'ENABLED|PENDING_IMPORT P S6, S14; A R1; D own'
	],
	Encrypt: [
		'ENABLED P S8, S9',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	],
	GenerateDataKey: [
		'ENABLED P S16',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	],
	Decrypt: [
		'ENABLED P S17',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	]
};

/** What the rules really answer, with and without material, and what the table says that rests on. */
function cell(operation: KeyOperation, state: KeyState, settings = DEFAULT_SETTINGS): string {
	const refusal = stateRefusal(operation, state, settings);
	const outcomes = refusal
		? [refusal.code]
		: [true, false].map((holdsMaterial) => stateAfter(operation, state, holdsMaterial));
	const verdict = verdictFor(operation, state, settings);
	const evidence: (Marked | undefined)[] = [verdict];
	if ('becomes' in verdict) evidence.push(verdict.effect);
	if ('becomesWithout' in verdict) evidence.push(verdict.effectWithMaterial, verdict.effectWithout);
	const marks = evidence.flatMap((marked) => (marked ? [`${marked.mark} ${marked.source}`] : []));
	return `${[...new Set<string>(outcomes)].join('|')} ${marks.join('; ')}`;
}

describe.each(Object.entries(documented))('%s', (operation, cells) => {
	test.each(KEY_STATES.map((state, index) => [state, cells[index]] as const))(
		'in %s: %s',
		(state, expected) => {
			expect(cell(operation as KeyOperation, state)).toBe(expected);
		}
	);
});

test('the table has a row for every operation on one CMK and for no other', () => {
	const onOneCmk = OPERATIONS.filter((name) => name !== 'CreateCmk' && name !== 'ListKeys');
	expect(Object.keys(STATE_TABLE).sort()).toEqual([...onOneCmk].sort());
	for (const row of Object.values(STATE_TABLE)) expect(Object.keys(row)).toEqual([...KEY_STATES]);
});

test('a row without one of its states, and a table without one of its rows, do not compile', () => {
	const { PENDING_DELETE: left, ...incompleteRow } = STATE_TABLE.EnableKey;
	// @ts-expect-error -- PENDING_DELETE is missing
	const row: (typeof STATE_TABLE)['EnableKey'] = incompleteRow;
	const { EnableKey: leftOut, ...incompleteTable } = STATE_TABLE;
	// @ts-expect-error -- EnableKey is missing
	const table: typeof STATE_TABLE = incompleteTable;
	expect([left, leftOut, row, table]).not.toContain(undefined);
});

test('the strict reading of C1 refuses an import while the CMK holds material, and changes nothing else', () => {
	const strictly = new Map<string, string>([
		['ImportKeyMaterial ENABLED', 'KeyStateInvalid P S1, S12, C1'],
		['ImportKeyMaterial DISABLED', 'KeyStateInvalid P S1, S12, C1']
	]);
	expect(Object.keys(STRICT_REIMPORT)).toEqual(['ENABLED', 'DISABLED']);
	for (const operation of Object.keys(documented) as KeyOperation[])
		for (const state of KEY_STATES)
			expect(cell(operation, state, STRICT)).toBe(
				strictly.get(`${operation} ${state}`) ?? cell(operation, state)
			);
});

test('a CMK of origin KMS takes no operation on imported material', () => {
	expect(EXTERNAL_ONLY).toEqual({
		GetParametersForImport: { mark: 'P', source: 'S11' },
		ImportKeyMaterial: { mark: 'P', source: 'S12' },
		DeleteKeyMaterial: { mark: 'P', source: 'S3, S13' }
	});
});

test('a CMK begins ENABLED or PENDING_IMPORT, by its origin', () => {
	expect(FIRST_STATE).toEqual({
		KMS: { becomes: 'ENABLED', mark: 'P', source: 'S9' },
		EXTERNAL: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S2' }
	});
});

test('time takes the material from every state that has it, and the CMK from PENDING_DELETE alone', () => {
	expect(TIMER_TABLE).toEqual({
		ExpireKeyMaterial: {
			ENABLED: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S1, S3' },
			DISABLED: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S1, S3' },
			PENDING_IMPORT: null,
			PENDING_DELETE: { becomes: 'PENDING_DELETE', mark: 'P', source: 'S3' }
		},
		DeleteCmk: {
			ENABLED: null,
			DISABLED: null,
			PENDING_IMPORT: null,
			PENDING_DELETE: { becomes: 'gone', mark: 'P', source: 'S6, S14' }
		}
	});
});
