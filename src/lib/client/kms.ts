/** The service, the customer's workbench and the sandbox around them, as the page calls them. Values only: no Comlink type leaves this file. */
import type { Workbench } from '../customer/workbench';
import type { Diagnostician } from '../diagnosis/diagnosis';
import type { Kms } from '../domain/kms';
import type { SandboxControls } from '../domain/sandbox';
import type { StorageMode } from '../worker/api';
import { connect } from './worker';

export const kms: Kms = {
	createCmk: async (request) => (await connect()).kms.createCmk(request),
	describeKey: async (request) => (await connect()).kms.describeKey(request),
	listKeys: async (request) => (await connect()).kms.listKeys(request),
	createAlias: async (request) => (await connect()).kms.createAlias(request),
	updateAlias: async (request) => (await connect()).kms.updateAlias(request),
	updateKeyDescription: async (request) => (await connect()).kms.updateKeyDescription(request),
	getParametersForImport: async (request) => (await connect()).kms.getParametersForImport(request),
	importKeyMaterial: async (request) => (await connect()).kms.importKeyMaterial(request),
	deleteKeyMaterial: async (request) => (await connect()).kms.deleteKeyMaterial(request),
	enableKey: async (request) => (await connect()).kms.enableKey(request),
	disableKey: async (request) => (await connect()).kms.disableKey(request),
	scheduleKeyDeletion: async (request) => (await connect()).kms.scheduleKeyDeletion(request),
	cancelKeyDeletion: async (request) => (await connect()).kms.cancelKeyDeletion(request),
	encrypt: async (request) => (await connect()).kms.encrypt(request),
	generateDataKey: async (request) => (await connect()).kms.generateDataKey(request),
	decrypt: async (request) => (await connect()).kms.decrypt(request)
};

export const workbench: Workbench = {
	readFiles: async () => (await connect()).workbench.readFiles(),
	changeFiles: async (changes) => (await connect()).workbench.changeFiles(changes),
	addFile: async (name, bytes) => (await connect()).workbench.addFile(name, bytes),
	readFile: async (fileId) => (await connect()).workbench.readFile(fileId),
	removeFile: async (fileId) => (await connect()).workbench.removeFile(fileId),
	generateKeyMaterial: async (name) => (await connect()).workbench.generateKeyMaterial(name),
	encryptKeyMaterial: async (request) => (await connect()).workbench.encryptKeyMaterial(request)
};

export const sandbox: SandboxControls = {
	moveClock: async (move, from) => (await connect()).sandbox.moveClock(move, from),
	changeSettings: async (change) => (await connect()).sandbox.changeSettings(change),
	undoLastOperation: async (request) => (await connect()).sandbox.undoLastOperation(request),
	recordDue: async () => (await connect()).sandbox.recordDue(),
	expiryWatch: async () => (await connect()).sandbox.expiryWatch(),
	checkAuditLog: async () => (await connect()).sandbox.checkAuditLog(),
	exportAuditLog: async () => (await connect()).sandbox.exportAuditLog()
};

export const diagnostician: Diagnostician = {
	diagnose: async (call, refusal) => (await connect()).diagnostician.diagnose(call, refusal)
};

export const storageMode = async (): Promise<StorageMode> => (await connect()).storageMode();
