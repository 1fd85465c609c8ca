/** A private key that is chosen by mistake may be a real one. The page refuses it, and keeps nothing of it. */
import type { Diagnostician, NamedFile } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { isLoadFailure } from '$lib/domain/load-failure';

/** @param named whatever is around the key; a key store holds one as a rule */
export const isPrivateKey = ({ content }: NamedFile): boolean =>
	content === 'privateKey' || content === 'keyStore';

export type Checked =
	| { readonly status: 'file'; readonly bytes: Bytes; readonly named: NamedFile }
	| { readonly status: 'privateKey' }
	/** What checks a file could not be loaded. */
	| { readonly status: 'unchecked' };

/** @param bytes overwritten, however the check ends, unless they are returned */
export async function checkFile(
	bytes: Bytes,
	diagnostician: Pick<Diagnostician, 'name'>
): Promise<Checked> {
	let isTaken = false;
	try {
		const named = await diagnostician.name(bytes);
		isTaken = !isPrivateKey(named);
		return isTaken ? { status: 'file', bytes, named } : { status: 'privateKey' };
	} catch (error) {
		if (isLoadFailure(error)) return { status: 'unchecked' };
		throw error;
	} finally {
		if (!isTaken) bytes.fill(0);
	}
}
