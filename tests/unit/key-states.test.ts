import { expect, test } from 'vitest';
import { KEY_STATES, settle, stateAt, type KeyRecord } from '$lib/domain/key';
import { toKeyMetadata } from '$lib/domain/key-metadata';
import { STATE_TABLE, stateAfter, stateRefusal } from '$lib/domain/state-table';
import { sandboxNow } from '$lib/domain/time';

const NOW = 1_772_323_200_000;

const record: KeyRecord = {
	keyId: '00000000-0000-4000-8000-000000000001',
	alias: null,
	description: '',
	origin: 'EXTERNAL',
	createdAtMs: NOW - 1000,
	state: 'ENABLED',
	material: { importedAtMs: NOW - 1000, expiresAtMs: NOW },
	materialFingerprint: 'ab',
	deleteAtMs: null,
	importCalls: 1
};

/** The table of the provider's documents, written down once more by hand: domain.md 1.4. */
const documented = {
	GetParametersForImport: ['ENABLED', 'DISABLED', 'PENDING_IMPORT', 'KeyStateInvalid'],
	ImportKeyMaterial: ['ENABLED', 'DISABLED', 'ENABLED', 'KeyStateInvalid'],
	DeleteKeyMaterial: ['PENDING_IMPORT', 'PENDING_IMPORT', 'PENDING_IMPORT', 'PENDING_DELETE'],
	Encrypt: ['ENABLED', 'KeyDisabled', 'KeyPendingImport', 'KeyPendingDelete'],
	Decrypt: ['ENABLED', 'KeyDisabled', 'KeyPendingImport', 'KeyPendingDelete']
} as const;

test('every operation in every state does what the documents say', () => {
	expect(Object.keys(STATE_TABLE).sort()).toEqual(Object.keys(documented).sort());
	for (const [operation, outcomes] of Object.entries(documented))
		KEY_STATES.forEach((state, index) => {
			const name = operation as keyof typeof documented;
			const refusal = stateRefusal(name, state);
			expect(refusal?.code ?? stateAfter(name, state)).toBe(outcomes[index]);
		});
});

test('a state after a refused operation is a defect, not an answer', () => {
	expect(() => stateAfter('Encrypt', 'DISABLED')).toThrow(/not allowed/);
});

test('material is usable until the last millisecond and not at its expiry', () => {
	expect(stateAt(record, NOW - 1)).toBe('ENABLED');
	expect(stateAt(record, NOW)).toBe('PENDING_IMPORT');
});

test('settling removes expired material, keeps the fingerprint and changes nothing before', () => {
	expect(settle(record, NOW - 1)).toBe(record);
	expect(settle(record, NOW)).toEqual({ ...record, state: 'PENDING_IMPORT', material: null });
	const doomed = { ...record, state: 'PENDING_DELETE' as const };
	expect(settle(doomed, NOW).state).toBe('PENDING_DELETE');
});

test('material that never expires is usable for ever', () => {
	const lasting = { ...record, material: { importedAtMs: NOW, expiresAtMs: null } };
	expect(stateAt(lasting, NOW + 1e15)).toBe('ENABLED');
});

test('the API prints states as digits, dates in UTC and an absent date as nothing', () => {
	expect(toKeyMetadata(record, NOW - 1)).toEqual({
		keyId: record.keyId,
		alias: '',
		description: '',
		keyUsage: 'ENCRYPT_DECRYPT',
		creationDate: '2026-02-28 23:59:59',
		deleteDate: '',
		ownerId: 'practice-account',
		keyState: '0',
		origin: 'External',
		materialExpireTime: '2026-03-01 00:00:00'
	});
	expect(toKeyMetadata(record, NOW)).toMatchObject({ keyState: '3', materialExpireTime: '' });
});

test('sandbox time runs with an offset, stands still when frozen and never goes back', () => {
	const running = { offsetMs: 500, frozenAtMs: null };
	expect(sandboxNow(running, 1000)).toBe(1500);
	expect(sandboxNow({ ...running, frozenAtMs: 700 }, 1000)).toBe(700);
	expect(sandboxNow(running, 1000, 9000)).toBe(9000);
});
