/** Puts an engine that is still being opened behind Comlink. */
import { expose, proxy } from 'comlink';
import { asLoadFailure } from '../../domain/load-failure';
import { later, once } from '../../worker/later';
import type { EmbedEngine } from './api';
import { loadLater } from './load-later';
import { createEngine, type Opened } from './run';

declare global {
	/** On a page, which must not listen to its window: the port that the page left here for the engine. */
	var kmsEnginePort: MessagePort | undefined;
}

type Part = 'kms' | 'workbench' | 'sandbox' | 'diagnostician' | 'learn';

/**
 * Exposed before anything is open: a call that comes early waits, instead of being lost.
 *
 * @param create of where the state is kept; absent: each run begins anew
 */
export function exposeEngine(
	open: () => Promise<Omit<Opened, 'loadLater'>>,
	create = createEngine
): void {
	let laterAddress = '';
	const engine = once(async () =>
		create({ ...(await open()), loadLater: () => loadLater(laterAddress).catch(asLoadFailure) })
	);
	// whoever calls hears of it
	engine().catch(() => undefined);
	const part = <Name extends Part>(name: Name) =>
		proxy(later(async () => (await engine())[name] as object)) as unknown as EmbedEngine[Name];
	const api: EmbedEngine = {
		start: (address) => {
			laterAddress = address;
			return Promise.resolve();
		},
		kms: part('kms'),
		workbench: part('workbench'),
		sandbox: part('sandbox'),
		diagnostician: part('diagnostician'),
		learn: part('learn'),
		storageMode: async () => (await engine()).storageMode(),
		watch: async (...asked) => (await engine()).watch(...asked),
		begin: async (...asked) => (await engine()).begin(...asked),
		stateScenario: async () => (await engine()).stateScenario()
	};
	expose(api, globalThis.kmsEnginePort);
}
