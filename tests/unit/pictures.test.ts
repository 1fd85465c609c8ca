/** The pictures are drawn from data: what they show is read from the rule book and from the log. */
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import type { KeyRecord } from '$lib/domain/key';
import { compactStates } from '$lib/ui/features/pictures/compact-states';
import { stepOutcomes } from '$lib/ui/features/pictures/import-steps';
import { aheadOf, completeLife, lifeEvents } from '$lib/ui/features/pictures/life-line';
import { stateEdges } from '$lib/ui/features/pictures/state-edges';
import { EDGES, nameOf } from '$lib/ui/features/pictures/state-geometry';

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

describe('the state machine in a narrow place', () => {
	test.each(['EXTERNAL', 'KMS'] as const)(
		'of origin %s has a line for each edge, inside the picture, and no two alike',
		(origin) => {
			const known = stateEdges(origin);
			const { edges, width, height } = compactStates(origin, known, 254);
			expect(width).toBe(254);
			const paths = known.map(({ from, to }) => edges[nameOf(from, to)]?.path ?? 'missing');
			expect(new Set(paths).size).toBe(known.length);
			for (const path of paths) {
				const [x1 = -1, y1 = -1, x2 = -1, y2 = -1] = (path.match(/[\d.]+/g) ?? []).map(Number);
				expect([Math.min(x1, x2, y1, y2) > 0, Math.max(x1, x2) < width]).toEqual([true, true]);
				expect(Math.max(y1, y2)).toBeLessThan(height);
			}
		}
	);

	test('keeps the two ways between two states apart', () => {
		const { edges } = compactStates('EXTERNAL', stateEdges('EXTERNAL'), 320);
		const there = edges['ENABLED DISABLED'];
		const back = edges['DISABLED ENABLED'];
		expect(Math.abs((there?.x ?? 0) - (back?.x ?? 0))).toBe(20);
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

	test('leaves the state unknown after an undo', () => {
		const log = [event(3, 'UndoLastOperation'), event(2, 'DisableKey'), event(1, 'CreateCmk')];
		expect(lifeEvents(log, 'KMS').map(({ state }) => state)).toEqual(['ENABLED', 'DISABLED', null]);
	});

	test('restores the state from before an undone operation', () => {
		const disable = { ...event(2, 'DisableKey'), requestId: 'r2' };
		const undo = { ...event(3, 'UndoLastOperation'), request: { requestId: 'r2' } };
		const log = [undo, disable, event(1, 'CreateCmk')];
		expect(lifeEvents(log, 'KMS').map(({ state }) => state)).toEqual([
			'ENABLED',
			'DISABLED',
			'ENABLED'
		]);
	});

	test('says nothing of a state that the part of the log it sees does not tell', () => {
		const log = [
			event(9, 'CancelKeyDeletion'),
			event(8, 'ScheduleKeyDeletion'),
			event(7, 'DeleteKeyMaterial'),
			event(6, 'GetParametersForImport')
		];
		expect(lifeEvents(log, 'EXTERNAL').map(({ state }) => state)).toEqual([
			null,
			'PENDING_IMPORT',
			'PENDING_DELETE',
			'PENDING_IMPORT'
		]);
	});

	test('begins with the creation and ends in the state of the record, whatever the log tells', () => {
		const life = completeLife(lifeEvents([event(6, 'UpdateAlias')], 'EXTERNAL'), key);
		expect(life.map(({ operation, state }) => `${operation} ${String(state)}`)).toEqual([
			'CreateCmk null',
			'UpdateAlias ENABLED'
		]);
		expect(completeLife([], key).map(({ atMs, state }) => [atMs, state])).toEqual([[0, 'ENABLED']]);
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
