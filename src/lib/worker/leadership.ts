/** Which of several tabs watches the deadlines of a workspace. */
import type { Store } from '../storage/open-store';

/** Of all tabs that have one workspace open, one watches its deadlines; when it goes, the next one takes over at once. */
export function leadershipOf({ db, mode }: Store): (watch: () => Promise<void>) => Promise<void> {
	// what is in memory nobody else has; older browsers have no locks, and sweeping twice does no harm
	const locks = navigator.locks as LockManager | undefined;
	if (mode === 'memory' || !locks) return (watch) => watch();
	return async (watch) => {
		const granted = { lock: false };
		try {
			await locks.request(`expiry-leader/${db.name}`, () => {
				granted.lock = true;
				return watch();
			});
		} catch (error) {
			if (granted.lock) throw error;
			// refused though the database is not: then each tab watches
			await watch();
		}
	};
}
