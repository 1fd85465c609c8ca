/**
 * The owner of what a diagnosis decrypts. Only this file decrypts, and it overwrites every buffer when the diagnosis ends,
 * however it ends. What the recogniser makes of a plaintext belongs to its search, which overwrites it.
 */
import { decryptBlob } from '../crypto/ciphertext-blob';
import { openWithEveryPadding, type Opened } from '../crypto/every-padding';
import type { Bytes } from '../domain/bytes';

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

	overwrite(): void {
		for (const bytes of this.#owned) bytes.fill(0);
		this.#owned.clear();
	}

	#own<Owned extends Bytes | undefined>(bytes: Owned): Owned {
		if (bytes) this.#owned.add(bytes);
		return bytes;
	}
}
