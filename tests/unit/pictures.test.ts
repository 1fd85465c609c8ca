/** The pictures are drawn from data: what they show is read from the rule book and from the log. */
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import type { KeyRecord } from '$lib/domain/key';
import { stepOutcomes } from '$lib/ui/pictures/import-steps';
import { aheadOf, lifeEvents } from '$lib/ui/pictures/life-line';
import { stateEdges } from '$lib/ui/pictures/state-edges';
import { EDGES, nameOf } from '$lib/ui/pictures/state-geometry';

const key: KeyRecord = {
	keyId: '00000000-0000-4000-8000-000000000001',
	alias: null,
	description: '',
	origin: 'EXTERNAL',
	createdAtMs: 0,
	state: 'ENABLED',
	material: { importedAtMs: 0, expiresAtMs: 900 },
	materialFingerprint: 'ab',
	deleteAtMs: null,
	importCalls: 1
};

function event(
	sequence: number,
	operation: AuditEvent['operation'],
	code: AuditEvent['code'] = 'SUCCESS'
): AuditEvent {
	return {
		sequence,
		operation,
		code,
		atMs: sequence * 100,
		keyId: key.keyId,
		actor: 'trainee',
		requestId: null,
		request: {},
		response: {},
		hash: ''
	};
}

describe('the state machine', () => {
	test.each(['EXTERNAL', 'KMS'] as const)(
		'of origin %s has a line for each of its edges',
		(origin) => {
			const missing = stateEdges(origin).filter(({ from, to }) => !EDGES[nameOf(from, to)]);
			expect(missing).toEqual([]);
		}
	);

	test('of origin EXTERNAL has every change of state that the documents name', () => {
		const edges = stateEdges('EXTERNAL').map(({ from, to, by }) => `${from} ${to}: ${by.join()}`);
		expect(edges.sort()).toEqual([
			'DISABLED ENABLED: EnableKey',
			'DISABLED PENDING_DELETE: ScheduleKeyDeletion',
			'DISABLED PENDING_IMPORT: DeleteKeyMaterial,ExpireKeyMaterial',
			'ENABLED DISABLED: DisableKey',
			'ENABLED PENDING_DELETE: ScheduleKeyDeletion',
			'ENABLED PENDING_IMPORT: DeleteKeyMaterial,ExpireKeyMaterial',
			'PENDING_DELETE ENABLED: CancelKeyDeletion',
			'PENDING_DELETE PENDING_IMPORT: CancelKeyDeletion',
			'PENDING_DELETE gone: DeleteCmk',
			'PENDING_IMPORT ENABLED: ImportKeyMaterial',
			'PENDING_IMPORT PENDING_DELETE: ScheduleKeyDeletion',
			'created PENDING_IMPORT: CreateCmk'
		]);
	});

	test('of origin KMS knows no import and no expiry', () => {
		const edges = stateEdges('KMS');
		expect(edges.flatMap(({ from, to }) => [from, to])).not.toContain('PENDING_IMPORT');
		expect(edges.flatMap(({ by }) => by)).not.toContain('ExpireKeyMaterial');
		expect(edges).toHaveLength(7);
	});
});

describe('the life line', () => {
	test('tells what changed the CMK, oldest first, with the state after each', () => {
		const log = [
			event(9, 'CancelKeyDeletion'),
			event(8, 'ScheduleKeyDeletion'),
			event(7, 'ExpireKeyMaterial'),
			event(6, 'DisableKey'),
			event(5, 'Encrypt'),
			event(4, 'ImportKeyMaterial'),
			event(3, 'ImportKeyMaterial', 'MaterialDecryptFailed'),
			event(2, 'GetParametersForImport'),
			event(1, 'CreateCmk')
		];
		expect(
			lifeEvents(log, 'EXTERNAL').map(
				({ sequence, state }) => `${String(sequence)} ${String(state)}`
			)
		).toEqual([
			'1 PENDING_IMPORT',
			'2 PENDING_IMPORT',
			'4 ENABLED',
			'6 DISABLED',
			'7 PENDING_IMPORT',
			'8 PENDING_DELETE',
			'9 PENDING_IMPORT'
		]);
	});

	test('leaves the state open after something was taken back', () => {
		const log = [event(3, 'UndoLastOperation'), event(2, 'DisableKey'), event(1, 'CreateCmk')];
		expect(lifeEvents(log, 'KMS').map(({ state }) => state)).toEqual(['ENABLED', 'DISABLED', null]);
	});

	test('has what is ahead in its order, and nothing that is over', () => {
		const call = { callNumber: 2, expiresAtMs: 700 };
		const over = { callNumber: 1, expiresAtMs: 400 };
		const calls = [call, over] as unknown as Parameters<typeof aheadOf>[1];
		const doomed = { ...key, deleteAtMs: 800 };
		expect(aheadOf(doomed, calls, 500).map(({ kind, atMs }) => `${kind} ${String(atMs)}`)).toEqual([
			'tokenExpires 700',
			'cmkDeleted 800',
			'materialExpires 900'
		]);
	});
});

describe('the bytes of an import', () => {
	test.each([
		['SUCCESS', 'passed passed passed passed passed'],
		['ImportTokenExpired', 'refused notReached notReached notReached notReached'],
		['MaterialDecryptFailed', 'passed refused notReached notReached notReached'],
		['MaterialLengthInvalid', 'passed passed refused notReached notReached'],
		['MaterialNotMatch', 'passed passed passed refused notReached'],
		['ExpireTimeInvalid', 'passed passed passed passed refused'],
		['KeyStateInvalid', 'notReached notReached notReached notReached notReached']
	] as const)('%s: %s', (code, outcomes) => {
		expect(Object.values(stepOutcomes(code)).join(' ')).toBe(outcomes);
	});
});
