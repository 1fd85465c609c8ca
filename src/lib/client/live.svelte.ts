/** Live queries as runes: what is on screen always comes from here, never from a command's answer. */
import type { Watchable, WatchMessage } from '../worker/api';
import { awaitFirstAnswer } from './first-answers.svelte';
import { connect } from './worker';

export type Live<Rows> =
	| { readonly status: 'loading' }
	| { readonly status: 'ready'; readonly rows: Rows }
	| { readonly status: 'failed'; readonly message: string };

/**
 * Watches a query while the component that calls this is mounted. `ask` is read as an effect: when what it returns
 * changes, the old question is dropped and the new one asked. The last answer stays on screen until the next is there.
 */
export function live<Name extends keyof Watchable>(
	name: Name,
	ask: () => Watchable[Name]['args']
): { readonly now: Live<Watchable[Name]['rows']> } {
	let now = $state.raw<Live<Watchable[Name]['rows']>>({ status: 'loading' });

	const arrived = awaitFirstAnswer();

	$effect(() =>
		watch(name, ask(), (answer) => {
			now = answer;
			arrived();
		})
	);

	return {
		get now() {
			return now;
		}
	};
}

/** @returns the end of watching */
export function watch<Name extends keyof Watchable>(
	name: Name,
	args: Watchable[Name]['args'],
	tell: (answer: Live<Watchable[Name]['rows']>) => void
): () => void {
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = (event: MessageEvent<WatchMessage<Watchable[Name]['rows']>>) => {
		const { data } = event;
		tell(
			data.ok ? { status: 'ready', rows: data.rows } : { status: 'failed', message: data.message }
		);
	};
	void (async () => {
		const [remote, { transfer }] = await Promise.all([connect(), import('comlink')]);
		await remote.watch(name, args, transfer(port2, [port2]));
	})().catch((error: unknown) => {
		tell({ status: 'failed', message: String(error) });
	});
	return () => {
		port1.postMessage('stop');
		port1.close();
	};
}
