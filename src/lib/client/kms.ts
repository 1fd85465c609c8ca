/** The service and the customer's workbench, as the page calls them. Values only: no Comlink type leaves this file. */
import type { Workbench } from '../customer/workbench';
import type { Kms } from '../domain/kms';
import type { StorageMode } from '../worker/api';
import { connect } from './worker';

export const kms: Kms = {
	createCmk: async (request) => (await connect()).kms.createCmk(request),
	describeKey: async (request) => (await connect()).kms.describeKey(request),
	listKeys: async (request) => (await connect()).kms.listKeys(request),
	getParametersForImport: async (request) => (await connect()).kms.getParametersForImport(request),
	importKeyMaterial: async (request) => (await connect()).kms.importKeyMaterial(request),
	deleteKeyMaterial: async (request) => (await connect()).kms.deleteKeyMaterial(request),
	encrypt: async (request) => (await connect()).kms.encrypt(request),
	decrypt: async (request) => (await connect()).kms.decrypt(request)
};

export const workbench: Workbench = {
	addFile: async (name, bytes) => (await connect()).workbench.addFile(name, bytes),
	readFile: async (fileId) => (await connect()).workbench.readFile(fileId),
	removeFile: async (fileId) => (await connect()).workbench.removeFile(fileId),
	generateKeyMaterial: async (name) => (await connect()).workbench.generateKeyMaterial(name),
	encryptKeyMaterial: async (request) => (await connect()).workbench.encryptKeyMaterial(request)
};

export const storageMode = async (): Promise<StorageMode> => (await connect()).storageMode();
