/** The engine of an embed: nothing of it is stored. Its build puts memory tables in the place of the database. */
import { generateServiceKeys } from '../../crypto/service-keys';
import { openTray } from '../../customer/tray';
import { openMemoryStore } from '../../storage/open-store';
import { exposeEngine } from './expose';
import { openRunDatabase } from './run';

exposeEngine(async () => {
	const store = await openMemoryStore(generateServiceKeys);
	return {
		store,
		tray: await openTray('tray', store.options),
		runs: await openRunDatabase('run', store.options)
	};
});
