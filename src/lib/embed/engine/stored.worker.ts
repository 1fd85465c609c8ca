/** The same engine where the state is to be kept, in databases that no workspace of the console has. */
import { generateServiceKeys } from '../../crypto/service-keys';
import { openTray } from '../../customer/tray';
import { openStore } from '../../storage/open-store';
import { exposeEngine } from './expose';
import { createKeepingEngine } from './keep-run';
import { openRunDatabase } from './run';

/** The page names the worker after the instance. */
const prefix = `embed/${self.name}`;

exposeEngine(
	async () => {
		const store = await openStore(prefix, generateServiceKeys);
		return {
			store,
			tray: await openTray(`${prefix}/tray`, store.options),
			runs: await openRunDatabase(`${prefix}/run`, store.options)
		};
	},
	(opened) => createKeepingEngine(opened, `embed-begin/${self.name}`)
);
