/** The plaintext of a file: what it looks like, and whose key material it is, by fingerprint. */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { recognise } from '../recognition/recognise';
import { materialCandidates, type MaterialCandidate } from '../recognition/repairs';
import type { Finding, FirstMaterial } from './diagnosis';
import { firstFingerprint, historyOf, nameOf, newestKeys, type Search } from './evidence';
import { namedSecret, secretLayers } from './name-file';

/** @param plaintext not 32 bytes long, or not the first key material */
export async function nameMaterial(
	search: Search,
	keyId: string,
	plaintext: Bytes
): Promise<Extract<Finding, { kind: 'materialIs' }>> {
	const { first, layers } = await compare(search, keyId, plaintext);
	return {
		kind: 'materialIs',
		named:
			first.is === 'same' && first.form === 'asRead'
				? { layers: secretLayers(layers), content: 'material', bytes: MATERIAL_BYTES }
				: recognise(plaintext, namedSecret),
		plaintextBytes: plaintext.length,
		first
	};
}

interface Compared {
	readonly first: FirstMaterial;
	/** Around the same key material. */
	readonly layers: MaterialCandidate['layers'];
}

/** Compares each form of a plaintext with the key material that the CMK was given first. */
async function compare(
	{ store: { db, serviceKeys } }: Search,
	keyId: string,
	plaintext: Bytes
): Promise<Compared> {
	const fingerprint = await firstFingerprint(db, keyId);
	if (fingerprint === null) return { first: { is: 'notSet' }, layers: [] };
	let formsCompared = 0;
	for (const { layers, form, bytes } of materialCandidates(plaintext)) {
		if ((await fingerprintMaterial(serviceKeys.fingerprint, keyId, bytes)) === fingerprint)
			return { first: { is: 'same', form }, layers };
		formsCompared++;
	}
	return { first: { is: 'other', formsCompared }, layers: [] };
}

/** @param material 32 bytes that are not this CMK's first key material */
export async function whoseMaterial(
	{ store: { db, serviceKeys } }: Search,
	keyId: string,
	material: Bytes
): Promise<Finding> {
	const others = (await newestKeys(db)).filter(
		(key) => key.keyId !== keyId && key.materialFingerprint !== null
	);
	for (const other of others) {
		// the fingerprint depends on the CMK
		const fingerprint = await fingerprintMaterial(serviceKeys.fingerprint, other.keyId, material);
		if (fingerprint === other.materialFingerprint)
			return { kind: 'materialOfOtherKey', key: await nameOf(db, other.keyId) };
	}
	const { events } = await historyOf(db, keyId);
	const imports = events.filter(({ operation }) => operation === 'ImportKeyMaterial');
	return {
		kind: 'newMaterial',
		firstImportedAtMs: imports.at(-1)?.atMs ?? null,
		othersCompared: others.length
	};
}

/** The usual lengths of keys. */
const USUAL_KEY_BYTES: readonly number[] = [16, 24, 32, 48, 64];

/**
 * Whether a plaintext that PKCS #1 v1.5 gave has a usual length or was recognised. Random bytes have one of these lengths once
 * in fifty times, beside the structure, which a file for another key pair has at most once in 50,000 files.
 */
export function isPlausibleMaterial(plaintext: Bytes): boolean {
	if (USUAL_KEY_BYTES.includes(plaintext.length)) return true;
	if (plaintext.length === 0) return false;
	return recognise(
		plaintext,
		({ certainty, layers, content }) =>
			certainty >= 2 ||
			content === 'aesKeyWrap' ||
			content === 'plainText' ||
			layers.some(({ id }) => id === 'text')
	);
}
