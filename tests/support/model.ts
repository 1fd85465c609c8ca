/**
 * The service as its documents describe it, in a page of plain code: no crypto, no database, none of the product's rules.
 * What the real service answers and stores is held against it.
 */
type State = 'ENABLED' | 'DISABLED' | 'PENDING_IMPORT' | 'PENDING_DELETE';

const DAY = 86_400_000;

export interface ModelKey {
	readonly name: number;
	readonly external: boolean;
	state: State;
	alias: string | null;
	description: string;
	/** The key material that the CMK holds, and the key material that it is permanently bound to. */
	material: number | null;
	boundTo: number | null;
	expiresAt: number | null;
	deleteAt: number | null;
}

export interface ModelCall {
	readonly key: number;
	readonly expiresAt: number;
}

export interface ModelBlob {
	readonly key: number;
	readonly material: number;
}

interface Undo {
	readonly key: ModelKey | undefined;
	readonly name: number;
	readonly call: number | undefined;
}

export type Code = string;

export class Model {
	now: number;
	/** Where the clock would be if nothing had been recorded or seen to have passed. */
	running: number;
	frozen = false;
	/** Of the latest event, or of the latest deadline that was seen to have passed: time never goes back behind it. */
	latestEvent = 0;
	strictReimport = false;
	keys = new Map<number, ModelKey>();
	calls = new Map<number, ModelCall>();
	blobs: ModelBlob[] = [];
	undo: Undo | undefined;
	#names = 0;
	#callNames = 0;

	constructor(now: number) {
		this.now = now;
		this.running = now;
	}

	clone(): Model {
		const copy = new Model(this.now);
		copy.running = this.running;
		copy.frozen = this.frozen;
		copy.latestEvent = this.latestEvent;
		copy.strictReimport = this.strictReimport;
		copy.keys = new Map([...this.keys].map(([name, key]) => [name, { ...key }]));
		copy.calls = new Map(this.calls);
		copy.blobs = [...this.blobs];
		copy.undo = this.undo;
		copy.#names = this.#names;
		copy.#callNames = this.#callNames;
		return copy;
	}

	/** The number that the next key and the next call would have. */
	get nextKey(): number {
		return this.#names;
	}

	get nextCall(): number {
		return this.#callNames;
	}

	create(external: boolean, alias: string | null): Code {
		this.#recorded();
		if (alias !== null && this.#ownerOf(alias)) return 'AliasExists';
		const name = this.#names++;
		this.undo = { key: undefined, name, call: undefined };
		this.keys.set(name, {
			name,
			external,
			state: external ? 'PENDING_IMPORT' : 'ENABLED',
			alias,
			description: '',
			material: external ? null : -1 - name,
			boundTo: null,
			expiresAt: null,
			deleteAt: null
		});
		return 'SUCCESS';
	}

	describe(name: number): Code {
		this.#recorded();
		return this.keys.has(name) ? 'SUCCESS' : 'KeyNotFound';
	}

	setAlias(operation: 'CreateAlias' | 'UpdateAlias', name: number, alias: string): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (key.state === 'PENDING_DELETE')
			return operation === 'CreateAlias' ? 'KeyStateInvalid' : 'KeyPendingDelete';
		const owner = this.#ownerOf(alias);
		if (owner && owner !== key) return 'AliasExists';
		if (operation === 'CreateAlias' && key.alias !== null) return 'AliasExists';
		if (operation === 'UpdateAlias' && key.alias === null) return 'InvalidParameter';
		this.#change(key, { alias });
		return 'SUCCESS';
	}

	describeAs(name: number, description: string): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (key.state === 'PENDING_DELETE') return 'KeyPendingDelete';
		this.#change(key, { description });
		return 'SUCCESS';
	}

	getParameters(name: number): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (!key.external) return 'KeyNotExternal';
		if (key.state === 'PENDING_DELETE') return 'KeyStateInvalid';
		const call = this.#callNames++;
		this.#change(key, {}, call);
		this.calls.set(call, { key: name, expiresAt: this.now + DAY });
		return 'SUCCESS';
	}

	/** @param wrong what is wrong with the upload, if anything */
	import(
		name: number,
		call: number,
		material: number,
		wrong: 'nothing' | 'otherCall' | 'damaged' | 'length',
		expiresAt: number | null,
		token: ModelCall
	): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (!key.external) return 'KeyNotExternal';
		if (key.state === 'PENDING_DELETE') return 'KeyStateInvalid';
		if (this.strictReimport && key.state !== 'PENDING_IMPORT') return 'KeyStateInvalid';
		if (token.key !== name) return 'ImportTokenInvalid';
		if (token.expiresAt <= this.now) return 'ImportTokenExpired';
		// an undone call has taken its private key with it
		if (wrong === 'otherCall' || wrong === 'damaged' || !this.calls.has(call))
			return 'MaterialDecryptFailed';
		if (wrong === 'length') return 'MaterialLengthInvalid';
		if (key.boundTo !== null && key.boundTo !== material) return 'MaterialNotMatch';
		if (expiresAt !== null && expiresAt <= this.now) return 'ExpireTimeInvalid';
		const state = key.state === 'DISABLED' ? 'DISABLED' : 'ENABLED';
		this.#change(key, { state, material, boundTo: material, expiresAt });
		return 'SUCCESS';
	}

	deleteMaterial(name: number): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (!key.external) return 'KeyNotExternal';
		const state = key.state === 'PENDING_DELETE' ? 'PENDING_DELETE' : 'PENDING_IMPORT';
		this.#change(key, { state, material: null, expiresAt: null });
		return 'SUCCESS';
	}

	enableOrDisable(name: number, state: 'ENABLED' | 'DISABLED'): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (key.state !== 'ENABLED' && key.state !== 'DISABLED') return 'KeyStateInvalid';
		this.#change(key, { state });
		return 'SUCCESS';
	}

	schedule(name: number, days: number): Code {
		this.#recorded();
		if (days < 7 || days > 30) return 'PendingWindowInvalid';
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (key.state === 'PENDING_DELETE') return 'KeyStateInvalid';
		this.#change(key, { state: 'PENDING_DELETE', deleteAt: this.now + days * DAY });
		return 'SUCCESS';
	}

	cancel(name: number): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		if (key.state !== 'PENDING_DELETE') return 'KeyStateInvalid';
		const state = key.material === null ? 'PENDING_IMPORT' : 'ENABLED';
		this.#change(key, { state, deleteAt: null });
		return 'SUCCESS';
	}

	encrypt(name: number): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		const refused = this.#unusable(key);
		if (refused) return refused;
		if (key.material !== null) this.blobs.push({ key: name, material: key.material });
		return 'SUCCESS';
	}

	decrypt({ key: name, material }: ModelBlob): Code {
		this.#recorded();
		const key = this.keys.get(name);
		if (!key) return 'KeyNotFound';
		const refused = this.#unusable(key);
		if (refused) return refused;
		return key.material === material ? 'SUCCESS' : 'InvalidParameter';
	}

	/** @returns whether the clock may go there */
	moveTo(instant: number): boolean {
		if (instant < this.latestEvent) return false;
		this.now = instant;
		this.running = instant;
		return true;
	}

	freeze(frozen: boolean): void {
		this.frozen = frozen;
		this.running = this.now;
	}

	/** The system's clock goes on or back, and nothing looks. */
	systemClock(ms: number): void {
		if (this.frozen) return;
		this.running += ms;
		this.now = Math.max(this.running, this.latestEvent);
	}

	/** @returns how many events time alone left for what came back, or undefined when nothing could be taken back */
	undoLast(): number | undefined {
		const undo = this.undo;
		if (!undo) return undefined;
		if (undo.key) this.keys.set(undo.name, { ...undo.key });
		else this.keys.delete(undo.name);
		if (undo.call !== undefined) this.calls.delete(undo.call);
		if (!undo.key)
			for (const [call, { key }] of this.calls) if (key === undo.name) this.calls.delete(call);
		this.undo = undefined;
		this.latestEvent = this.now;
		return this.settle();
	}

	/** What time alone has done by now. @returns how many events it left */
	settle(): number {
		let events = 0;
		for (const key of this.keys.values()) {
			if (key.expiresAt !== null && key.expiresAt <= Math.min(this.now, key.deleteAt ?? Infinity)) {
				key.state = key.state === 'PENDING_DELETE' ? 'PENDING_DELETE' : 'PENDING_IMPORT';
				key.material = null;
				key.expiresAt = null;
				events++;
			}
			if (key.deleteAt !== null && key.deleteAt <= this.now) {
				this.keys.delete(key.name);
				for (const [call, { key: owner }] of this.calls)
					if (owner === key.name) this.calls.delete(call);
				events++;
			}
		}
		const expired = [...this.calls].filter(([, { expiresAt }]) => expiresAt <= this.now);
		for (const [call] of expired) this.calls.delete(call);
		if (events > 0) this.undo = undefined;
		if (events + expired.length > 0) this.latestEvent = this.now;
		return events;
	}

	#recorded(): void {
		this.latestEvent = this.now;
	}

	#ownerOf(alias: string): ModelKey | undefined {
		return [...this.keys.values()].find((key) => key.alias === alias);
	}

	#unusable({ state }: ModelKey): Code | undefined {
		if (state === 'DISABLED') return 'KeyDisabled';
		if (state === 'PENDING_IMPORT') return 'KeyPendingImport';
		return state === 'PENDING_DELETE' ? 'KeyPendingDelete' : undefined;
	}

	#change(key: ModelKey, change: Partial<ModelKey>, call?: number): void {
		this.undo = { key: { ...key }, name: key.name, call };
		Object.assign(key, change);
	}
}
