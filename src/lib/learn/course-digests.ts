/** The digests of the course's earlier versions: a run still counts if only texts have changed since. */
import type { KnownDigests } from '../scenario/digest';

/** Loaded only where runs are compared. */
export async function courseDigests(): Promise<KnownDigests> {
	return (await import('../course/digests.json')).default;
}
