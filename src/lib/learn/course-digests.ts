/** What the scenarios of the course were before, so that a run of one counts when only texts have changed since. */
import type { KnownDigests } from '../scenario/digest';

/** Loaded where runs are compared: nobody else needs it. */
export async function courseDigests(): Promise<KnownDigests> {
	return (await import('../course/digests.json')).default;
}
