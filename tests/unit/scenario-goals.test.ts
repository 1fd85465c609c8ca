/** Goals over records, events, files and now: each reason for “not yet”, and what satisfies it. */
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import type { KeyRecord } from '$lib/domain/key';
import { HOUR_MS } from '$lib/domain/time';
import { evaluate, type Facts } from '$lib/scenario/goals';
import type { Condition } from '$lib/scenario/format';
import { SYSTEM_MS } from '../support/learn';

const NOW = SYSTEM_MS;

const key = (change: Partial<KeyRecord> = {}): KeyRecord => ({
	keyId: 'a'.repeat(8),
	alias: 'payments',
	description: '',
	origin: 'EXTERNAL',
	createdAtMs: NOW,
	state: 'PENDING_IMPORT',
	material: null,
	materialFingerprint: null,
	deleteAtMs: null,
	importCalls: 0,
	...change
});

const holding = (expiresAtMs: number | null): Partial<KeyRecord> => ({
	state: 'ENABLED',
	material: { importedAtMs: NOW, expiresAtMs }
});

const event = (change: Partial<AuditEvent> = {}): AuditEvent => ({
	sequence: 1,
	atMs: NOW,
	operation: 'Decrypt',
	keyId: 'a'.repeat(8),
	actor: 'trainee',
	requestId: 'r',
	code: 'SUCCESS',
	request: { cipherTextBlob: { bytes: 77, sha256: '0123456789abcdef' } },
	response: {},
	hash: '',
	...change
});

const facts = (change: Partial<Facts> = {}): Facts => ({
	startedAtMs: NOW,
	keys: [],
	events: [],
	files: [],
	keyIds: {},
	blobDigests: {},
	names: {},
	answers: {},
	...change
});

const file = (name: string, lengthBytes: number) => ({
	fileId: 1,
	name,
	lengthBytes,
	createdAtMs: NOW
});

type Case = [string, Condition, Partial<Facts>, string, Partial<Facts>];

describe('a condition says what is missing, and nothing when it is so', () => {
	test.each<Case>([
		['a CMK', { key: 'any' }, {}, 'noKey', { keys: [key()] }],
		[
			'a CMK of that origin',
			{ key: 'any', origin: 'EXTERNAL' },
			{ keys: [key({ origin: 'KMS' })] },
			'noKey',
			{ keys: [key()] }
		],
		[
			'a CMK of the learner’s own',
			{ key: 'any', made: true },
			{ keys: [key()], keyIds: { old: 'a'.repeat(8) } },
			'noKey',
			{ keys: [key()] }
		],
		[
			'that CMK',
			{ key: 'old' },
			{ keyIds: { old: 'gone' } },
			'keyGone',
			{ keys: [key()], keyIds: { old: 'a'.repeat(8) } }
		],
		[
			'a state',
			{ key: 'any', state: 'ENABLED' },
			{ keys: [key()] },
			'keyState',
			{ keys: [key(holding(null))] }
		],
		[
			'a state that has passed by itself',
			{ key: 'any', state: 'PENDING_IMPORT' },
			{ keys: [key(holding(NOW + 1))] },
			'keyState',
			{ keys: [key(holding(NOW))] }
		],
		[
			'material',
			{ key: 'any', material: 'present' },
			{ keys: [key()] },
			'noMaterial',
			{ keys: [key(holding(null))] }
		],
		[
			'no material',
			{ key: 'any', material: 'absent' },
			{ keys: [key(holding(null))] },
			'hasMaterial',
			{ keys: [key()] }
		],
		[
			'material that never expires',
			{ key: 'any', expires: 'never' },
			{ keys: [key(holding(NOW + HOUR_MS))] },
			'expires',
			{ keys: [key(holding(null))] }
		],
		[
			'material that expires',
			{ key: 'any', expires: 'set' },
			{ keys: [key(holding(null))] },
			'neverExpires',
			{ keys: [key(holding(NOW + HOUR_MS))] }
		],
		[
			'material that lasts',
			{ key: 'any', expires: { atLeastHours: 2 } },
			{ keys: [key(holding(NOW + 2 * HOUR_MS - 1))] },
			'expires',
			{ keys: [key(holding(NOW + 2 * HOUR_MS))] }
		],
		[
			'an alias',
			{ key: 'any', alias: '{name}' },
			{ keys: [key()], names: { name: 'ledger' } },
			'alias',
			{ keys: [key()], names: { name: 'payments' } }
		],
		['an operation', { event: 'Decrypt' }, {}, 'noEvent', { events: [event()] }],
		[
			'an answer',
			{ event: 'Decrypt', code: 'KeyDisabled' },
			{ events: [event()] },
			'noEvent',
			{ events: [event({ code: 'KeyDisabled' })] }
		],
		[
			'an operation on that ciphertext',
			{ event: 'Decrypt', blob: 'letter' },
			{ events: [event()], blobDigests: { letter: 'f'.repeat(16) } },
			'noEvent',
			{ events: [event()], blobDigests: { letter: '0123456789abcdef' } }
		],
		[
			'a request',
			{ event: 'GetParametersForImport', request: { wrappingAlgorithm: 'RSAES_OAEP_SHA_256' } },
			{ events: [event({ operation: 'GetParametersForImport', request: {} })] },
			'noEvent',
			{
				events: [
					event({
						operation: 'GetParametersForImport',
						request: { wrappingAlgorithm: 'RSAES_OAEP_SHA_256' }
					})
				]
			}
		],
		[
			'it twice',
			{ event: 'Decrypt', times: 2 },
			{ events: [event()] },
			'tooFew',
			{ events: [event(), event()] }
		],
		[
			'a file',
			{ file: '.der', bytes: 294 },
			{ files: [file('key.pem', 294)] },
			'noFile',
			{ files: [file('key.der', 294)] }
		],
		[
			'a length',
			{ file: '.hex', bytes: { from: 588, to: 589 } },
			{ files: [file('key.hex', 587)] },
			'fileLength',
			{ files: [file('key.hex', 589)] }
		],
		['an answered question', { answered: 'why' }, {}, 'notAnswered', { answers: { why: true } }],
		[
			'a right answer',
			{ answered: 'why' },
			{ answers: { why: false } },
			'wrongAnswer',
			{ answers: { why: true } }
		],
		[
			'time',
			{ hoursPassed: 24 },
			{ startedAtMs: NOW - 24 * HOUR_MS + 1 },
			'tooEarly',
			{ startedAtMs: NOW - 24 * HOUR_MS }
		],
		[
			'that something is not so',
			{ not: { key: 'any' } },
			{ keys: [key()] },
			'unwanted',
			{ keys: [] }
		],
		[
			'all of several',
			{ all: [{ key: 'any' }, { event: 'Decrypt' }] },
			{ keys: [key()] },
			'noEvent',
			{ keys: [key()], events: [event()] }
		],
		[
			'any of several',
			{ any: [{ key: 'any' }, { event: 'Decrypt' }] },
			{},
			'noKey',
			{ events: [event()] }
		]
	])('%s', (_, condition, without, kind, having) => {
		expect(evaluate(condition, facts(without), NOW)).toMatchObject({ kind });
		expect(evaluate(condition, facts(having), NOW)).toBeNull();
	});

	test('of several CMKs the one that lacks least is named', () => {
		const near = key({ keyId: 'near', ...holding(NOW + HOUR_MS) });
		const condition: Condition = { key: 'any', state: 'ENABLED', expires: 'never' };
		expect(evaluate(condition, facts({ keys: [key(), near] }), NOW)).toEqual({
			kind: 'expires',
			keyId: 'near',
			expiresAtMs: NOW + HOUR_MS
		});
	});

	test('the latest other answer is named', () => {
		const events = [event({ code: 'KeyDisabled' }), event({ code: 'KeyPendingImport' })];
		expect(evaluate({ event: 'Decrypt' }, facts({ events }), NOW)).toMatchObject({
			latest: 'KeyPendingImport'
		});
	});
});
