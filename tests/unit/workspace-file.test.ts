/** The file of a workspace: no byte of it can change unnoticed, and no state that cannot be comes in by it. */
import { close, inhabit } from '../support/workspaces';
import { chainHash } from '$lib/domain/audit-chain';
import { sha256HexNow } from '$lib/crypto/sha256';
import type { Bytes } from '$lib/domain/bytes';
import type { AuditEvent } from '$lib/domain/events';
import type { Contents } from '$lib/workspaces/contents';
import { restore } from '$lib/workspaces/restore';
import { contentsToFile, fileToContents } from '$lib/workspaces/workspace-file';
import { LONGEST_WORKSPACE_FILE_BYTES } from '$lib/workspaces/workspaces';
import { beforeAll, describe, expect, test } from 'vitest';

let file: Bytes;
let contents: Contents;
let small: Bytes;

beforeAll(async () => {
	const [large, little] = [await inhabit('large'), await inhabit('small', true)];
	const exports = [await large.workspaces.exportFile(), await little.workspaces.exportFile()];
	const [one, other] = exports.map((result) => (result.ok ? result.value.bytes : undefined));
	if (!one || !other) throw new Error('no export');
	file = one;
	small = other;
	const read = await fileToContents(file);
	if (!read.ok) throw new Error(read.problem);
	contents = read.value;
	close(large);
	close(little);
}, 30_000);

const problemOf = async (bytes: Bytes) => {
	const result = await fileToContents(bytes);
	return result.ok ? undefined : result.problem;
};

const withHeader = (payload: string, header: object = {}): Bytes => {
	const bytes = new TextEncoder().encode(payload);
	const line = {
		...{ format: 'kms-import-sandbox-workspace', version: 1, sha256: sha256HexNow(bytes) },
		...header
	};
	return new TextEncoder().encode(`${JSON.stringify(line)}\n${payload}`);
};

describe('the file', () => {
	test('begins with a line that says what it is', async () => {
		const [line = '', ...rest] = new TextDecoder().decode(file).split('\n');
		const sha256 = sha256HexNow(new TextEncoder().encode(rest.join('\n')));
		expect(line).toBe(`{"format":"kms-import-sandbox-workspace","version":1,"sha256":"${sha256}"}`);
		expect(await contentsToFile(contents)).toEqual({ ok: true, value: file });
	});

	test('is refused whichever of its bytes is changed', { timeout: 120_000 }, async () => {
		const taken: number[] = [];
		const copy = small.slice();
		for (let at = 0; at < copy.length; at++) {
			const byte = copy[at] ?? 0;
			// another bit in each, so that letters also become the other case
			copy[at] = byte ^ (1 << (at % 8));
			if ((await problemOf(copy)) === undefined) taken.push(at);
			copy[at] = byte;
		}
		expect(taken).toEqual([]);
		expect(await problemOf(copy)).toBeUndefined();
	});

	test('is refused when it is shorter or longer', async () => {
		for (const bytes of [
			file.slice(0, -1),
			file.slice(0, 200),
			new Uint8Array([...file, 0x0a]),
			new Uint8Array([...file, ...file])
		])
			expect(await problemOf(bytes)).toBe('Damaged');
		for (const bytes of [new Uint8Array(), file.slice(0, 20), file.slice(1)])
			expect(await problemOf(bytes)).toBe('NotAWorkspace');
	});

	test('says when it is something else, of a later version, or too large', async () => {
		expect(await problemOf(withHeader('{}', { format: 'another' }))).toBe('NotAWorkspace');
		expect(await problemOf(withHeader('{}', { version: 2 }))).toBe('NewerVersion');
		expect(await problemOf(withHeader('{}', { version: '2' }))).toBe('Damaged');
		expect(await problemOf(withHeader('{}', { more: 1 }))).toBe('Damaged');
		expect(await problemOf(new Uint8Array(LONGEST_WORKSPACE_FILE_BYTES + 1))).toBe('FileTooLarge');
		expect(await problemOf(new Uint8Array(1000).fill(0x20))).toBe('NotAWorkspace');
		const huge = { ...contents, files: [{ name: 'x'.repeat(LONGEST_WORKSPACE_FILE_BYTES) }] };
		expect(await contentsToFile(huge as unknown as Contents)).toEqual({
			ok: false,
			problem: 'FileTooLarge'
		});
	});

	test.each(['', 'null', '[]', '{}', '{"a":', '\ufeff{}', '['.repeat(100_000)])(
		'is refused when what it holds is no workspace: %.20s',
		async (payload) => {
			expect(await problemOf(withHeader(payload))).toBe('Inconsistent');
		}
	);
});

type Draft = { -readonly [Name in keyof Contents]: Contents[Name] };
type Change = (draft: Draft) => void;

function changed(change: Change): Contents {
	const draft = structuredClone(contents);
	change(draft);
	return draft;
}

/** Any member of any row, by its place: types do not matter here. */
const set =
	(table: keyof Contents, find: (row: Row) => boolean, change: Row): Change =>
	(draft) => {
		const rows = draft[table] as unknown as Row[];
		const at = rows.findIndex(find);
		if (at < 0) throw new Error(`no such row in ${table}`);
		rows[at] = { ...rows[at], ...change };
	};
type Row = Record<string, unknown>;

const any = () => true;

function first<T>(rows: readonly T[]): T {
	const [row] = rows;
	if (row === undefined) throw new Error('nothing to change');
	return row;
}

const external = (row: Row) => row['origin'] === 'EXTERNAL' && row['state'] === 'ENABLED';
const platform = (row: Row) => row['origin'] === 'KMS';
const waiting = (row: Row) => row['state'] === 'PENDING_IMPORT';
const doomed = (row: Row) => row['state'] === 'PENDING_DELETE';

const twice =
	(table: 'keys' | 'calls' | 'materials' | 'removals' | 'files' | 'events'): Change =>
	(draft) => {
		(draft[table] as unknown[]) = [...draft[table], ...draft[table].slice(0, 1)];
	};

const without =
	(table: 'keys' | 'materials' | 'removals' | 'events'): Change =>
	(draft) => {
		(draft[table] as unknown[]) = draft[table].slice(1);
	};

/** Repairs the chain, as a forger of a log would. */
const forged =
	(change: (events: AuditEvent[]) => AuditEvent[]): Change =>
	(draft) => {
		let previous = '0'.repeat(64);
		draft.events = change([...draft.events]).map((event) => {
			const entry = { ...event, hash: undefined };
			previous = chainHash(previous, entry, sha256HexNow);
			return { ...event, hash: previous };
		});
	};

describe('shape', () => {
	const cases: [string, Change][] = [
		['an unknown member', (draft) => Object.assign(draft, { more: 1 })],
		['an unknown member of a row', set('keys', any, { nameOrder: 'a' })],
		['a member that is missing', (draft) => Reflect.deleteProperty(draft, 'removals')],
		['a table that is no list', (draft) => Object.assign(draft, { keys: {} })],
		['an id that is no UUID', set('keys', any, { keyId: '../main' })],
		['an id in capitals', set('materials', any, { keyId: 'A'.repeat(36) })],
		['a state that is none', set('keys', any, { state: 'ROTATING' })],
		['an origin that is none', set('keys', any, { origin: 1 })],
		['an alias with a line break', set('keys', any, { alias: 'a\nb' })],
		['an alias that is too long', set('keys', any, { alias: 'a'.repeat(129) })],
		['a description that is too long', set('keys', any, { description: 'a'.repeat(1025) })],
		['a time that is a text', set('keys', any, { createdAtMs: '0' })],
		['a time before all time', set('keys', any, { createdAtMs: -1 })],
		['a time that is a fraction', set('events', any, { atMs: 0.5 })],
		[
			'a setting that is none',
			(draft) => (draft.settings = { ...draft.settings, removal: 'never' as never })
		],
		['a clock that is nowhere', (draft) => (draft.clock = { ...draft.clock, offsetMs: 1e300 })],
		['short material', set('materials', any, { material: 'AAAA' })],
		['base64 with bits to spare', set('materials', any, { material: `${'A'.repeat(42)}B=` })],
		['a public key of another length', set('calls', any, { publicKey: 'AAAA' })],
		['an algorithm that is none', set('calls', any, { wrappingAlgorithm: 'RSA' })],
		['a code that is none', set('events', any, { code: 'TEAPOT' })],
		['an operation that is none', set('events', any, { operation: 'Rotate' })],
		['a field that holds a list', set('events', any, { request: { a: [1] } })],
		['a file whose name is a path', set('files', any, { name: '../a' })],
		['a file without a number', set('files', any, { fileId: 0 })],
		[
			'a service key of another length',
			(draft) => (draft.serviceKeys = { ...draft.serviceKeys, token: '' })
		]
	];

	test.each(cases)('is refused: %s', async (_, change) => {
		expect(await problemOf(withHeader(JSON.stringify(changed(change))))).toBe('Inconsistent');
	});
});

const last = (row: Row) => row['sequence'] === contents.events.length;

/** A CMK that is nowhere. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

const withoutEventBeforeLast: Change = (draft) => {
	draft.events = [...draft.events.slice(0, -2), ...draft.events.slice(-1)];
};

const platformId = () => first(contents.keys.filter(({ origin }) => origin === 'KMS')).keyId;

/** The event that created the platform's CMK, changed. */
const creation = (change: Partial<AuditEvent>): Change =>
	forged((events) =>
		events.map((event) =>
			event.operation === 'CreateCmk' && event.keyId === platformId()
				? { ...event, ...change }
				: event
		)
	);

/** An operation on the platform's CMK that it would have refused, as if it had succeeded. */
const recorded = (operation: AuditEvent['operation']): Change =>
	forged((events) => {
		const [event] = events.slice(-1);
		if (!event) throw new Error('no event');
		const keyId = platformId();
		return [
			...events,
			{ ...event, sequence: event.sequence + 1, operation, keyId, code: 'SUCCESS' }
		];
	});

describe('a state that cannot be', () => {
	const cases: [string, Change][] = [
		['a log with a changed event', set('events', any, { code: 'KeyNotFound' })],
		['a log whose last event says something else', set('events', last, { requestId: 'another' })],
		['a log with a changed hash', set('events', last, { hash: 'a'.repeat(64) })],
		['a log without the event before the last', withoutEventBeforeLast],
		['a log that begins later', without('events')],
		['a log with an event twice', twice('events')],
		[
			'a log in which time runs backwards',
			forged((events) =>
				events.map((event, index) => (index === 1 ? { ...event, atMs: 1 } : event))
			)
		],
		[
			'a CMK that was never created',
			forged((events) =>
				events
					.filter(({ operation }) => operation !== 'CreateCmk')
					.map((event, index) => ({ ...event, sequence: index + 1 }))
			)
		],
		['a CMK that only other operations know', creation({ operation: 'DescribeKey' })],
		['a CMK whose creation was refused', creation({ code: 'AliasExists' })],
		['a CMK whose creation names no CMK', creation({ keyId: null })],
		[
			'a fingerprint of material that was never imported',
			forged((events) =>
				events.map((event) =>
					event.operation === 'ImportKeyMaterial' ? { ...event, code: 'MaterialNotMatch' } : event
				)
			)
		],
		['more import calls than were made', set('keys', waiting, { importCalls: 2 })],
		[
			'a clock behind the log',
			(draft) => (draft.clock = { offsetMs: 0, frozenAtMs: 1, movedAtMs: 0 })
		],
		['a CMK twice', twice('keys')],
		[
			'a CMK without material twice',
			(draft) =>
				(draft.keys = [
					...draft.keys,
					first(draft.keys.filter(({ state }) => state === 'PENDING_IMPORT'))
				])
		],
		['a platform CMK that waits for an import', set('keys', platform, { state: 'PENDING_IMPORT' })],
		[
			'a platform CMK with a fingerprint',
			set('keys', platform, { materialFingerprint: 'a'.repeat(64) })
		],
		[
			'a platform CMK with a fingerprint, and an import in the log',
			(draft) => {
				recorded('ImportKeyMaterial')(draft);
				set('keys', platform, { materialFingerprint: 'a'.repeat(64) })(draft);
			}
		],
		[
			'a platform CMK with import calls, and them in the log',
			(draft) => {
				recorded('GetParametersForImport')(draft);
				set('keys', platform, { importCalls: 1 })(draft);
			}
		],
		[
			'a platform CMK without material',
			(draft) => {
				const { keyId } = first(draft.keys.filter(({ origin }) => origin === 'KMS'));
				set('keys', platform, { material: null })(draft);
				draft.materials = draft.materials.filter((one) => one.keyId !== keyId);
			}
		],
		[
			'a call with the id of another',
			(draft) => (draft.calls = [...draft.calls, { ...first(draft.calls), callNumber: 1 }])
		],
		[
			'a call with the number of another',
			(draft) =>
				(draft.calls = [
					...draft.calls,
					{ ...first(draft.calls), parametersId: first(draft.keys).keyId }
				])
		],
		[
			'a call from the future',
			set('calls', any, { issuedAtMs: 4e12, expiresAtMs: 4e12 + 86_400_000 })
		],
		[
			'a file with the number of another',
			(draft) => (draft.files = [...draft.files, { ...first(draft.files), name: 'other' }])
		],
		[
			'a file with the name of another',
			(draft) => (draft.files = [...draft.files, { ...first(draft.files), fileId: 99 }])
		],
		[
			'an alias twice',
			(draft) => {
				set('keys', external, { alias: 'x' })(draft);
				set('keys', platform, { alias: 'x' })(draft);
			}
		],
		['a deletion before the shortest wait', set('keys', doomed, { deleteAtMs: 1_772_323_200_000 })],
		['a deletion behind the longest wait', set('keys', doomed, { deleteAtMs: 2e12 })],
		['a removal of bytes of a CMK that never was', set('removals', any, { keyId: NOBODY })],
		[
			'a removal of bytes of a CMK that never was, with its bytes',
			(draft) => {
				const { keyId } = first(draft.removals);
				set('removals', any, { keyId: NOBODY })(draft);
				set('materials', (row) => row['keyId'] === keyId, { keyId: NOBODY })(draft);
			}
		],
		['a removal that is put off for long', set('removals', any, { removeAtMs: 2e12 })],
		[
			'a removal twice beside bytes that nobody holds',
			(draft) => {
				twice('removals')(draft);
				draft.materials = [...draft.materials, { ...first(draft.materials), keyId: NOBODY }];
			}
		],
		['bytes of material under another id', set('materials', any, { keyId: NOBODY })],
		[
			'material that came before its CMK',
			set('keys', external, { material: { importedAtMs: 1, expiresAtMs: null } })
		],
		[
			'material that expired when it came',
			(draft) => {
				const { material } = first(draft.keys.filter((key) => external({ ...key })));
				const importedAtMs = material?.importedAtMs ?? 0;
				set('keys', external, { material: { importedAtMs, expiresAtMs: importedAtMs } })(draft);
			}
		],
		['ENABLED without material', set('keys', waiting, { state: 'ENABLED' })],
		['PENDING_IMPORT with material', set('keys', external, { state: 'PENDING_IMPORT' })],
		['PENDING_DELETE without a date', set('keys', doomed, { deleteAtMs: null })],
		['a date without PENDING_DELETE', set('keys', external, { deleteAtMs: 2e12 })],
		[
			'platform material that expires',
			set('keys', platform, { material: { importedAtMs: 1_772_323_200_000, expiresAtMs: 2e12 } })
		],
		['a platform CMK with import calls', set('keys', platform, { importCalls: 1 })],
		[
			'imported material without a fingerprint',
			set('keys', external, { materialFingerprint: null })
		],
		[
			'material that expired before it came',
			set('keys', external, { material: { importedAtMs: 1_772_323_200_000, expiresAtMs: 1 } })
		],
		[
			'material from the future',
			set('keys', external, { material: { importedAtMs: 4e12, expiresAtMs: null } })
		],
		['a CMK from the future', set('keys', waiting, { createdAtMs: 4e12 })],
		['material without its bytes', without('materials')],
		['bytes of material twice', twice('materials')],
		['bytes that nobody holds', without('removals')],
		['a removal twice', twice('removals')],
		[
			'a removal of bytes in use',
			(draft) =>
				(draft.removals = [
					{
						keyId: draft.keys.find((key) => key.state === 'ENABLED')?.keyId ?? '',
						removeAtMs: 2e12
					}
				])
		],
		['a call twice', twice('calls')],
		[
			'a call of a CMK that is not there',
			(draft) => {
				set('calls', any, { keyId: NOBODY })(draft);
			}
		],
		['a call that was never made', set('calls', any, { callNumber: 99 })],
		['a call before its CMK', set('calls', any, { issuedAtMs: 1, expiresAtMs: 86_400_001 })],
		['a token that lives longer', set('calls', any, { expiresAtMs: 2e12 })],
		['a digest of another public key', set('calls', any, { publicKeySha256: 'a'.repeat(64) })],
		['a file twice', twice('files')],
		[
			'a file of another length',
			set('files', (row) => row['name'] === 'empty.bin', { lengthBytes: 1 })
		]
	];

	test.each(cases)('is refused: %s', async (_, change) => {
		const forgery = changed(change);
		expect(await problemOf(withHeader(JSON.stringify(forgery)))).toBe('Inconsistent');
	});
});

describe('secrets that are not what the records say', () => {
	const other = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
	const cases: [string, Change][] = [
		[
			'other material',
			(draft) => {
				const keyId = draft.keys.find(
					(key) => key.state === 'ENABLED' && key.origin === 'EXTERNAL'
				)?.keyId;
				draft.materials = draft.materials.map((one) =>
					one.keyId === keyId ? { ...one, material: other(one.material) } : one
				);
			}
		],
		[
			'another fingerprint key',
			(draft) =>
				(draft.serviceKeys = {
					...draft.serviceKeys,
					fingerprint: other(draft.serviceKeys.fingerprint)
				})
		],
		[
			'another token key',
			(draft) =>
				(draft.serviceKeys = { ...draft.serviceKeys, token: other(draft.serviceKeys.token) })
		],
		[
			'a token that says something else',
			(draft) => (draft.calls = draft.calls.map((call) => ({ ...call, parametersId: call.keyId })))
		],
		...(['n', 'p', 'dp', 'qi'] as const).map((name): [string, Change] => [
			`another ${name} in a private key`,
			(draft) =>
				(draft.calls = draft.calls.map((call) => ({
					...call,
					privateKey: { ...call.privateKey, [name]: other(call.privateKey[name]) }
				})))
		])
	];

	test.each(cases)('are refused: %s', async (_, change) => {
		const forgery = await fileToContents(withHeader(JSON.stringify(changed(change))));
		if (!forgery.ok) throw new Error('this shows only when the secrets are opened');
		expect(await restore(forgery.value)).toHaveProperty('at');
	});

	test('are taken when they are', async () => {
		expect(contents.calls.length).toBeGreaterThan(0);
		expect(await restore(contents)).toHaveProperty('restored');
	});
});
