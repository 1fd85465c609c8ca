/** The service, the customer's workbench and the sandbox around them, as the page calls them. */
import type { Workbench } from '../customer/workbench';
import type { Diagnostician } from '../diagnosis/diagnosis';
import type { Kms } from '../domain/kms';
import type { SandboxControls } from '../domain/sandbox';
import type { StorageMode } from '../worker/api';
import { forward } from './forward';
import { connect } from './worker';

export const kms: Kms = forward('kms');
export const workbench: Workbench = forward('workbench');
export const sandbox: SandboxControls = forward('sandbox');
export const diagnostician: Diagnostician = forward('diagnostician');

export const storageMode = async (): Promise<StorageMode> => (await connect()).storageMode();
