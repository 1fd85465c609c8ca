/**
 * Converts an audit log to actions that lead to the same log. A trainee's run becomes a transcript that anyone can replay,
 * and work in the sandbox becomes the draft of a scenario. Logs contain no secrets, so key material and plaintexts are
 * generated again. The service's responses show which bytes were the same.
 */
import type { AuditEvent, AuditField } from '../domain/events';
import { HOUR_MS, LATEST_MS, type EpochMs } from '../domain/time';
import { isWrappingAlgorithm, type WrappingAlgorithm } from '../domain/algorithms';
import { IMPORT_TOKEN_LIFETIME_MS } from '../domain/import-parameters';
import type { Action } from './format';
import { named } from './handles';

/** The results of the actions before the first event. */
export interface Known {
	/** The names of CMKs, by identifier. */
	readonly keys: Readonly<Record<string, string>>;
	readonly calls: readonly KnownCall[];
	/** The names of ciphertexts, by their digest in the log. */
	readonly blobs: Readonly<Record<string, string>>;
	/** The file with the key material of each CMK, by the CMK's name. */
	readonly materials: Readonly<Record<string, string>>;
}

export interface KnownCall {
	readonly name: string;
	/** Identifier of the call's CMK. */
	readonly keyId: string;
	readonly algorithm: WrappingAlgorithm;
	readonly issuedAtMs: EpochMs;
}

export const NOTHING_KNOWN: Known = { keys: {}, calls: [], blobs: {}, materials: {} };

/**
 * @param startsAtMs sandbox time before the first event
 * @param endsAtMs sandbox time at the end, if expiries and deletions until then matter
 */
export function recordActions(
	events: readonly AuditEvent[],
	known: Known,
	startsAtMs: EpochMs,
	endsAtMs = startsAtMs
): Action[] {
	const recorder = new Recorder(known, startsAtMs);
	for (const event of events) if (event.actor === 'trainee') recorder.add(event);
	recorder.moveTo(endsAtMs);
	return recorder.actions;
}

type ImportCode = Extract<Action, { do: 'ImportKeyMaterial' }>['expect'];

class Recorder {
	readonly actions: Action[] = [];
	readonly #keys: Map<string, string>;
	readonly #calls: KnownCall[];
	readonly #blobs: Map<string, string>;
	readonly #materials: Map<string, string>;
	/** Calls with deleted private keys: their tokens are still readable, but files encrypted for them can't be decrypted. */
	readonly #undone = new Set<string>();
	/** Ciphertexts with a digest that is unknown until the log shows their decryption. */
	#unseen: { readonly blob: string; readonly keyId: string | null; readonly context: string }[] =
		[];
	readonly #named: string[] = [];
	readonly #downloaded = new Set<string>();
	#nowMs: EpochMs;
	#files = 0;

	constructor(known: Known, startsAtMs: EpochMs) {
		this.#keys = new Map(Object.entries(known.keys));
		this.#calls = [...known.calls];
		this.#blobs = new Map(Object.entries(known.blobs));
		this.#materials = new Map(Object.entries(known.materials));
		this.#nowMs = startsAtMs;
	}

	add(event: AuditEvent): void {
		const made = this.#actionsOf(event);
		if (made.length === 0) return;
		this.moveTo(event.atMs);
		this.actions.push(...made);
	}

	moveTo(recordedMs: EpochMs): void {
		// a running clock can pass the last time that it can be moved to
		const instant = Math.min(recordedMs, LATEST_MS);
		if (instant <= this.#nowMs) return;
		this.actions.push({ do: 'MoveClock', toMs: instant });
		this.#nowMs = instant;
	}

	/** Empty if the event can't be repeated and changed nothing. */
	#actionsOf(event: AuditEvent): Action[] {
		const { operation, request, keyId } = event;
		const expect = event.code === 'SUCCESS' ? {} : { expect: event.code };
		const text = (name: string) => textOf(named(request, name));
		if (operation === 'UndoLastOperation') {
			if (request['operation'] === 'GetParametersForImport') this.#undoCall(keyId);
			return [{ do: 'Undo' }];
		}
		if (operation === 'CreateCmk') return this.#createCmk(event);
		if (operation === 'Decrypt') {
			const blob = this.#blobOf(event);
			return blob === undefined ? [] : [{ do: 'Decrypt', blob, ...contextOf(request), ...expect }];
		}
		const key = this.#keys.get(keyId ?? '');
		if (key === undefined || event.code === 'InvalidParameter') return [];
		switch (operation) {
			case 'GetParametersForImport': {
				const algorithm = text('wrappingAlgorithm');
				if (!isWrappingAlgorithm(algorithm)) return [];
				const name = freeName(
					'call',
					this.#calls.map((call) => call.name)
				);
				if (event.code === 'SUCCESS')
					this.#calls.push({ name, keyId: keyId ?? '', algorithm, issuedAtMs: event.atMs });
				return [{ do: 'GetParametersForImport', call: name, key, algorithm, ...expect }];
			}
			case 'ImportKeyMaterial':
				return this.#importKeyMaterial(event, key);
			case 'DeleteKeyMaterial':
			case 'EnableKey':
			case 'DisableKey':
			case 'CancelKeyDeletion':
			case 'DescribeKey':
				return [{ do: operation, key, ...expect }];
			case 'ScheduleKeyDeletion': {
				const days = request['pendingWindowInDays'];
				// a value that is not a number is refused like 0
				return [{ do: operation, key, days: typeof days === 'number' ? days : 0, ...expect }];
			}
			case 'CreateAlias':
			case 'UpdateAlias':
				return [{ do: operation, key, alias: text('alias'), ...expect }];
			case 'UpdateKeyDescription':
				return [{ do: operation, key, description: text('description'), ...expect }];
			case 'Encrypt':
			case 'GenerateDataKey': {
				const blob = freeName('blob', [...this.#blobs.values(), ...this.#named]);
				this.#named.push(blob);
				if (event.code === 'SUCCESS')
					this.#unseen.push({ blob, keyId, context: textOf(request['encryptionContext']) });
				const common = { key, blob, ...contextOf(request), ...expect };
				return operation === 'Encrypt'
					? [{ do: operation, text: 'practice', ...common }]
					: [{ do: operation, ...common }];
			}
			default:
				return [];
		}
	}

	/** Only one step can be undone, so this was the CMK's latest call. */
	#undoCall(keyId: string | null): void {
		const call = this.#calls.findLast((one) => one.keyId === keyId);
		if (call) this.#undone.add(call.name);
	}

	/**
	 * Chooses one of the CMK's ciphertexts that has not been decrypted before, with the same context if the context
	 * mattered. The digest becomes known only by a successful decryption: a refused ciphertext may be a damaged copy.
	 */
	#blobOf({ request, keyId, code }: AuditEvent): string | undefined {
		const digest = digestOf(request['cipherTextBlob']);
		const known = this.#blobs.get(digest);
		if (known !== undefined) return known;
		const context = textOf(request['encryptionContext']);
		const found = this.#unseen.find((one) => {
			if (one.keyId !== keyId) return false;
			if (code === 'SUCCESS') return one.context === context;
			// another context is refused like damage; the CMK's state refuses every ciphertext
			return code !== 'InvalidParameter' || one.context !== context;
		});
		if (found && code === 'SUCCESS') {
			this.#unseen = this.#unseen.filter((one) => one !== found);
			this.#blobs.set(digest, found.blob);
		}
		return found?.blob;
	}

	#createCmk({ request, keyId, code }: AuditEvent): Action[] {
		const key = freeName('key', [...this.#keys.values()]);
		if (code === 'SUCCESS') this.#keys.set(keyId ?? '', key);
		if (code === 'InvalidParameter') return [];
		const [alias, description] = [textOf(request['alias']), textOf(request['description'])];
		return [
			{
				do: 'CreateCmk',
				key,
				origin: request['origin'] === 0 ? 'KMS' : 'EXTERNAL',
				...(alias !== '' && { alias }),
				...(description !== '' && { description }),
				...(code !== 'SUCCESS' && { expect: code })
			}
		];
	}

	/** Generates bytes that give the same response as in the log. */
	#importKeyMaterial({ request, code, atMs, keyId }: AuditEvent, key: string): Action[] {
		const call = this.#callAt(keyId, atMs, code);
		const expireUnix = Number(request['keyMaterialExpireUnix']) || 0;
		const expiry =
			expireUnix === 0
				? {}
				: // half a second more, because the hours may not be whole seconds
					{ expiresInHours: (expireUnix * 1000 + 500 - atMs) / HOUR_MS };
		const refused = (expect: ImportCode, token: { token: string } | undefined): Action[] => {
			const broken = this.#file('Unreadable');
			return [
				{ do: 'WriteFile', file: broken, hex: '00' },
				{
					do: 'ImportKeyMaterial',
					key,
					file: broken,
					...(token ?? { tokenFile: broken }),
					...expiry,
					...(expect !== undefined && { expect })
				}
			];
		};
		switch (code) {
			case 'SUCCESS':
			case 'ExpireTimeInvalid':
			case 'MaterialLengthInvalid':
			case 'MaterialNotMatch':
				return call ? this.#wrapped(key, call, code, expiry) : [];
			case 'MaterialDecryptFailed':
			case 'ImportTokenExpired':
				return call ? refused(code, { token: call.name }) : [];
			case 'ImportTokenInvalid':
			case 'KeyStateInvalid':
			case 'KeyNotExternal':
				return refused(code, undefined);
			default:
				return [];
		}
	}

	/** The log identifies a token by its file, which has many forms. Any call that was valid then gives the same result. */
	#callAt(keyId: string | null, atMs: EpochMs, code: AuditEvent['code']): KnownCall | undefined {
		const isExpired = code === 'ImportTokenExpired';
		const isUnwrapped = !isExpired && code !== 'MaterialDecryptFailed';
		return this.#calls.findLast(
			(call) =>
				call.keyId === keyId &&
				atMs >= call.issuedAtMs + IMPORT_TOKEN_LIFETIME_MS === isExpired &&
				!(isUnwrapped && this.#undone.has(call.name))
		);
	}

	#wrapped(
		key: string,
		{ name, algorithm }: KnownCall,
		code: 'SUCCESS' | 'ExpireTimeInvalid' | 'MaterialLengthInvalid' | 'MaterialNotMatch',
		expiry: { readonly expiresInHours?: number }
	): Action[] {
		const actions: Action[] = [];
		const publicKey = `PublicKey_${name}.der`;
		if (!this.#downloaded.has(name))
			actions.push({ do: 'Download', call: name, item: 'publicKey', form: 'der', file: publicKey });
		this.#downloaded.add(name);
		const bound = this.#materials.get(key);
		const isSame = code === 'SUCCESS' || code === 'ExpireTimeInvalid';
		const material = (isSame ? bound : undefined) ?? this.#file('KeyMaterial');
		if (material !== bound || !isSame)
			actions.push({
				do: 'MakeKeyMaterial',
				file: material,
				...(code === 'MaterialLengthInvalid' && { bytes: 33 })
			});
		if (code === 'SUCCESS') this.#materials.set(key, material);
		const file = this.#file('EncryptedKeyMaterial');
		actions.push(
			{ do: 'EncryptKeyMaterial', material, publicKey, padding: algorithm, file },
			{
				do: 'ImportKeyMaterial',
				key,
				file,
				token: name,
				...expiry,
				...(code !== 'SUCCESS' && { expect: code })
			}
		);
		return actions;
	}

	#file(stem: string): string {
		return `${stem}-${String(++this.#files)}.bin`;
	}
}

/** Names of the start state stay unchanged. */
function freeName(stem: string, taken: readonly string[]): string {
	let number = 1;
	while (taken.includes(`${stem}${String(number)}`)) number++;
	return `${stem}${String(number)}`;
}

function textOf(field: AuditField | undefined): string {
	// the log cuts long texts, also inside a surrogate pair, which the service refuses
	return typeof field === 'string' ? field.toWellFormed() : '';
}

function digestOf(field: AuditField | undefined): string {
	return typeof field === 'object' && typeof field['sha256'] === 'string' ? field['sha256'] : '';
}

function contextOf(request: AuditEvent['request']): { readonly context?: string } {
	const context = textOf(request['encryptionContext']);
	return context === '' ? {} : { context };
}

/** The file with the key material of each CMK in a start state. */
export function materialsOf(start: readonly Action[]): Readonly<Record<string, string>> {
	const wrappedFrom = new Map<string, string>();
	const materials: Record<string, string> = {};
	for (const action of start) {
		if (action.do === 'EncryptKeyMaterial') wrappedFrom.set(action.file, action.material);
		if (action.do === 'ConvertFile') {
			const origin = wrappedFrom.get(action.from);
			if (origin !== undefined) wrappedFrom.set(action.file, origin);
		}
		if (action.do !== 'ImportKeyMaterial' || action.expect !== undefined) continue;
		const material = wrappedFrom.get(action.file);
		if (material !== undefined) materials[action.key] = material;
	}
	return materials;
}
