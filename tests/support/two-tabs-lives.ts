/**
 * Two tabs that work on the same keys at once, each without waiting for the other. The log says in which order their
 * operations took effect; in that order the model must have given the same answers, and end in the same state.
 */
import fc from 'fast-check';
import { wrapKeyMaterial } from '$lib/crypto/wrap';
import type { Bytes } from '$lib/domain/bytes';
import type { AuditEvent } from '$lib/domain/events';
import { settle } from '$lib/domain/key';
import { HOUR_MS } from '$lib/domain/time';
import { Model, type ModelCall } from './model';
import { getParameters, START_MS, startSandbox, value, type Sandbox } from './sandbox';
import type { KeyPairs } from './lives';

const KEYS = 2;
const key = fc.nat(KEYS - 1);

const anyAct = fc.oneof(
	fc.record({
		do: fc.constantFrom('enable', 'disable', 'deleteMaterial', 'cancel', 'encrypt'),
		key
	}),
	fc.record({ do: fc.constant('schedule'), key, days: fc.constantFrom(7, 30) }),
	fc.record({ do: fc.constant('alias'), key, alias: fc.constantFrom('a', 'b') }),
	fc.record({
		do: fc.constant('import'),
		key,
		material: fc.nat(1),
		hours: fc.constantFrom(null, 1)
	}),
	fc.record({
		do: fc.constant('import'),
		key,
		material: fc.nat(1),
		hours: fc.constantFrom(null, 1)
	}),
	fc.record({ do: fc.constant('forward'), hours: fc.constantFrom(1, 24 * 7) })
);
type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never;

/** What both tabs know from the start: the keys, and one open call for each. */
interface World {
	readonly keyIds: readonly string[];
	readonly tokens: readonly Bytes[];
	/** By key, then by material. */
	readonly uploads: readonly (readonly Bytes[])[];
}

interface Tab {
	readonly sandbox: Sandbox;
	readonly acts: readonly Act[];
}

/** The CMKs of the log by number, so that the model's numbers can be compared. */
export async function checkTwoTabs(runs: number, keyPairs: KeyPairs): Promise<void> {
	let count = 0;
	const acts = fc.array(anyAct, { minLength: 1, maxLength: 12, size: 'max' });
	await fc.assert(
		fc.asyncProperty(acts, acts, async (one, other) => {
			const name = `tabs-${String(Date.now())}-${String(count++)}`;
			const first = await startSandbox(name, { keyPairs, newId: ids('a') });
			const second = await startSandbox(name, { keyPairs, newId: ids('b') });
			try {
				const world = await createWorld(first);
				const start = (await first.events()).length;
				const tabs = { a: { sandbox: first, acts: one }, b: { sandbox: second, acts: other } };
				await Promise.all(Object.values(tabs).map((tab) => work(tab, world)));
				await first.sweep();
				const differences = await replay(tabs, world, first, start);
				if (differences.length > 0) throw new Error(differences.join('; '));
			} finally {
				second.db.close();
				await first.db.delete();
			}
		}),
		{ numRuns: runs }
	);
}

/** Ids that tell whose operation an event is of. */
function ids(tab: 'a' | 'b'): () => string {
	let last = 0;
	return () => `${tab.repeat(8)}-0000-4000-8000-${String(++last).padStart(12, '0')}`;
}

async function createWorld(sandbox: Sandbox): Promise<World> {
	const keyIds: string[] = [];
	const tokens: Bytes[] = [];
	const uploads: Bytes[][] = [];
	for (let number = 0; number < KEYS; number++) {
		const created = value(await sandbox.kms.createCmk({ keyUsage: 0, origin: 1 }));
		const { keyId } = created.keyMetadata;
		const { publicKey, importToken } = await getParameters(sandbox.kms, keyId);
		const wrap = (byte: number) =>
			wrapKeyMaterial('RSAES_OAEP_SHA_256', publicKey, new Uint8Array(32).fill(byte));
		keyIds.push(keyId);
		tokens.push(importToken);
		uploads.push(await Promise.all([wrap(1), wrap(2)]));
	}
	return { keyIds, tokens, uploads };
}

async function work({ sandbox, acts }: Tab, world: World): Promise<void> {
	for (const act of acts) await perform(sandbox, act, world);
}

async function perform({ kms, moveClock }: Sandbox, act: Act, world: World): Promise<unknown> {
	if (!('key' in act)) return moveClock({ move: 'by', ms: act.hours * HOUR_MS });
	const keyId = world.keyIds[act.key] ?? '';
	if ('days' in act) return kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: act.days });
	if ('alias' in act) return kms.createAlias({ keyId, alias: act.alias });
	if ('material' in act)
		return kms.importKeyMaterial({
			keyId,
			encryptedKeyMaterial: world.uploads[act.key]?.[act.material] ?? new Uint8Array(),
			importToken: world.tokens[act.key] ?? new Uint8Array(),
			keyMaterialExpireUnix: expiry(act.hours)
		});
	switch (act.do) {
		case 'enable':
			return kms.enableKey({ keyId });
		case 'disable':
			return kms.disableKey({ keyId });
		case 'deleteMaterial':
			return kms.deleteKeyMaterial({ keyId });
		case 'cancel':
			return kms.cancelKeyDeletion({ keyId });
		default:
			return kms.encrypt({ keyId, plainText: new Uint8Array([1]) });
	}
}

/** Fixed dates: what the other tab does to the clock must not change what was asked for. */
const expiry = (hours: number | null) => (hours === null ? 0 : (START_MS + hours * HOUR_MS) / 1000);

function predict(model: Model, act: Act): string {
	if (!('key' in act)) return 'SUCCESS';
	if ('days' in act) return model.schedule(act.key, act.days);
	if ('alias' in act) return model.setAlias('CreateAlias', act.key, act.alias);
	if ('material' in act) {
		const token: ModelCall = { key: act.key, expiresAt: START_MS + 24 * HOUR_MS };
		const at = expiry(act.hours) * 1000 || null;
		return model.import(act.key, act.key, act.material, 'nothing', at, token);
	}
	switch (act.do) {
		case 'enable':
			return model.enableOrDisable(act.key, 'ENABLED');
		case 'disable':
			return model.enableOrDisable(act.key, 'DISABLED');
		case 'deleteMaterial':
			return model.deleteMaterial(act.key);
		case 'cancel':
			return model.cancel(act.key);
		default:
			return model.encrypt(act.key);
	}
}

/**
 * A refusal that was decided before the crypto stands although the other tab was faster, so it may have been right at
 * any moment since the tab's event before. A success must be right at its own place in the log.
 */
async function replay(
	tabs: Readonly<Record<'a' | 'b', Tab>>,
	world: World,
	sandbox: Sandbox,
	start: number
): Promise<string[]> {
	const events = (await sandbox.events()).slice(start);
	const faults: string[] = [];
	let model = new Model(START_MS);
	for (let number = 0; number < KEYS; number++) {
		model.create(true, null);
		model.getParameters(number);
	}
	const history = [model.clone()];
	const next = { a: 0, b: 0 };
	const since = { a: 0, b: 0 };
	for (const event of events) {
		model.now = event.atMs;
		model.settle();
		history.push(model.clone());
		if (event.actor === 'sweeper') continue;
		const tab = event.requestId?.startsWith('a') ? 'a' : 'b';
		const acts = tabs[tab].acts.filter((act) => 'key' in act);
		const act = acts[next[tab]++];
		if (!act) return [`an event more than tab ${tab} has acts: ${event.operation}`];
		const after = model.clone();
		const code = predict(after, act);
		if (code === event.code) model = after;
		else if (!wasRight(history.slice(since[tab]), act, event))
			faults.push(`${event.operation}: ${event.code}, expected ${code}`);
		history.push(model.clone());
		since[tab] = history.length - 1;
	}
	for (const tab of ['a', 'b'] as const)
		if (next[tab] !== tabs[tab].acts.filter((act) => 'key' in act).length)
			faults.push(`tab ${tab} has acts without an event`);
	return [...faults, ...(await stateFaults(sandbox, model, world))];
}

function wasRight(moments: readonly Model[], act: Act, event: AuditEvent): boolean {
	return (
		event.code !== 'SUCCESS' && moments.some((model) => predict(model.clone(), act) === event.code)
	);
}

async function stateFaults(sandbox: Sandbox, model: Model, { keyIds }: World): Promise<string[]> {
	model.now = await sandbox.nowMs();
	model.settle();
	const stored = (await sandbox.db.keys.toArray())
		.flatMap((row) => settle(row, model.now) ?? [])
		.map(({ keyId, state, alias, material, deleteAtMs }) => ({
			name: keyIds.indexOf(keyId),
			state: state,
			alias,
			expiresAt: material?.expiresAtMs ?? null,
			holds: material !== null,
			deleteAt: deleteAtMs
		}))
		.sort((a, b) => a.name - b.name);
	const expected = [...model.keys.values()].map(
		({ name, state, alias, expiresAt, material, deleteAt }) => ({
			name,
			state: state,
			alias,
			expiresAt,
			holds: material !== null,
			deleteAt
		})
	);
	const { brokenAt } = await sandbox.controls.checkAuditLog();
	return [
		...(brokenAt === undefined ? [] : [`the chain is broken at ${String(brokenAt)}`]),
		...(JSON.stringify(stored) === JSON.stringify(expected)
			? []
			: [`${JSON.stringify(stored)}, expected ${JSON.stringify(expected)}`])
	];
}
