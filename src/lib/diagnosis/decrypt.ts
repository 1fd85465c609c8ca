/** Why a ciphertext blob was not decrypted. */
import { blobKeyId } from '../crypto/ciphertext-blob';
import { uuidToBytes } from '../crypto/uuid';
import { bytesToBase64, type Bytes } from '../domain/bytes';
import type { DecryptRequest } from '../domain/operations/use-key';
import { readSecrets } from '../storage/read';
import type { Finding } from './diagnosis';
import { nameOf, newestKeys, successes, type DiagnosisDeps, type Search } from './evidence';
import { nameFile } from './name-file';

/** The log keeps only so many characters of a text. */
const LOGGED_CHARACTERS = 256;

/** A CMK that has key material. */
interface Usable {
	readonly keyId: string;
	readonly material: CryptoKey;
}

export async function blobDoesNotOpen(search: Search, request: DecryptRequest): Promise<Finding[]> {
	const { cipherTextBlob: blob } = request;
	const keyId = blobKeyId(blob);
	if (keyId === undefined)
		return [{ kind: 'notABlob', named: nameFile(blob), isHex: isHexReadAsBase64(blob) }];
	const usable = await usableKey(search, keyId);
	if (!usable) return [];
	const { contexts, areAll } = await contextsToTry(search, keyId, request);
	const context = await contextThatOpens(search, usable.material, blob, contexts);
	if (context !== undefined) return [contextFinding(request, context)];
	const readdressed = await readdressedFrom(search, usable, blob, contexts);
	if (readdressed) return [readdressed];
	const isOnlyDamage = areAll && !search.bounds.isSpent();
	return isOnlyDamage ? [{ kind: 'blobDamaged', key: await nameOf(search.store.db, keyId) }] : [];
}

/** Hexadecimal characters are base64 characters too, and the page decodes base64. */
const isHexReadAsBase64 = (blob: Bytes): boolean => /^[0-9a-f]{24,}$/i.test(bytesToBase64(blob));

/** A blob whose CMK is not in this sandbox. @returns the CMK that decrypts it if the blob names that CMK */
export async function damagedName(
	search: Search,
	{ cipherTextBlob: blob, encryptionContext }: DecryptRequest
): Promise<Finding[]> {
	for (const owner of await otherUsableKeys(search, undefined))
		if (await opens(search, owner.material, addressed(blob, owner.keyId), encryptionContext))
			return [{ kind: 'blobDamaged', key: await nameOf(search.store.db, owner.keyId) }];
	return [];
}

/** Whether another CMK has the key material that the blob was encrypted with. It can’t decrypt the blob either. */
export async function sameMaterialElsewhere(
	search: Search,
	{ cipherTextBlob: blob, encryptionContext }: DecryptRequest
): Promise<Finding[]> {
	const keyId = blobKeyId(blob);
	for (const other of await otherUsableKeys(search, keyId))
		if (await opens(search, other.material, blob, encryptionContext))
			return [{ kind: 'sameMaterialElsewhere', key: await nameOf(search.store.db, other.keyId) }];
	return [];
}

interface ToTry {
	readonly contexts: ReadonlySet<string>;
	/** Whether they include every context that this CMK ever encrypted with. */
	readonly areAll: boolean;
}

/** None, the given one without spaces around it, and those that the log has for this CMK. */
async function contextsToTry(
	{ store: { db } }: DiagnosisDeps,
	keyId: string,
	{ encryptionContext = '' }: DecryptRequest
): Promise<ToTry> {
	const events = await successes(db, keyId);
	const logged = new Set(
		events
			.filter(({ operation }) => operation === 'Encrypt' || operation === 'GenerateDataKey')
			.map(({ request }) => request['encryptionContext'])
			.filter((context) => typeof context === 'string')
	);
	const isWholeLog = events.at(-1)?.operation === 'CreateCmk';
	const mayBeCut = [...logged].some((context) => context.length >= LOGGED_CHARACTERS);
	return {
		contexts: new Set(['', encryptionContext.trim(), ...logged]),
		areAll: isWholeLog && !mayBeCut
	};
}

async function contextThatOpens(
	search: Search,
	material: CryptoKey,
	blob: Bytes,
	contexts: ReadonlySet<string>
): Promise<string | undefined> {
	for (const context of contexts) if (await opens(search, material, blob, context)) return context;
	return undefined;
}

function contextFinding({ encryptionContext = '' }: DecryptRequest, used: string): Finding {
	return { kind: 'otherContext', given: comparedContext(encryptionContext, used) };
}

function comparedContext(
	given: string,
	used: string
): Extract<Finding, { kind: 'otherContext' }>['given'] {
	if (used === '') return 'needless';
	if (given === '') return 'missing';
	const dense = (text: string) => text.replace(/\s+/g, '');
	if (dense(given) === dense(used)) return 'withOtherSpaces';
	const inLowerCase = (text: string) => dense(text).toLowerCase();
	return inLowerCase(given) === inLowerCase(used) ? 'inOtherCase' : 'different';
}

/** A blob whose head was changed, so that it names another CMK. */
async function readdressedFrom(
	search: Search,
	named: Usable,
	blob: Bytes,
	contexts: ReadonlySet<string>
): Promise<Finding | undefined> {
	const others = await newestKeys(search.store.db);
	for (const { keyId } of others) {
		if (keyId === named.keyId) continue;
		const original = addressed(blob, keyId);
		const key = async () => nameOf(search.store.db, keyId);
		if ((await contextThatOpens(search, named.material, original, contexts)) !== undefined)
			return { kind: 'blobReaddressed', key: await key(), sameMaterial: true };
		const owner = await usableKey(search, keyId);
		if (owner && (await contextThatOpens(search, owner.material, original, contexts)) !== undefined)
			return { kind: 'blobReaddressed', key: await key(), sameMaterial: false };
	}
	return undefined;
}

/** @returns the blob with another CMK's ID in its head */
function addressed(blob: Bytes, keyId: string): Bytes {
	const id = uuidToBytes(keyId);
	return new Uint8Array([...blob.subarray(0, 1), ...id, ...blob.subarray(1 + id.length)]);
}

async function otherUsableKeys(deps: DiagnosisDeps, keyId: string | undefined): Promise<Usable[]> {
	const keys = (await newestKeys(deps.store.db)).filter((key) => key.keyId !== keyId);
	const found = await Promise.all(keys.map((key) => usableKey(deps, key.keyId)));
	return found.filter((usable) => usable !== undefined);
}

async function usableKey(
	{ store: { db }, systemNowMs }: DiagnosisDeps,
	keyId: string
): Promise<Usable | undefined> {
	const { material } = await readSecrets(db, systemNowMs(), { keyId, material: true });
	return material && { keyId, material };
}

async function opens(
	{ bounds, plaintexts }: Search,
	material: CryptoKey,
	blob: Bytes,
	context = ''
): Promise<boolean> {
	return bounds.mayTry('blob') && plaintexts.opensBlob(material, blob, context);
}
