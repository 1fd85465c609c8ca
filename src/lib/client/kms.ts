/** The service, the customer's workbench and the sandbox around them, as the page calls them. Values only: no Comlink type leaves this file. */
import type { Remote } from 'comlink';
import type { Workbench } from '../customer/workbench';
import type { Diagnostician } from '../diagnosis/diagnosis';
import type { Kms } from '../domain/kms';
import type { SandboxControls } from '../domain/sandbox';
import type { StorageMode, WorkerApi } from '../worker/api';
import { connect } from './worker';

type Methods = Readonly<Record<string | symbol, (...args: unknown[]) => unknown>>;

/** @returns an object with the methods of a part of the worker: each call waits for the connection */
function through(part: (worker: Remote<WorkerApi>) => unknown): object {
	return new Proxy(
		{},
		{
			get:
				(_own, name) =>
				async (...args: unknown[]) =>
					(part(await connect()) as Methods)[name]?.(...args)
		}
	);
}

export const kms = through((worker) => worker.kms) as Kms;
export const workbench = through((worker) => worker.workbench) as Workbench;
export const sandbox = through((worker) => worker.sandbox) as SandboxControls;
export const diagnostician = through((worker) => worker.diagnostician) as Diagnostician;

export const storageMode = async (): Promise<StorageMode> => (await connect()).storageMode();
