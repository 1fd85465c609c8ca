/** The published test vectors, as `static/vectors` has them. */
import { hexToBytes, type Bytes } from '$lib/domain/bytes';
import { inject } from 'vitest';

interface Vector {
	readonly tcId?: number;
	readonly id?: number | string;
	readonly comment?: string;
	readonly msg: string;
	readonly ct: string;
	readonly result: 'valid' | 'invalid' | 'acceptable';
}

export interface RsaVector extends Vector {
	readonly label?: string;
	readonly privateKey: JsonWebKey;
	/** In the set of all pairs of digests. */
	readonly hash?: string;
	readonly mgf1?: string;
}

export interface AesVector extends Vector {
	readonly key: string;
	readonly iv: string;
	readonly aad: string;
	readonly tag: string;
}

export const rsaVectors = (name: string) => vectorsOf(name) as readonly RsaVector[];
export const aesVectors = (name: string) => vectorsOf(name) as readonly AesVector[];

/** Each with what its group has for all of its vectors. */
function vectorsOf(name: string): readonly Vector[] {
	const set = new Map(Object.entries(inject('vectors'))).get(name) as
		{ readonly groups: readonly { readonly tests: readonly Vector[] }[] } | undefined;
	if (!set) throw new Error(`there is no set ${name}`);
	return set.groups.flatMap(({ tests, ...group }) => tests.map((one) => ({ ...group, ...one })));
}

export function fromHex(text: string): Bytes {
	const bytes = hexToBytes(text);
	if (!bytes) throw new Error(`not hexadecimal: ${text}`);
	return bytes;
}

export const titleOf = ({ tcId, id, comment = '' }: Vector): string =>
	`${String(tcId ?? id)} ${comment}`;
