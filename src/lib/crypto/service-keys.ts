/** The service's own keys, made once per database. Nobody can read them, the service included. */

interface GeneratedServiceKeys {
	/** AES-256-GCM: seals import tokens. */
	readonly token: CryptoKey;
	/** AES-256-GCM: seals wrapping private keys. */
	readonly sealing: CryptoKey;
	/** HMAC-SHA-256: makes material fingerprints. */
	readonly fingerprint: CryptoKey;
}

export async function generateServiceKeys(): Promise<GeneratedServiceKeys> {
	const [token, sealing, fingerprint] = await Promise.all([
		generateSealingKey(),
		generateSealingKey(),
		crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
	]);
	return { token, sealing, fingerprint };
}

function generateSealingKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
