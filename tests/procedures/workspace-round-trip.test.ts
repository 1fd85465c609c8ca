/** Whatever import takes, export gives back equal; what it refuses, it refuses with the place. And long work can be stopped. */
import { close, databaseNames, inhabit, openPlace, type Place } from '../support/workspaces';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { CHAIN_START, chainHash } from '$lib/domain/audit-chain';
import type { Bytes } from '$lib/domain/bytes';
import { LATEST_MS } from '$lib/domain/time';
import { sha256HexNow } from '$lib/crypto/sha256';
import type { Contents } from '$lib/workspaces/contents';
import { contentsToFile, fileToContents } from '$lib/workspaces/workspace-file';
import type { WorkProgress } from '$lib/workspaces/workspaces';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { START_MS } from '../support/sandbox';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 60);

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Holder = Json[] | { [name: string]: Json };

let place: Place;
let base: Contents;
let names = 0;

async function parsed(file: Bytes): Promise<Contents> {
	const result = await fileToContents(file);
	if (!result.ok) throw new Error(`${result.problem} at ${String(result.at)}`);
	return result.value;
}

async function exported(from: Place): Promise<Contents> {
	const result = await from.workspaces.exportFile();
	if (!result.ok) throw new Error(result.problem);
	return parsed(result.value.bytes);
}

beforeAll(async () => {
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	for (const name of await databaseNames()) await Dexie.delete(name);
	place = await inhabit('main', true);
	base = await exported(place);
}, 30_000);

/** A file with any payload. */
function fileOf(payload: string): Bytes {
	const bytes = new TextEncoder().encode(payload);
	const sha256 = sha256HexNow(bytes);
	const line = JSON.stringify({ format: 'kms-import-sandbox-workspace', version: 1, sha256 });
	return new TextEncoder().encode(`${line}\n${payload}`);
}

/** The chain does not prove the author: the writer of a file can also write its chain. */
function rechained(contents: Json): Json {
	const { events } = contents as { events?: unknown };
	if (!Array.isArray(events)) return contents;
	let previous = CHAIN_START;
	for (const event of events as unknown[]) {
		if (typeof event !== 'object' || event === null) break;
		const rest: { hash?: unknown } = { ...event };
		delete rest.hash;
		previous = chainHash(previous, rest as never, sha256HexNow);
		Object.assign(event, { hash: previous });
	}
	return contents;
}

function placesOf(value: Json, found: { holder: Holder; name: string }[] = []) {
	if (typeof value !== 'object' || value === null) return found;
	for (const [name, member] of Object.entries(value)) {
		found.push({ holder: value, name });
		placesOf(member, found);
	}
	return found;
}

const number = fc.oneof(
	fc.constantFrom(0, -0, -1, 1.5, 1e-7, 2 ** 31, 2 ** 53 - 1, 2 ** 53, LATEST_MS, LATEST_MS + 1),
	fc.constantFrom(-LATEST_MS, START_MS, START_MS + 1, START_MS * 1000, Number.MAX_VALUE),
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true })
);
const text = fc.oneof(
	fc.constantFrom('', '__proto__', '主密钥', '\ud800', 'a\u202eb', 'a\u0000b', '👩‍💻 laptop', ' a'),
	fc.constantFrom('x'.repeat(128), 'x'.repeat(1024), 'x'.repeat(5000), 'atOnce', 'hidden', 'e.bin'),
	fc.string({ unit: 'binary', maxLength: 40 })
);
const anyValue: fc.Arbitrary<Json> = fc.oneof(
	number,
	text,
	fc.constantFrom<Json>(null, true, [], {}, [[]], { bytes: 3 }, { a: '\ud83d' }),
	fc.dictionary(text, fc.oneof(number, text), { maxKeys: 3, noNullPrototype: true })
);
const change = fc.record({
	at: fc.nat(),
	how: fc.constantFrom('same', 'same', 'same', 'other', 'delete', 'add', 'twice'),
	name: text,
	number,
	text,
	other: anyValue
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(contents: Json, { at, how, ...values }: Change): void {
	const places = placesOf(contents);
	const { holder, name } = places[at % places.length] ?? { holder: [], name: '' };
	const own = holder as { [name: string]: Json };
	const before = own[name];
	const set = (key: string, value: Json) =>
		Object.defineProperty(holder, key, {
			value,
			...{ enumerable: true, writable: true, configurable: true }
		});
	if (how === 'same') {
		if (typeof before === 'number' || before === null) set(name, values.number);
		else if (typeof before === 'string') set(name, values.text);
	} else if (how === 'other') set(name, values.other);
	else if (how === 'twice' && Array.isArray(holder)) holder.push(structuredClone(before ?? null));
	else if (how === 'delete' && Array.isArray(holder)) holder.splice(Number(name), 1);
	else if (how === 'delete') Reflect.deleteProperty(holder, name);
	else if (!Array.isArray(holder)) set(values.name, values.other);
}

async function takenAndBack(payload: string): Promise<'taken' | 'refused'> {
	const given = JSON.parse(payload) as unknown;
	const name = `Back ${String(names++)}`;
	const imported = await place.workspaces.importFile(name, fileOf(payload));
	if (!imported.ok) {
		expect(imported.problem).toBe('Inconsistent');
		expect(imported.at).toEqual(expect.any(String));
		expect(await place.workspaces.list()).not.toContainEqual(expect.objectContaining({ name }));
		return 'refused';
	}
	const back = await openPlace(imported.value.workspaceId);
	expect(await exported(back)).toEqual(given);
	close(back);
	expect((await place.workspaces.remove(imported.value.workspaceId)).ok).toBe(true);
	return 'taken';
}

describe('a file', () => {
	test(
		'that is changed is refused with the place, or comes back equal',
		{ timeout: 120_000 },
		async () => {
			const counts = { taken: 0, refused: 0 };
			await fc.assert(
				fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
					const draft = structuredClone(base) as unknown as Json;
					for (const one of changes) apply(draft, one);
					counts[await takenAndBack(JSON.stringify(rechained(draft)))]++;
				}),
				{ numRuns: RUNS }
			);
			expect(counts.taken).toBeGreaterThan(0);
			expect(counts.refused).toBeGreaterThan(0);
		}
	);

	test.each<readonly [string, (draft: Contents) => unknown]>([
		[
			'the clock as far ahead as it goes',
			({ clock }) => Object.assign(clock, { offsetMs: LATEST_MS })
		],
		[
			'the clock as far back as it goes',
			({ clock }) => Object.assign(clock, { offsetMs: -LATEST_MS })
		],
		[
			'a clock that stands at its end',
			({ clock }) => Object.assign(clock, { frozenAtMs: LATEST_MS })
		],
		[
			'material that never expires',
			({ keys }) => Object.assign(keys[0]?.material ?? {}, { expiresAtMs: null })
		],
		[
			'an alias in several scripts',
			({ keys }) => Object.assign(keys[0] ?? {}, { alias: '主密钥 👩‍💻 ключ' })
		]
	])('with %s is taken, is worked with, and comes back', async (_, draft) => {
		const contents = structuredClone(base);
		draft(contents);
		expect(await takenAndBack(JSON.stringify(contents))).toBe('taken');
		const imported = await place.workspaces.importFile(
			'Worked with',
			fileOf(JSON.stringify(contents))
		);
		if (!imported.ok) throw new Error(imported.problem);
		const there = await openPlace(imported.value.workspaceId);
		await there.sandbox.kms.createCmk({ keyUsage: 0, origin: 1 });
		const { keyId } = contents.keys[0] ?? { keyId: '' };
		await there.sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 30 });
		await there.sandbox.kms.getParametersForImport({
			keyId,
			wrappingKeySpec: 'RSA_2048',
			wrappingAlgorithm: 'RSAES_OAEP_SHA_256'
		});
		// the check of an import agrees with what was made of it
		await exported(there);
		close(there);
		await place.workspaces.remove(imported.value.workspaceId);
	});

	const longName = 'n'.repeat(3_000_000);
	test.each<readonly [string, (draft: Contents) => unknown, string]>([
		[
			'a field with a name of 3 MB',
			({ events }) => Object.assign(events[0]?.request ?? {}, { [longName]: 1 }),
			'events[0].request'
		],
		[
			'150,000 fields',
			({ events }) =>
				Object.assign(
					events[0]?.request ?? {},
					Object.fromEntries(
						Array.from({ length: 150_000 }, (_, index) => [`f${String(index)}`, 1])
					)
				),
			'events[0].request'
		],
		[
			'a name that objects have',
			({ events }) =>
				Object.defineProperty(events[0]?.request ?? {}, '__proto__', {
					value: 'a',
					enumerable: true
				}),
			'events[0].request'
		],
		[
			'a time that no clock can show',
			({ clock }) => Object.assign(clock, { offsetMs: 2 * LATEST_MS }),
			'clock.offsetMs'
		],
		[
			'a number of a file that cannot be counted on from',
			({ files }) => Object.assign(files[0] ?? {}, { fileId: 2 ** 53 - 1 }),
			'files[0].fileId'
		],
		[
			'too many CMKs',
			(draft) => Object.assign(draft, { keys: Array.from({ length: 5001 }, () => draft.keys[0]) }),
			'keys'
		],
		[
			'too many events',
			(draft) => Object.assign(draft, { events: Array.from({ length: 50_001 }, () => ({})) }),
			'events'
		]
	])('with %s is refused, with the place', async (_, change, at) => {
		const draft = structuredClone(base);
		change(draft);
		const result = await fileToContents(fileOf(JSON.stringify(draft)));
		expect(result).toEqual({ ok: false, problem: 'Inconsistent', at });
	});
});

test('an export writes nothing that an import refuses for its number of rows', async () => {
	const [event] = base.events;
	const events = Array.from({ length: 50_001 }, () => event) as Contents['events'];
	expect(await contentsToFile({ ...base, events })).toEqual({ ok: false, problem: 'TooManyRows' });
});

describe('long work', () => {
	/** With so many calls: of one pair of keys, which is what a call costs all the same. */
	async function manyCalls(count: number): Promise<Bytes> {
		const { openImportToken, sealImportToken } = await import('$lib/crypto/import-token');
		const { restoreServiceKeys } = await import('$lib/crypto/service-keys');
		const { base64ToBytes, bytesToBase64 } = await import('$lib/domain/bytes');
		const bytes = (text: string) => base64ToBytes(text) ?? new Uint8Array();
		const { token } = await restoreServiceKeys({
			token: bytes(base.serviceKeys.token),
			fingerprint: bytes(base.serviceKeys.fingerprint)
		});
		const [call] = base.calls;
		const event = base.events.find(({ operation }) => operation === 'GetParametersForImport');
		const key = base.keys.find(({ keyId }) => keyId === call?.keyId);
		if (!call || !event || !key) throw new Error('no call to repeat');
		const claims = await openImportToken(token, bytes(call.importToken));
		if (!claims) throw new Error('the token belongs to another service');
		const last = base.events.at(-1);
		const calls = [];
		const events = [...base.events];
		for (let index = 0; index < count; index++) {
			const parametersId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
			const issued = last?.atMs ?? 0;
			const own = { ...claims, parametersId, issuedAtMs: issued, expiresAtMs: issued + 86_400_000 };
			const importToken = bytesToBase64(await sealImportToken(token, own));
			calls.push({ ...call, ...own, importToken, callNumber: key.importCalls + 1 + index });
			events.push({ ...event, sequence: events.length + 1, atMs: issued });
		}
		const importCalls = key.importCalls + count;
		const keys = base.keys.map((one) => (one === key ? { ...one, importCalls } : one));
		const all = [...base.calls, ...calls].sort((a, b) =>
			a.parametersId < b.parametersId ? -1 : 1
		);
		const contents = rechained(structuredClone({ ...base, keys, calls: all, events }) as never);
		return fileOf(JSON.stringify(contents));
	}

	test('says how far it is, and answers other calls meanwhile', { timeout: 60_000 }, async () => {
		const file = await manyCalls(300);
		const { port1, port2 } = new MessageChannel();
		const seen: WorkProgress[] = [];
		port1.onmessage = ({ data }: MessageEvent<WorkProgress>) => void seen.push(data);
		const work = place.workspaces.importFile('Many', file, port2);
		const state = { isDone: false };
		void work.then(() => (state.isDone = true));
		while (!state.isDone) {
			await place.sandbox.nowMs();
			await new Promise((resolve) => setTimeout(resolve));
		}
		const imported = await work;
		expect(imported.ok).toBe(true);
		expect(
			seen.some(({ stage, done, total }) => stage === 'restoring' && done > 0 && total > 300)
		).toBe(true);
		if (imported.ok) await place.workspaces.remove(imported.value.workspaceId);
	});

	test.each(['importFile', 'exportFile', 'duplicate'] as const)(
		'%s can be stopped, and leaves nothing',
		{ timeout: 60_000 },
		async (which) => {
			const file = await manyCalls(200);
			let from = place;
			let clean = () => Promise.resolve<unknown>(undefined);
			if (which !== 'importFile') {
				const imported = await place.workspaces.importFile('Source', file);
				if (!imported.ok) throw new Error(imported.problem);
				from = await openPlace(imported.value.workspaceId);
				clean = () => {
					close(from);
					return place.workspaces.remove(imported.value.workspaceId);
				};
			}
			const before = [await databaseNames(), await place.workspaces.list()];
			const { port1, port2 } = new MessageChannel();
			port1.postMessage('stop');
			const { workspaces } = from;
			const current = await workspaces.current();
			if ('problem' in current) throw new Error(current.problem);
			const { workspaceId } = current;
			const result = await {
				importFile: () => workspaces.importFile('Stopped', file, port2),
				exportFile: () => workspaces.exportFile(port2),
				duplicate: () => workspaces.duplicate(workspaceId, 'Stopped', port2)
			}[which]();
			expect(result).toEqual({ ok: false, problem: 'Stopped' });
			expect([await databaseNames(), await place.workspaces.list()]).toEqual(before);
			await clean();
		}
	);
});
