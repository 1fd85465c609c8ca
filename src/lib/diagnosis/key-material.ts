/** What came out of a file that opened, by what it looks like and by the fingerprint of the first key material. */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { recogniseSecret } from '../recognition/recognise';
import { materialCandidates, type MaterialCandidate } from '../recognition/repairs';
import type { Finding } from './diagnosis';
import { firstFingerprint, type DiagnosisDeps } from './evidence';
import { named, withoutText } from './name-file';

type Store = Pick<DiagnosisDeps['store'], 'db' | 'serviceKeys'>;

/**
 * @param plaintext not 32 bytes long, or not the first key material; the caller overwrites it
 */
export async function nameMaterial(
	store: Store,
	keyId: string,
	plaintext: Bytes
): Promise<Extract<Finding, { kind: 'materialIs' }>> {
	const name = recogniseSecret(plaintext, named);
	const finding = { kind: 'materialIs', named: name, plaintextBytes: plaintext.length } as const;
	const fingerprint = await firstFingerprint(store.db, keyId);
	if (fingerprint === null) return { ...finding, first: 'free' };
	const first = await firstMaterial(store, keyId, plaintext, fingerprint);
	if (!first) return { ...finding, first: 'none' };
	const layers = withoutText(first.layers);
	return {
		...finding,
		named: first.form === 'asRead' ? { layers, content: 'material', bytes: MATERIAL_BYTES } : name,
		first: first.form
	};
}

/** @returns as what the plaintext is the key material that the CMK was given first */
export async function firstMaterial(
	{ serviceKeys }: Pick<Store, 'serviceKeys'>,
	keyId: string,
	plaintext: Bytes,
	fingerprint: string
): Promise<Omit<MaterialCandidate, 'bytes'> | undefined> {
	const candidates = materialCandidates(plaintext);
	try {
		for (const { layers, form, bytes } of candidates)
			if ((await fingerprintMaterial(serviceKeys.fingerprint, keyId, bytes)) === fingerprint)
				return { layers, form };
		return undefined;
	} finally {
		for (const { bytes } of candidates) if (bytes !== plaintext) bytes.fill(0);
	}
}

/** Lengths in which people make keys. */
const USUAL_KEY_BYTES: readonly number[] = [16, 24, 32, 48, 64];

/**
 * Whether bytes that PKCS#1 v1.5 opened were meant: it opens one random message in 430, to noise of any length. By chance
 * such noise is 32 bytes long, or text, once in a hundred thousand messages.
 */
export function isPlausibleMaterial(plaintext: Bytes): boolean {
	if (USUAL_KEY_BYTES.includes(plaintext.length)) return true;
	if (plaintext.length === 0) return false;
	return recogniseSecret(
		plaintext,
		({ certainty, layers, content }) =>
			certainty >= 2 ||
			content === 'aesKeyWrap' ||
			content === 'plainText' ||
			layers.some(({ id }) => id === 'text')
	);
}
