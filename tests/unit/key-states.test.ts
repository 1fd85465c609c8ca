import { expect, test } from 'vitest';
import { settle, type KeyRecord } from '$lib/domain/key';
import { toKeyMetadata } from '$lib/domain/key-metadata';
import { stateAfter } from '$lib/domain/state-table';
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

test('a state after a refused operation is a defect, not an answer', () => {
	expect(() => stateAfter('Encrypt', 'DISABLED', true)).toThrow(/not allowed/);
});

test('material is usable until the last millisecond and not at its expiry', () => {
	expect(settle(record, NOW - 1)?.state).toBe('ENABLED');
	expect(settle(record, NOW)?.state).toBe('PENDING_IMPORT');
});

test('settling removes expired material, keeps the fingerprint and changes nothing before', () => {
	expect(settle(record, NOW - 1)).toBe(record);
	expect(settle(record, NOW)).toEqual({ ...record, state: 'PENDING_IMPORT', material: null });
	const doomed = { ...record, state: 'PENDING_DELETE' as const };
	expect(settle(doomed, NOW)?.state).toBe('PENDING_DELETE');
});

test('a CMK whose waiting period has ended is gone, and not a millisecond before', () => {
	const doomed = { ...record, state: 'PENDING_DELETE' as const, deleteAtMs: NOW + 5 };
	expect(settle(doomed, NOW + 4)?.state).toBe('PENDING_DELETE');
	expect(settle(doomed, NOW + 5)).toBeUndefined();
});

test('key material without an expiry stays usable', () => {
	const lasting = { ...record, material: { importedAtMs: NOW, expiresAtMs: null } };
	expect(settle(lasting, NOW + 1e15)?.state).toBe('ENABLED');
});

test('the API prints states as digits, dates in UTC and an absent date as nothing', () => {
	expect(toKeyMetadata(record)).toEqual({
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
	const waiting = { ...record, state: 'PENDING_IMPORT' as const, material: null };
	expect(toKeyMetadata(waiting)).toMatchObject({ keyState: '3', materialExpireTime: '' });
});

test('sandbox time runs with an offset, stands still when frozen and never goes back', () => {
	const running = { offsetMs: 500, frozenAtMs: null, movedAtMs: 0 };
	expect(sandboxNow(running, 1000)).toBe(1500);
	expect(sandboxNow({ ...running, frozenAtMs: 700 }, 1000)).toBe(700);
	expect(sandboxNow(running, 1000, 9000)).toBe(9000);
});
