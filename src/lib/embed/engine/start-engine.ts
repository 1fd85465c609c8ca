/** Starts the engine of an embed in the best place that the browser lets the frame have. */
import { transfer, wrap, type Remote } from 'comlink';
import type { EmbedEngine } from './api';
import { dataUrl, scriptUrl } from './script-url';

/**
 * `dataWorker`: works everywhere, in frames without an origin too, and inherits the policy of the page. `urlWorker`: needs an
 * origin, and is the only one that can store. `page`: beside the frame's own code, which waits while the engine computes.
 */
type Rung = 'dataWorker' | 'urlWorker' | 'page';

export interface EngineSource {
	/** The engine as a text (`engine.js`). */
	readonly source: string;
	/** Address of the same as a script (`engine-plain.js`). */
	readonly plainUrl: string;
	/** To keep the state in this browser; absent: in memory. What cannot be kept is in memory too. */
	readonly persist?: {
		/** Names the databases: `embed/<instance>`. */
		readonly instance: string;
		/** Address of the engine that stores (`engine-stored.js`). */
		readonly storedUrl: string;
	};
}

export interface StartedEngine {
	readonly engine: Remote<EmbedEngine>;
	readonly rung: Rung;
}

/** A worker that a browser refuses often says nothing at all. One that comes with its address has nothing to wait for. */
const DATA_PATIENCE_MS = 3000;
/** What comes over the network may take its time; where it cannot be loaded the browser says so. */
const NETWORK_PATIENCE_MS = 30_000;

/** @throws when the engine runs nowhere */
export async function startEngine(from: EngineSource): Promise<StartedEngine> {
	globalThis.kmsEmbedTransfer = transfer;
	const { source, plainUrl, persist } = from;
	// beside the others
	const laterUrl = new URL('engine-later.js', new URL(plainUrl, location.href)).href;
	const byAddress = ['urlWorker', () => inWorker(plainUrl, laterUrl)] as const;
	const rungs: readonly (readonly [Rung, () => Promise<Remote<EmbedEngine>>])[] = [
		...(persist
			? [['urlWorker', () => inWorker(persist.storedUrl, laterUrl, persist.instance)] as const]
			: []),
		...(isControlled() ? [byAddress] : []),
		['dataWorker', () => inWorker(dataUrl(source), laterUrl, '', DATA_PATIENCE_MS)],
		byAddress,
		['page', () => onPage(plainUrl, laterUrl)]
	];
	const errors: unknown[] = [];
	for (const [rung, start] of rungs) {
		try {
			return { engine: await start(), rung };
		} catch (error) {
			errors.push(error);
		}
	}
	throw new AggregateError(errors, 'the engine runs nowhere');
}

/**
 * What a worker asks for is answered by the service worker of its frame, also without a network; what a worker of a `data:` URL
 * asks for is not.
 */
function isControlled(): boolean {
	try {
		return (navigator.serviceWorker as ServiceWorkerContainer | undefined)?.controller != null;
	} catch {
		return false; // the frame has no origin
	}
}

async function inWorker(
	address: string,
	laterUrl: string,
	name = '',
	patienceMs = NETWORK_PATIENCE_MS
): Promise<Remote<EmbedEngine>> {
	const worker = new Worker(scriptUrl(address), { name });
	const broken = new Promise<never>((_, reject) => {
		worker.onerror = (event) => {
			event.preventDefault();
			reject(new Error(event.message || 'the worker could not be started'));
		};
	});
	try {
		return await answering(wrap<EmbedEngine>(worker), laterUrl, broken, patienceMs);
	} catch (error) {
		worker.terminate();
		throw error;
	}
}

async function onPage(address: string, laterUrl: string): Promise<Remote<EmbedEngine>> {
	const { port1, port2 } = new MessageChannel();
	globalThis.kmsEnginePort = port2;
	const script = document.createElement('script');
	const broken = new Promise<never>((_, reject) => {
		script.onerror = () => {
			reject(new Error('the engine could not be loaded'));
		};
	});
	script.src = scriptUrl(address);
	document.head.append(script);
	return answering(wrap<EmbedEngine>(port1), laterUrl, broken, NETWORK_PATIENCE_MS);
}

/** It must say soon that it is there; how long it takes to open depends on the machine. */
async function answering(
	engine: Remote<EmbedEngine>,
	laterUrl: string,
	broken: Promise<never>,
	patienceMs: number
): Promise<Remote<EmbedEngine>> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const silent = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(new Error('the engine says nothing'));
		}, patienceMs);
	});
	// what comes after the race is nobody's
	broken.catch(() => undefined);
	try {
		await Promise.race([engine.start(laterUrl), broken, silent]);
	} finally {
		clearTimeout(timer);
	}
	await Promise.race([engine.storageMode(), broken]);
	return engine;
}
