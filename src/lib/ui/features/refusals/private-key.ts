/** A private key that is chosen by mistake may be a real one. The page refuses it, and keeps nothing of it. */
import type { NamedFile } from '$lib/diagnosis/diagnosis';

/** @param named whatever is around the key; a key store holds one as a rule */
export const isPrivateKey = ({ content }: NamedFile): boolean =>
	content === 'privateKey' || content === 'keyStore';
