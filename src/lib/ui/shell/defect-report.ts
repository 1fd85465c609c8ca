import { version } from '$app/environment';
import { epochMsToServiceTime } from '$lib/domain/time';

/** Plain text that a person can read before sending it. It holds no key material: the page never has any. */
export function reportOf(error: unknown): string {
	const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return [
		`KMS Import Sandbox ${version}`,
		epochMsToServiceTime(Date.now()),
		location.pathname,
		navigator.userAgent,
		cause
	].join('\n');
}
