/** A wrapping private key at rest: sealed, and bound to the one call of GetParametersForImport it was made for. */
import type { Bytes } from '../domain/bytes';
import { toRsaPrivateKey } from './private-key';
import { open, seal } from './sealing';

export function sealPrivateKey(
	key: CryptoKey,
	parametersId: string,
	privateKey: JsonWebKey
): Promise<Bytes> {
	const json = JSON.stringify(toRsaPrivateKey(privateKey));
	return seal(key, new TextEncoder().encode(json), new TextEncoder().encode(parametersId));
}

/** @returns undefined for damage, another sealing key or another call's private key */
export async function openPrivateKey(
	key: CryptoKey,
	parametersId: string,
	sealed: Bytes
): Promise<JsonWebKey | undefined> {
	const json = await open(key, sealed, new TextEncoder().encode(parametersId));
	return json && toRsaPrivateKey(JSON.parse(new TextDecoder().decode(json)) as JsonWebKey);
}
