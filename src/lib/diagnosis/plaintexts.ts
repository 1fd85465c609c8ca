/**
 * The owner of what a diagnosis decrypts. Only this file decrypts, and it overwrites every buffer when the diagnosis ends,
 * however it ends.
 */
import { decryptBlob } from '../crypto/ciphertext-blob';
import { openWithEveryPadding, type Opened } from '../crypto/every-padding';
import type { Bytes } from '../domain/bytes';
import { recogniseSecret, type Reading } from '../recognition/recognise';
import { materialCandidates, type MaterialCandidate } from '../recognition/repairs';

export class Plaintexts {
	readonly #owned = new Set<Bytes>();

	openWithEveryPadding(privateKey: JsonWebKey, wrapped: Bytes): Opened | undefined {
		const opened = openWithEveryPadding(privateKey, wrapped);
		this.#own(opened?.plaintext);
		return opened;
	}

	async opensBlob(material: CryptoKey, blob: Bytes, context: string): Promise<boolean> {
		return this.#own(await decryptBlob(material, blob, context)) !== undefined;
	}

	/** @param look gets the likeliest reading of the plaintext; it must not keep the bytes */
	recognise<Found>(plaintext: Bytes, look: (reading: Reading) => Found): Found {
		return recogniseSecret(plaintext, look);
	}

	materialCandidates(plaintext: Bytes): readonly MaterialCandidate[] {
		const candidates = materialCandidates(plaintext);
		for (const { bytes } of candidates) this.#own(bytes);
		return candidates;
	}

	overwrite(): void {
		for (const bytes of this.#owned) bytes.fill(0);
		this.#owned.clear();
	}

	#own<Owned extends Bytes | undefined>(bytes: Owned): Owned {
		if (bytes) this.#owned.add(bytes);
		return bytes;
	}
}
