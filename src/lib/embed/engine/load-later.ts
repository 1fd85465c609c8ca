/** Loads the engine's later script, wherever the engine runs. */
import { version } from '$app/environment';
import type { EngineLater } from './engine-later';

/**
 * @param address absolute
 * @throws when it cannot be loaded, or is of another version; it can be tried again
 */
export async function loadLater(address: string): Promise<EngineLater> {
	if (!globalThis.kmsEngineLater) {
		if ('importScripts' in globalThis) importInWorker(address);
		else await addToPage(address);
	}
	const { kmsEngineLater: later } = globalThis;
	if (later?.version === version) return later;
	globalThis.kmsEngineLater = undefined;
	throw new Error('the engine’s later script is another');
}

interface WorkerScope {
	importScripts(url: string): void;
	readonly trustedTypes?: TrustedTypePolicyFactory;
}

/** Made once: a page's policy, which a worker made of a data: URL inherits, lets it have that name once. */
let policy: Pick<TrustedTypePolicy, 'createScriptURL'> | undefined;

function importInWorker(address: string): void {
	const scope = globalThis as unknown as WorkerScope;
	policy ??= scope.trustedTypes?.createPolicy('embed-script-url', {
		createScriptURL: (url: string) => {
			if (url !== address) throw new TypeError('script URL not allowed');
			return url;
		}
	});
	scope.importScripts((policy?.createScriptURL(address) ?? address) as string);
}

function addToPage(address: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const script = document.createElement('script');
		script.onload = () => {
			resolve();
		};
		script.onerror = () => {
			reject(new Error('the engine’s later script could not be loaded'));
		};
		script.src = globalThis.kmsEmbedScriptUrl?.(address) ?? address;
		document.head.append(script);
	});
}
