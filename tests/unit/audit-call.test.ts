/** An event as the API call it was, and the questions that the page of the log can be asked. */
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import {
	actionAddress,
	commandLine,
	isApiCall,
	responseJson,
	type ApiEvent
} from '$lib/ui/features/audit/api-call';
import { logFileName } from '$lib/ui/features/audit/log-file';
import { logAddress, readQuestion } from '$lib/ui/features/audit/log-question';

const WORDS = {
	bytes: ({ bytes, sha256 }: { bytes: number; sha256?: string }) =>
		`${String(bytes)} bytes ${sha256 ?? 'secret'}`,
	notRecorded: 'not recorded',
	commonParameters: 'common'
};

function call(change: Partial<ApiEvent>): ApiEvent {
	return {
		sequence: 1,
		atMs: 0,
		operation: 'ImportKeyMaterial',
		keyId: '1a2b',
		actor: 'trainee',
		requestId: 'r',
		code: 'SUCCESS',
		request: {},
		response: {},
		hash: '',
		...change
	};
}

describe('a request', () => {
	const request = {
		keyId: '1a2b',
		encryptedKeyMaterial: { bytes: 256, sha256: '1f2e' },
		plainText: { bytes: 12 },
		keyMaterialExpireUnix: 0,
		description: "it's & more"
	};

	test('is a command with one option in each line, quoted where a shell needs it', () => {
		expect(commandLine(call({ request }), WORDS).split('\n')).toEqual([
			'kms ImportKeyMaterial \\',
			'  --keyId 1a2b \\',
			'  --encryptedKeyMaterial <256 bytes 1f2e> \\',
			'  --plainText <12 bytes secret> \\',
			'  --keyMaterialExpireUnix 0 \\',
			`  --description 'it'\\''s & more'`
		]);
	});

	test('is an address with everything in its query', () => {
		expect(actionAddress(call({ request }), WORDS).replaceAll('\n  ', '')).toBe(
			"/?action=ImportKeyMaterial&keyId=1a2b&encryptedKeyMaterial=<256 bytes 1f2e>&plainText=<12 bytes secret>&keyMaterialExpireUnix=0&description=it's%20%26%20more&<common>"
		);
	});

	test('without fields is the name of its operation alone', () => {
		expect(commandLine(call({ operation: 'ListKeys' }), WORDS)).toBe('kms ListKeys');
	});

	test('is named as the provider prints it', () => {
		expect(actionAddress(call({ operation: 'CancelKeyDeletion' }), WORDS)).toContain(
			'action=cancelKeyDeletion'
		);
	});
});

describe('a response', () => {
	const parsed = (change: Partial<ApiEvent>) =>
		JSON.parse(responseJson(call(change), WORDS)) as unknown;

	test('of a success has its code, its request ID and its fields', () => {
		const response = { keyMetadata: { keyId: '1a2b' }, importToken: { bytes: 315, sha256: 'ab' } };
		expect(parsed({ response })).toEqual({
			code: 'SUCCESS',
			requestId: 'r',
			keyMetadata: { keyId: '1a2b' },
			importToken: '<315 bytes ab>'
		});
	});

	test('says what the log left out', () => {
		const response = { keyId: '1a2b', plainText: { bytes: 32 } };
		expect(parsed({ operation: 'GenerateDataKey', response })).toEqual({
			code: 'SUCCESS',
			requestId: 'r',
			keyId: '1a2b',
			plainText: '<32 bytes secret>',
			cipherTextBlob: '<not recorded>'
		});
	});

	test('of a refusal is its code, its message and its request ID', () => {
		expect(
			parsed({ operation: 'Encrypt', code: 'KeyDisabled', message: 'the CMK is disabled' })
		).toEqual({ code: 'KeyDisabled', message: 'the CMK is disabled', requestId: 'r' });
	});
});

test('acts of the service and of the sandbox are no calls', () => {
	const of = (operation: AuditEvent['operation']) => isApiCall({ ...call({}), operation });
	expect(of('Encrypt')).toBe(true);
	expect(of('ExpireKeyMaterial')).toBe(false);
	expect(of('UndoLastOperation')).toBe(false);
});

describe('a question to the log', () => {
	test('is in its address and comes back from it', () => {
		const question = {
			keyId: '1a 2b',
			operation: 'DeleteCmk',
			outcome: 'refused',
			beforeSequence: 51
		} as const;
		const address = logAddress(question);
		expect(address).toBe('/audit?keyId=1a+2b&operation=DeleteCmk&outcome=refused&before=51');
		expect(readQuestion(new URL(address, 'http://localhost').searchParams)).toEqual(question);
		expect(logAddress({})).toBe('/audit');
	});

	test.each([
		'',
		'keyId=%20',
		'operation=Nothing',
		'outcome=maybe',
		'before=0',
		'before=-1',
		'before=x'
	])('that means nothing asks for everything: "%s"', (search) => {
		expect(readQuestion(new URLSearchParams(search))).toEqual({});
	});
});

test('the file is named by the moment in UTC', () => {
	expect(logFileName(Date.UTC(2026, 10, 25, 8, 5, 9))).toBe(
		'kms-audit-log_2026-11-25_080509Z.jsonl'
	);
});
