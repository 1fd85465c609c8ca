/**
 * A private key that somebody chose by mistake is perhaps a real one. The page looks for it before anything else is done with
 * a file, and keeps nothing of it.
 */
import type { Bytes } from '$lib/domain/bytes';

/** @returns the label of the first private key in a PEM file, for example "RSA PRIVATE KEY" */
export function privateKeyLabel(file: Bytes): string | undefined {
	// One character for each byte: names beside the key may be in any encoding.
	const text = new TextDecoder('latin1').decode(file);
	return /-----BEGIN ([A-Z0-9 ]{0,30}PRIVATE KEY)-----/.exec(text)?.[1];
}
