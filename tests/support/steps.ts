/** Random lives of keys: steps as data, and what each does to the real service and to the model beside it. */
import fc from 'fast-check';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import type { WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import type { Bytes } from '$lib/domain/bytes';
import { isSameSetting } from '$lib/domain/clock-moves';
import { settle } from '$lib/domain/key';
import type { Result } from '$lib/domain/result';
import { DAY_MS, HOUR_MS, type ClockSetting } from '$lib/domain/time';
import { queries, type Undoable } from '$lib/storage/queries';
import { Model, type ModelCall } from './model';
import type { Sandbox } from './sandbox';

const LONGEST_LIFE = 40;
const ALGORITHM = 'RSAES_OAEP_SHA_256';
const nothing = {};

/** Numbers name keys, calls and blobs: the n-th made so far, or one that does not exist. */
const steps = {
	create: fc.record({ external: fc.boolean(), alias: fc.constantFrom(null, null, 'a', 'b') }),
	describe: fc.record({ key: fc.nat(3) }),
	setAlias: fc.record({
		key: fc.nat(3),
		operation: fc.constantFrom('CreateAlias', 'UpdateAlias'),
		alias: fc.constantFrom('a', 'b', 'c')
	}),
	describeAs: fc.record({ key: fc.nat(3), description: fc.constantFrom('', 'text') }),
	getParameters: fc.record({ key: fc.nat(3) }),
	import: fc.record({
		/** null: the key that the call was for. */
		key: fc.option(fc.nat(3), { freq: 8 }),
		call: fc.nat(4),
		material: fc.constantFrom(0, 0, 0, 1),
		wrong: fc.constantFrom(
			'nothing',
			'nothing',
			'nothing',
			'nothing',
			'otherCall',
			'damaged',
			'length'
		),
		hours: fc.constantFrom(null, null, 1, 24, 200, -1, 0)
	}),
	deleteMaterial: fc.record({ key: fc.nat(3) }),
	enable: fc.record({ key: fc.nat(3) }),
	disable: fc.record({ key: fc.nat(3) }),
	schedule: fc.record({ key: fc.nat(3), days: fc.constantFrom(7, 8, 30, 6, 31) }),
	cancel: fc.record({ key: fc.nat(3) }),
	encrypt: fc.record({ key: fc.nat(3) }),
	dataKey: fc.record({ key: fc.nat(3), bytes: fc.constantFrom(1, 32, 1024) }),
	decrypt: fc.record({ blob: fc.nat(5) }),
	move: fc.record({ hours: fc.constantFrom(1, 1, 23, 24, 24 * 7, 24 * 30, -1, -24) }),
	toNext: fc.record({ before: fc.boolean() }),
	freeze: fc.constant(nothing),
	run: fc.constant(nothing),
	reimport: fc.record({ strict: fc.boolean() }),
	removal: fc.record({ late: fc.boolean() }),
	undo: fc.constant(nothing),
	/** The machine sleeps, or its clock is set: no timer runs. */
	systemClock: fc.record({ hours: fc.constantFrom(1, 2, 25, 24 * 8, -1, -2, -25, -24 * 8) }),
	/** A page shows what has passed. */
	look: fc.constant(nothing),
	/** A tab shows the clock and the operation that can be undone … */
	show: fc.constant(nothing),
	/** … and acts on what it has shown, perhaps after another tab did. */
	undoShown: fc.constant(nothing),
	moveShown: fc.record({ hours: fc.constantFrom(1, 24, -1) }),
	/** The disk is full from this write of the next step on. */
	full: fc.record({ writes: fc.nat(6) }),
	reload: fc.constant(nothing)
} as const;

type Steps = {
	[Name in keyof typeof steps]: (typeof steps)[Name] extends fc.Arbitrary<infer T> ? T : never;
};
export type Step = {
	[Name in keyof Steps]: { readonly name: Name; readonly with: Steps[Name] };
}[keyof Steps];

/** Likelier where a life would otherwise seldom get anywhere. */
const WEIGHT: Partial<Record<keyof Steps, number>> = {
	getParameters: 4,
	import: 7,
	create: 3,
	encrypt: 3,
	toNext: 4,
	undo: 4,
	systemClock: 4,
	full: 3
};

/** Half of all lives begin with a key that has material for a day, and some of those with bytes that go later. */
const openings: readonly (readonly Step[])[] = [
	{ name: 'create', with: { external: true, alias: null } },
	{ name: 'getParameters', with: { key: 0 } },
	{ name: 'import', with: { key: null, call: 0, material: 0, wrong: 'nothing', hours: 24 } }
]
	.map((step) => step as Step)
	.reduce<Step[][]>(
		(all, step) => all.map((steps) => [...steps, step]),
		[[], [{ name: 'removal', with: { late: true } }]]
	);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
	...Object.entries(steps).map(([name, args]) => ({
		weight: WEIGHT[name as keyof Steps] ?? 2,
		arbitrary: (args as fc.Arbitrary<unknown>).map((chosen) => ({ name, with: chosen }) as Step)
	}))
);

export const anyLife: fc.Arbitrary<Step[]> = fc
	.tuple(
		fc.constantFrom([], [], ...openings),
		fc.array(anyStep, { maxLength: LONGEST_LIFE, size: 'max' })
	)
	.map(([opening, rest]) => [...opening, ...rest]);

/** Steps that move the clock. */
const MOVES: readonly Step['name'][] = ['move', 'toNext', 'moveShown'];

/** Steps that ask nothing of the service. */
const OUTSIDE: readonly Step['name'][] = ['systemClock', 'show', 'full', 'reload'];

interface RealCall {
	readonly pair: WrappingKeyPair;
	readonly token: Bytes;
	/** The value in the token, which never changes; the call itself may be deleted. */
	readonly claims: ModelCall;
}

/** What a machine does to the service without asking it. */
export interface Machine {
	/** Milliseconds since 1970, as `Date.now` tells them. */
	systemMs: number;
	/** How many more writes there is room for. */
	room: number;
	/** Whether a write has failed for want of room. */
	refused: boolean;
}

/** The service and the model, side by side. */
export class Life {
	#model: Model;
	readonly keyIds: string[] = [];
	readonly #calls: RealCall[] = [];
	readonly #blobs: Bytes[] = [];
	#sandbox: Sandbox;
	#events = 0;
	#removals = 0;
	/** What a tab has shown last. */
	#shown:
		| { readonly clock: ClockSetting; readonly undo: Undoable | null; readonly in: Model['undo'] }
		| undefined;
	/** Writes until the disk is full in the next step. */
	#room = Infinity;
	#saidFull = false;

	constructor(
		sandbox: Sandbox,
		now: number,
		private readonly machine: Machine,
		private readonly reopen: () => Promise<Sandbox>,
		private readonly lastPair: () => WrappingKeyPair
	) {
		this.#sandbox = sandbox;
		this.#model = new Model(now);
	}

	get model(): Model {
		return this.#model;
	}

	/** @returns what differs between the service and the model after this step, empty when nothing does */
	async take(step: Step): Promise<string[]> {
		if (step.name === 'full') {
			this.#room = step.with.writes;
			return [];
		}
		// the model leaves open when bytes go: before a move all that went by then is counted at the time before it
		if (MOVES.includes(step.name)) {
			this.#events += this.#model.settle();
			await this.#look();
			await this.#countRemovals();
		}
		const before = { model: this.#model.clone(), events: this.#events, removals: this.#removals };
		Object.assign(this.machine, { room: this.#room, refused: false });
		this.#saidFull = false;
		this.#room = Infinity;
		let fault = await this.#run(step);
		this.machine.room = Infinity;
		if (this.#wasRefused()) {
			// nothing was stored, and it was said
			fault = this.#hasSaidFull() ? undefined : `${step.name}: a full disk was not told`;
			this.#model = before.model;
			this.#events = before.events;
			this.#removals = before.removals;
		} else await this.#countRemovals();
		return [...(fault === undefined ? [] : [fault]), ...(await this.#differences())];
	}

	async end(): Promise<string[]> {
		const { brokenAt } = await this.#sandbox.controls.checkAuditLog();
		return brokenAt === undefined ? [] : [`the chain is broken at ${String(brokenAt)}`];
	}

	remove(): Promise<void> {
		return this.#sandbox.db.delete();
	}

	async #run(step: Step): Promise<string | undefined> {
		const { kms } = this.#sandbox;
		const model = this.model;
		// the service always records first what is due
		if (!OUTSIDE.includes(step.name)) this.#events += model.settle();
		switch (step.name) {
			case 'systemClock': {
				const ms = step.with.hours * HOUR_MS;
				this.machine.systemMs += ms;
				model.systemClock(ms);
				return undefined;
			}
			case 'look':
				return this.#look();
			case 'show': {
				const { db } = this.#sandbox;
				const [clock, undo] = await Promise.all([queries.clock(db), queries.undoable(db)]);
				this.#shown = { clock, undo, in: model.undo };
				return undefined;
			}
			case 'moveShown': {
				if (!this.#shown) return this.#look();
				const { clock } = this.#shown;
				const isSame = isSameSetting(await queries.clock(this.#sandbox.db), clock);
				const instant = model.now + step.with.hours * HOUR_MS;
				if (isSame) return this.#move(instant, clock);
				const answer = await this.#sandbox.controls.moveClock({ move: 'to', atMs: instant }, clock);
				this.#told(answer);
				return !answer.ok && answer.problem !== 'BehindRecord' && answer.problem !== 'OutOfRange'
					? undefined
					: 'a clock that another tab has moved was moved again';
			}
			case 'full':
				return undefined;
			case 'create': {
				const { external, alias } = step.with;
				const result = await kms.createCmk({
					keyUsage: 0,
					origin: external ? 1 : 0,
					...(alias !== null && { alias })
				});
				if (result.ok) this.keyIds[model.nextKey] = result.value.keyMetadata.keyId;
				return this.#compare(result, model.create(external, alias));
			}
			case 'describe':
				return this.#compare(
					await kms.describeKey({ keyId: this.#keyId(step.with.key) }),
					model.describe(step.with.key)
				);
			case 'setAlias': {
				const { key, operation, alias } = step.with;
				const request = { keyId: this.#keyId(key), alias };
				return this.#compare(
					await (operation === 'CreateAlias' ? kms.createAlias(request) : kms.updateAlias(request)),
					model.setAlias(operation, key, alias)
				);
			}
			case 'describeAs': {
				const { key, description } = step.with;
				return this.#compare(
					await kms.updateKeyDescription({ keyId: this.#keyId(key), description }),
					model.describeAs(key, description)
				);
			}
			case 'getParameters':
				return this.#getParameters(step.with.key);
			case 'import':
				return this.#import(step.with);
			case 'deleteMaterial':
				return this.#compare(
					await kms.deleteKeyMaterial({ keyId: this.#keyId(step.with.key) }),
					model.deleteMaterial(step.with.key)
				);
			case 'enable':
				return this.#compare(
					await kms.enableKey({ keyId: this.#keyId(step.with.key) }),
					model.enableOrDisable(step.with.key, 'ENABLED')
				);
			case 'disable':
				return this.#compare(
					await kms.disableKey({ keyId: this.#keyId(step.with.key) }),
					model.enableOrDisable(step.with.key, 'DISABLED')
				);
			case 'schedule': {
				const { key, days } = step.with;
				return this.#compare(
					await kms.scheduleKeyDeletion({ keyId: this.#keyId(key), pendingWindowInDays: days }),
					model.schedule(key, days)
				);
			}
			case 'cancel':
				return this.#compare(
					await kms.cancelKeyDeletion({ keyId: this.#keyId(step.with.key) }),
					model.cancel(step.with.key)
				);
			case 'encrypt':
			case 'dataKey': {
				const keyId = this.#keyId(step.with.key);
				const result =
					step.name === 'encrypt'
						? await kms.encrypt({ keyId, plainText: new Uint8Array([1, 2, 3]) })
						: await kms.generateDataKey({ keyId, numberOfBytes: step.with.bytes });
				if (result.ok) this.#blobs.push(result.value.cipherTextBlob);
				return this.#compare(result, model.encrypt(step.with.key));
			}
			case 'decrypt': {
				const cipherTextBlob = this.#blobs[step.with.blob];
				const blob = model.blobs[step.with.blob];
				if (!cipherTextBlob || !blob) return this.#look();
				return this.#compare(await kms.decrypt({ cipherTextBlob }), model.decrypt(blob));
			}
			case 'move':
				return this.#move(model.now + step.with.hours * HOUR_MS);
			case 'toNext': {
				const next = Math.min(
					...[...model.keys.values()].flatMap(({ expiresAt, deleteAt }) => [
						expiresAt ?? Infinity,
						deleteAt ?? Infinity
					]),
					...[...model.calls.values()].map(({ expiresAt }) => expiresAt)
				);
				if (next === Infinity) return this.#look();
				return this.#move(step.with.before ? Math.max(next - 1, model.now) : next);
			}
			case 'freeze':
			case 'run': {
				this.#told(await this.#sandbox.moveClock({ move: step.name }));
				model.freeze(step.name === 'freeze');
				return undefined;
			}
			case 'reimport': {
				const { strict } = step.with;
				model.strictReimport = strict;
				const reimport = strict ? 'pendingImportOnly' : 'anytime';
				this.#told(await this.#sandbox.controls.changeSettings({ reimport }));
				return undefined;
			}
			case 'removal': {
				const removal = step.with.late ? 'within24Hours' : 'atOnce';
				this.#told(await this.#sandbox.controls.changeSettings({ removal }));
				return undefined;
			}
			case 'undo':
				return this.#undo(await queries.undoable(this.#sandbox.db), model.undo);
			case 'undoShown':
				return this.#shown?.undo ? this.#undo(this.#shown.undo, this.#shown.in) : this.#look();
			case 'reload':
				this.#sandbox.db.close();
				this.#sandbox = await this.reopen();
				return undefined;
		}
	}

	async #getParameters(key: number): Promise<string | undefined> {
		const result = await this.#sandbox.kms.getParametersForImport({
			keyId: this.#keyId(key),
			wrappingKeySpec: 'RSA_2048',
			wrappingAlgorithm: ALGORITHM
		});
		const call = this.model.nextCall;
		const outcome = this.#compare(result, this.model.getParameters(key));
		const claims = this.model.calls.get(call);
		if (result.ok && claims)
			this.#calls[call] = { pair: this.lastPair(), token: result.value.importToken, claims };
		return outcome;
	}

	async #import({
		key: chosen,
		call,
		material,
		wrong,
		hours
	}: Steps['import']): Promise<string | undefined> {
		const real = this.#calls[call];
		if (!real) return this.#look();
		const key = chosen ?? real.claims.key;
		// the API counts in whole seconds
		const expiresAt =
			hours === null ? null : Math.floor((this.model.now + hours * HOUR_MS) / 1000) * 1000;
		const encryptedKeyMaterial = await wrapped(real.pair, material, wrong);
		const result = await this.#sandbox.kms.importKeyMaterial({
			keyId: this.#keyId(key),
			encryptedKeyMaterial,
			importToken: real.token,
			keyMaterialExpireUnix: expiresAt === null ? 0 : expiresAt / 1000
		});
		return this.#compare(
			result,
			this.model.import(key, call, material, wrong, expiresAt, real.claims)
		);
	}

	/** @param shown the operation that is named, and what the model knew of it when it was shown */
	async #undo(shown: Undoable | null, of: Model['undo']): Promise<string | undefined> {
		const { model } = this;
		const answer = await this.#sandbox.controls.undoLastOperation(shown ?? { requestId: 'none' });
		this.#told(answer);
		const isLast = model.undo !== undefined && model.undo === of;
		if (isLast) this.#events += 1 + (model.undoLast() ?? 0);
		return answer.ok === isLast
			? undefined
			: `undo: ${String(answer.ok)}, expected ${String(isLast)}`;
	}

	/** Records what is due, as a page does that shows it. */
	async #look(): Promise<undefined> {
		this.#told(await this.#sandbox.controls.recordDue());
	}

	#hasSaidFull(): boolean {
		return this.#saidFull;
	}

	/** A write may have set it. */
	#wasRefused(): boolean {
		return this.machine.refused;
	}

	#told(answer: { readonly ok: boolean; readonly problem?: string }): void {
		if (answer.problem === 'StorageFull') this.#saidFull = true;
	}

	async #move(instant: number, from?: ClockSetting): Promise<string | undefined> {
		const clock = from ?? (await queries.clock(this.#sandbox.db));
		const answer = await this.#sandbox.controls.moveClock({ move: 'to', atMs: instant }, clock);
		this.#told(answer);
		const { ok } = answer;
		const expected = this.model.moveTo(instant);
		if (expected) this.#events += this.model.settle();
		return ok === expected
			? undefined
			: `move to ${String(instant)}: ${String(ok)}, expected ${String(expected)}`;
	}

	/** Bytes that go later leave an event when they go: where that is, the model leaves open. */
	async #countRemovals(): Promise<void> {
		const { db } = this.#sandbox;
		const removed = await db.events
			.where('[operation+sequence]')
			.between(...REMOVALS)
			.count();
		if (removed > this.#removals) this.model.latestEvent = this.model.now;
		this.#events += removed - this.#removals;
		this.#removals = removed;
	}

	#keyId(key: number): string {
		return this.keyIds[key] ?? '00000000-0000-4000-8000-000000000000';
	}

	#compare(result: Result<unknown>, expected: string): string | undefined {
		this.#events++;
		const code = result.ok ? 'SUCCESS' : result.refusal.code;
		if (code === 'StorageFull') this.#saidFull = true;
		return code === expected ? undefined : `answered ${code}, expected ${expected}`;
	}

	/** Everything that is stored, in the model's words. */
	async #differences(): Promise<string[]> {
		const { db } = this.#sandbox;
		// what is due and not recorded yet is true all the same
		const model = this.model.clone();
		let isPending = model.settle() > 0;
		const [keys, removals, materials, counters, events] = await Promise.all([
			db.keys.toArray(),
			db.removals.toArray(),
			db.materials.toCollection().primaryKeys(),
			db.counters.toArray(),
			db.events.count()
		]);
		const stored = keys
			.flatMap((row) => settle(row, model.now) ?? [])
			.map((key) => ({
				name: this.keyIds.indexOf(key.keyId),
				external: key.origin === 'EXTERNAL',
				state: key.state,
				alias: key.alias,
				description: key.description,
				holds: key.material !== null && materials.includes(key.keyId),
				bound: key.materialFingerprint !== null,
				expiresAt: key.material?.expiresAtMs ?? null,
				deleteAt: key.deleteAtMs
			}))
			.sort((a, b) => a.name - b.name);
		const expected = [...model.keys.values()]
			.map(({ material, boundTo, ...key }) => ({
				name: key.name,
				external: key.external,
				state: key.state,
				alias: key.alias,
				description: key.description,
				holds: material !== null,
				bound: boundTo !== null,
				expiresAt: key.expiresAt,
				deleteAt: key.deleteAt
			}))
			.sort((a, b) => a.name - b.name);
		const same = (what: string, a: unknown, b: unknown) =>
			JSON.stringify(a) === JSON.stringify(b)
				? []
				: [`${what}: ${JSON.stringify(a)}, expected ${JSON.stringify(b)}`];
		const recount = new Map<string, number>();
		for (const { state } of keys) recount.set(state, (recount.get(state) ?? 0) + 1);
		const holding = stored.filter(({ holds }) => holds).map(({ name }) => this.keyIds[name]);
		isPending ||= removals.some(({ removeAtMs }) => removeAtMs <= model.now);
		const doomed = removals
			.filter(({ removeAtMs }) => removeAtMs > model.now && removeAtMs <= model.now + DAY_MS)
			.map(({ keyId }) => keyId);
		return [
			...same('keys', stored, expected),
			// bytes are there for the CMKs that hold material and for those from which they will go within a day
			...same(
				'bytes that go although they are in use',
				doomed.filter((keyId) => holding.includes(keyId)),
				[]
			),
			...(isPending
				? []
				: same('materials', [...materials].sort(), [...new Set([...holding, ...doomed])].sort())),
			...same(
				'counters',
				counters.filter(({ count }) => count !== 0).map(({ state, count }) => [state, count]),
				[...recount].sort(([a], [b]) => (a < b ? -1 : 1))
			),
			...same('events', events, this.#events)
		];
	}
}

const REMOVALS = [
	['RemoveKeyMaterial', 0],
	['RemoveKeyMaterial', Infinity]
] as const;

const MATERIALS = [1, 2].map((byte) => new Uint8Array(32).fill(byte));
const cache = new WeakMap<WrappingKeyPair, Map<string, Promise<Bytes>>>();

/** The same upload again and again: what is wrapped by whom is what matters, and wrapping takes time. */
function wrapped(pair: WrappingKeyPair, material: number, wrong: string): Promise<Bytes> {
	const made = cache.get(pair) ?? new Map<string, Promise<Bytes>>();
	cache.set(pair, made);
	const name = `${String(material)} ${wrong}`;
	const bytes = made.get(name) ?? wrap(pair, material, wrong);
	made.set(name, bytes);
	return bytes;
}

async function wrap(pair: WrappingKeyPair, material: number, wrong: string): Promise<Bytes> {
	const plain = MATERIALS[material] ?? new Uint8Array(32);
	if (wrong === 'length') return wrapKeyMaterial(ALGORITHM, pair.publicKey, plain.slice(1));
	const upload = await wrapKeyMaterial(ALGORITHM, pair.publicKey, plain);
	// Another key pair cannot be told from damage: both are bytes that this private key does not open.
	if (wrong === 'damaged' || wrong === 'otherCall')
		return upload.map((byte, index) => (index === 100 ? byte ^ 1 : byte));
	return upload;
}
