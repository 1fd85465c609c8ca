/** Which of several tabs watches the deadlines of a workspace. */
import type { Store } from '../storage/open-store';

/** One of the tabs with the same workspace watches its deadlines. When that tab closes, another tab takes over immediately. */
export function leadershipOf({ db, mode }: Store): (watch: () => Promise<void>) => Promise<void> {
	// data in memory is in this tab only; older browsers have no locks, and sweeping twice does no harm
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
			// locks may be refused while the database is not: then every tab watches
			await watch();
		}
	};
}
