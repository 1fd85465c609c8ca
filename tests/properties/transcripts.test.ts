/** Whatever a log holds, answered or refused: the transcript that is made of it can be exported and read again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WRAPPING_ALGORITHMS } from '$lib/domain/algorithms';
import { OPERATIONS, type AuditEvent } from '$lib/domain/events';
import {
	checkAlias,
	checkExpireUnix,
	checkText,
	firstRefusal,
	LONGEST_CONTEXT,
	LONGEST_DESCRIPTION
} from '$lib/domain/operations/requests';
import { REFUSAL_CODES } from '$lib/domain/refusals';
import { DAY_MS, LATEST_MS } from '$lib/domain/time';
import { auditFields } from '$lib/engine/audit-fields';
import { fileToProgress, progressToFile } from '$lib/learn/progress-file';
import { recordActions, type Known } from '$lib/scenario/record';
import { completionWith, SYSTEM_MS } from '../support/learn';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 500, long: 10_000 });

const KEY_IDS = ['a', 'b'] as const;
const KNOWN: Known = {
	keys: { a: 'bank', b: 'spare' },
	calls: KEY_IDS.map((keyId) => ({
		name: `of_${keyId}`,
		keyId,
		algorithm: 'RSAES_OAEP_SHA_256',
		issuedAtMs: SYSTEM_MS
	})),
	blobs: {},
	materials: { bank: 'KeyMaterial.bin' }
};

/** Values as a form, a script or an experimenting user may send them. */
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(7.5, 0, -1, NaN, Infinity));
const seconds = fc.oneof(fc.integer({ min: 0, max: LATEST_MS / 1000 }), number);
const text = fc.string({ unit: 'grapheme', maxLength: 1100, size: 'max' });
const request = fc.record(
	{
		keyMaterialExpireUnix: fc.oneof(seconds, fc.string()),
		pendingWindowInDays: fc.oneof(number, fc.string()),
		alias: text,
		description: text,
		encryptionContext: fc.oneof(fc.constant('a'), text),
		wrappingAlgorithm: fc.constantFrom(...WRAPPING_ALGORITHMS),
		cipherTextBlob: fc.uint8Array({ minLength: 1, maxLength: 2 }),
		operation: fc.constant('GetParametersForImport')
	},
	{ requiredKeys: ['wrappingAlgorithm', 'cipherTextBlob', 'operation'] }
);

const anyEvent = fc
	.record({
		operation: fc.constantFrom(...OPERATIONS, 'UndoLastOperation' as const),
		keyId: fc.constantFrom(...KEY_IDS, 'c', null),
		code: fc.oneof(fc.constant('SUCCESS' as const), fc.constantFrom(...REFUSAL_CODES)),
		laterMs: fc.oneof(fc.nat(2 * DAY_MS), fc.nat(LATEST_MS)),
		request
	})
	.map(({ request: sent, ...event }) => {
		// what the service takes for no request at all is refused before anything else
		const malformed = firstRefusal(
			checkExpireUnix(sent.keyMaterialExpireUnix),
			checkAlias(sent.alias),
			checkText('description', sent.description, LONGEST_DESCRIPTION),
			checkText('encryptionContext', sent.encryptionContext, LONGEST_CONTEXT)
		);
		return { ...event, code: malformed?.code ?? event.code, request: auditFields(sent) };
	});

test(`${String(RUNS)} logs`, () => {
	fc.assert(
		fc.property(fc.array(anyEvent, { maxLength: 30 }), (drawn) => {
			let atMs = SYSTEM_MS;
			const events = drawn.map(({ laterMs, ...event }, index): AuditEvent => {
				// a clock that runs goes on behind the last instant that it can be moved to
				atMs = Math.min(atMs + laterMs, LATEST_MS + 1000);
				return {
					...event,
					...{ sequence: index + 1, atMs, actor: 'trainee', requestId: 'r', response: {}, hash: '' }
				};
			});
			const actions = recordActions(events, KNOWN, SYSTEM_MS, atMs);
			const file = progressToFile({
				...{ completions: [completionWith({ actions })], replayed: [], exam: null }
			});
			expect(fileToProgress(file)?.completions[0]?.actions).toEqual(
				JSON.parse(JSON.stringify(actions))
			);
		}),
		{ numRuns: RUNS }
	);
});
