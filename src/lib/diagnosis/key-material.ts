/** What came out of a file that opened, by what it looks like and by the fingerprint of the first key material. */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { MaterialCandidate } from '../recognition/repairs';
import type { Finding } from './diagnosis';
import { firstFingerprint, type Search } from './evidence';
import { namedSecret, secretLayers } from './name-file';
import type { Plaintexts } from './plaintexts';

/** @param plaintext not 32 bytes long, or not the first key material */
export async function nameMaterial(
	search: Search,
	keyId: string,
	plaintext: Bytes
): Promise<Extract<Finding, { kind: 'materialIs' }>> {
	const name = search.plaintexts.recognise(plaintext, namedSecret);
	const finding = { kind: 'materialIs', named: name, plaintextBytes: plaintext.length } as const;
	const fingerprint = await firstFingerprint(search.store.db, keyId);
	if (fingerprint === null) return { ...finding, first: 'free' };
	const first = await firstMaterial(search, keyId, plaintext, fingerprint);
	if (!first) return { ...finding, first: 'none' };
	const layers = secretLayers(first.layers);
	return {
		...finding,
		named: first.form === 'asRead' ? { layers, content: 'material', bytes: MATERIAL_BYTES } : name,
		first: first.form
	};
}

/** @returns as what the plaintext is the key material that the CMK was given first */
export async function firstMaterial(
	{ plaintexts, store: { serviceKeys } }: Search,
	keyId: string,
	plaintext: Bytes,
	fingerprint: string
): Promise<Omit<MaterialCandidate, 'bytes'> | undefined> {
	for (const { layers, form, bytes } of plaintexts.materialCandidates(plaintext))
		if ((await fingerprintMaterial(serviceKeys.fingerprint, keyId, bytes)) === fingerprint)
			return { layers, form };
	return undefined;
}

/** Lengths in which people make keys. */
const USUAL_KEY_BYTES: readonly number[] = [16, 24, 32, 48, 64];

/**
 * Whether bytes that PKCS#1 v1.5 opened have a usual length or look like something. Noise has one of these lengths once in fifty
 * times, and what another key opens has the structure at most once in 50,000.
 */
export function isPlausibleMaterial(plaintexts: Plaintexts, plaintext: Bytes): boolean {
	if (USUAL_KEY_BYTES.includes(plaintext.length)) return true;
	if (plaintext.length === 0) return false;
	return plaintexts.recognise(
		plaintext,
		({ certainty, layers, content }) =>
			certainty >= 2 ||
			content === 'aesKeyWrap' ||
			content === 'plainText' ||
			layers.some(({ id }) => id === 'text')
	);
}
