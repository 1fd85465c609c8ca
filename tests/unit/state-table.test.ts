/** Every cell of state × operation, its outcome, mark and source, written down once more by hand from the documents. */
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
	type KeyOperation
} from '$lib/domain/state-table';

const STRICT = { ...DEFAULT_SETTINGS, reimport: 'pendingImportOnly' } as const;

/** `outcome mark source`, in the order ENABLED, DISABLED, PENDING_IMPORT, PENDING_DELETE. domain.md 1.4 and 2.1. */
const documented: Readonly<Record<KeyOperation, readonly [string, string, string, string]>> = {
	DescribeKey: ['ENABLED A 2.1', 'DISABLED A 2.1', 'PENDING_IMPORT A 2.1', 'PENDING_DELETE A 2.1'],
	CreateAlias: ['ENABLED A 2.1', 'DISABLED A 2.1', 'PENDING_IMPORT A 2.1', 'KeyStateInvalid A 2.1'],
	UpdateAlias: ['ENABLED A 2.1', 'DISABLED A 2.1', 'PENDING_IMPORT A 2.1', 'KeyStateInvalid A 2.1'],
	UpdateKeyDescription: [
		'ENABLED A 2.1',
		'DISABLED A 2.1',
		'PENDING_IMPORT A 2.1',
		'KeyPendingDelete A 2.1'
	],
	GetParametersForImport: [
		'ENABLED A 2.1',
		'DISABLED A 2.1',
		'PENDING_IMPORT P S2',
		'KeyStateInvalid D 1.4'
	],
	ImportKeyMaterial: [
		'ENABLED P S12, C1',
		'DISABLED D 1.4',
		'ENABLED P S1, S12',
		'KeyStateInvalid A 2.1'
	],
	DeleteKeyMaterial: [
		'PENDING_IMPORT P S3, S13',
		'PENDING_IMPORT P S3, S13',
		'PENDING_IMPORT A 2.1',
		'PENDING_DELETE A 2.1'
	],
	EnableKey: ['ENABLED A 2.1', 'ENABLED A 2.1', 'KeyStateInvalid A 2.1', 'KeyStateInvalid A 2.1'],
	DisableKey: [
		'DISABLED P S15',
		'DISABLED A 2.1',
		'KeyStateInvalid A 2.1',
		'KeyStateInvalid A 2.1'
	],
	ScheduleKeyDeletion: [
		'PENDING_DELETE P S7, S14',
		'PENDING_DELETE P S7, S14',
		'PENDING_DELETE A 2.1',
		'KeyStateInvalid A 2.1'
	],
	CancelKeyDeletion: [
		'KeyStateInvalid A 2.1',
		'KeyStateInvalid A 2.1',
		'KeyStateInvalid A 2.1',
		'ENABLED|PENDING_IMPORT D 1.4, 2.1'
	],
	Encrypt: [
		'ENABLED P S12',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	],
	GenerateDataKey: [
		'ENABLED P S12',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	],
	Decrypt: [
		'ENABLED P S12',
		'KeyDisabled P S15',
		'KeyPendingImport P S12',
		'KeyPendingDelete P S14'
	]
};

/** What the rules really answer, with and without material, and how the table marks it. */
function cell(operation: KeyOperation, state: KeyState, settings = DEFAULT_SETTINGS): string {
	const refusal = stateRefusal(operation, state, settings);
	const outcomes = refusal
		? [refusal.code]
		: [true, false].map((holds) => stateAfter(operation, state, holds));
	const { mark, source } = verdictFor(operation, state, settings);
	return `${[...new Set<string>(outcomes)].join('|')} ${mark} ${source}`;
}

describe.each(Object.entries(documented))('%s', (name, cells) => {
	test.each(KEY_STATES.map((state, index) => [state, cells[index]] as const))(
		'in %s: %s',
		(state, expected) => {
			expect(cell(name as KeyOperation, state)).toBe(expected);
		}
	);
});

test('the table has a row for every operation on one CMK and for no other', () => {
	const onOneCmk = OPERATIONS.filter((name) => name !== 'CreateCmk' && name !== 'ListKeys');
	expect(Object.keys(STATE_TABLE).sort()).toEqual([...onOneCmk].sort());
	for (const row of Object.values(STATE_TABLE)) expect(Object.keys(row)).toEqual([...KEY_STATES]);
});

test('the strict reading of C1 refuses an import while the CMK holds material, and changes nothing else', () => {
	expect(cell('ImportKeyMaterial', 'ENABLED', STRICT)).toBe('KeyStateInvalid P S1, C1');
	expect(cell('ImportKeyMaterial', 'DISABLED', STRICT)).toBe('KeyStateInvalid P S1, C1');
	expect(Object.keys(STRICT_REIMPORT)).toEqual(['ENABLED', 'DISABLED']);
	for (const operation of Object.keys(documented) as KeyOperation[])
		for (const state of KEY_STATES)
			if (operation !== 'ImportKeyMaterial' || !(state in STRICT_REIMPORT))
				expect(cell(operation, state, STRICT)).toBe(cell(operation, state));
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
	const becomes = (row: (typeof TIMER_TABLE)['DeleteCmk']) =>
		KEY_STATES.map((state) => row[state]?.becomes);
	expect(becomes(TIMER_TABLE.ExpireKeyMaterial)).toEqual([
		'PENDING_IMPORT',
		'PENDING_IMPORT',
		undefined,
		'PENDING_DELETE'
	]);
	expect(becomes(TIMER_TABLE.DeleteCmk)).toEqual([undefined, undefined, undefined, 'gone']);
});
