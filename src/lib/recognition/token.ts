/** The lengths of an import token: its magic, what sealing adds, and claims that differ in the name of the algorithm alone. */
export const TOKEN_BYTES: readonly number[] = [313, 315];
