/**
 * The service's own keys, made once per database. Nobody can read them, the service included. Beside each of the two
 * that make what outlives a moment (tokens and fingerprints) stands a copy of its bytes, sealed under the third: only so
 * that a workspace can be carried to another browser.
 */
import type { Bytes } from '../domain/bytes';
import { open, seal } from './sealing';

interface GeneratedServiceKeys {
	/** AES-256-GCM: seals import tokens. */
	readonly token: CryptoKey;
	/** AES-256-GCM: seals everything secret that is stored as bytes. */
	readonly sealing: CryptoKey;
	/** HMAC-SHA-256: makes material fingerprints. */
	readonly fingerprint: CryptoKey;
	readonly copies: { readonly token: Bytes; readonly fingerprint: Bytes };
}

/** The bytes of the two keys that have copies. Secret: whoever takes them overwrites them. */
export interface ServiceKeyBytes {
	readonly token: Bytes;
	readonly fingerprint: Bytes;
}

const KEY_BYTES = 32;
const BOUND_TO = {
	token: new TextEncoder().encode('service:token'),
	fingerprint: new TextEncoder().encode('service:fingerprint')
};

export function generateServiceKeys(): Promise<GeneratedServiceKeys> {
	return restoreServiceKeys({ token: randomKey(), fingerprint: randomKey() });
}

/** @param raw 32 bytes each; overwritten with zeros before this returns or throws */
export async function restoreServiceKeys(raw: ServiceKeyBytes): Promise<GeneratedServiceKeys> {
	try {
		const sealing = await crypto.subtle.generateKey(
			{ name: 'AES-GCM', length: 8 * KEY_BYTES },
			false,
			['encrypt', 'decrypt']
		);
		const [token, fingerprint, tokenCopy, fingerprintCopy] = await Promise.all([
			crypto.subtle.importKey('raw', raw.token, 'AES-GCM', false, ['encrypt', 'decrypt']),
			crypto.subtle.importKey('raw', raw.fingerprint, HMAC, false, ['sign']),
			seal(sealing, raw.token, BOUND_TO.token),
			seal(sealing, raw.fingerprint, BOUND_TO.fingerprint)
		]);
		return {
			token,
			sealing,
			fingerprint,
			copies: { token: tokenCopy, fingerprint: fingerprintCopy }
		};
	} finally {
		raw.token.fill(0);
		raw.fingerprint.fill(0);
	}
}

/** @returns undefined when a copy is damaged or was sealed under another key */
export async function openServiceKeyCopies({
	sealing,
	copies
}: Pick<GeneratedServiceKeys, 'sealing' | 'copies'>): Promise<ServiceKeyBytes | undefined> {
	const [token, fingerprint] = await Promise.all([
		open(sealing, copies.token, BOUND_TO.token),
		open(sealing, copies.fingerprint, BOUND_TO.fingerprint)
	]);
	return token && fingerprint ? { token, fingerprint } : undefined;
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

const randomKey = (): Bytes => crypto.getRandomValues(new Uint8Array(KEY_BYTES));
