/** Forwards calls from the page to a part of the worker. No Comlink type leaves this folder. */
import type { ProxyMarked, Remote } from 'comlink';
import type { WorkerApi } from '../worker/api';
import { connect } from './worker';

type Part = {
	[Name in keyof WorkerApi]: WorkerApi[Name] extends ProxyMarked ? Name : never;
}[keyof WorkerApi];

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/**
 * @returns an object with the methods of that part. Each call waits for the connection. A port among the arguments is
 * transferred, not copied
 */
export function forward<Name extends Part>(part: Name): WorkerApi[Name] {
	const call =
		(method: string) =>
		async (...args: readonly unknown[]): Promise<unknown> => {
			const remote: Remote<WorkerApi> = await connect();
			const methods = remote[part] as unknown as Methods;
			const { transfer } = await import('comlink');
			const given = args.map((arg) => (arg instanceof MessagePort ? transfer(arg, [arg]) : arg));
			return methods[method]?.(...given);
		};
	return new Proxy({} as WorkerApi[Name], {
		// `await` asks for `then`, and this object is not a promise
		get: (_own, name) => (typeof name === 'symbol' || name === 'then' ? undefined : call(name))
	});
}
