/** The ways to pad key material that a scenario can show: the service's three, and the one that Java takes unasked. */
import { WRAPPING_ALGORITHMS } from '../domain/algorithms';

/** @see domain.md 5, rank 12: `OAEPWithSHA-256AndMGF1Padding` masks with SHA-1 */
export const PADDINGS = [...WRAPPING_ALGORITHMS, 'OAEP_SHA_256_MGF1_SHA_1'] as const;
