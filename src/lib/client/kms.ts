/** The service, the customer's workbench and the sandbox around them, as the page calls them. Values only: no Comlink type leaves this file. */
import type { Workbench } from '../customer/workbench';
import type { Diagnostician } from '../diagnosis/diagnosis';
import type { Kms } from '../domain/kms';
import type { Learn } from '../learn/learn';
import type { SandboxControls } from '../domain/sandbox';
import type { StorageMode } from '../worker/api';
import type { Workspaces } from '../workspaces/workspaces';
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
	addFile: async (name, bytes) => (await connect()).workbench.addFile(name, bytes),
	readFile: async (fileId) => (await connect()).workbench.readFile(fileId),
	removeFile: async (fileId) => (await connect()).workbench.removeFile(fileId),
	generateKeyMaterial: async (name) => (await connect()).workbench.generateKeyMaterial(name),
	encryptKeyMaterial: async (request) => (await connect()).workbench.encryptKeyMaterial(request)
};

export const sandbox: SandboxControls = {
	moveClock: async (move) => (await connect()).sandbox.moveClock(move),
	changeSettings: async (change) => (await connect()).sandbox.changeSettings(change),
	undoLastOperation: async () => (await connect()).sandbox.undoLastOperation(),
	expiryWatch: async () => (await connect()).sandbox.expiryWatch(),
	checkAuditLog: async () => (await connect()).sandbox.checkAuditLog(),
	exportAuditLog: async () => (await connect()).sandbox.exportAuditLog()
};

export const diagnostician: Diagnostician = {
	diagnose: async (call, refusal) => (await connect()).diagnostician.diagnose(call, refusal)
};

export const workspaces: Workspaces = {
	list: async () => (await connect()).workspaces.list(),
	current: async () => (await connect()).workspaces.current(),
	create: async (name) => (await connect()).workspaces.create(name),
	rename: async (id, name) => (await connect()).workspaces.rename(id, name),
	duplicate: async (id, name) => (await connect()).workspaces.duplicate(id, name),
	remove: async (id) => (await connect()).workspaces.remove(id),
	reset: async () => (await connect()).workspaces.reset(),
	exportFile: async () => (await connect()).workspaces.exportFile(),
	importFile: async (name, file) => (await connect()).workspaces.importFile(name, file)
};

export const learn: Learn = {
	begin: async (scenario, seed, exam) => (await connect()).learn.begin(scenario, seed, exam),
	answer: async (questionId, choice) => (await connect()).learn.answer(questionId, choice),
	takeHint: async () => (await connect()).learn.takeHint(),
	showSolution: async () => (await connect()).learn.showSolution(),
	performNext: async (index) => (await connect()).learn.performNext(index),
	finish: async () => (await connect()).learn.finish(),
	leave: async () => (await connect()).learn.leave(),
	beginExam: async (scenarioIds, seed) => (await connect()).learn.beginExam(scenarioIds, seed),
	closeExamRun: async () => (await connect()).learn.closeExamRun(),
	keepOwn: async (scenario) => (await connect()).learn.keepOwn(scenario),
	removeOwn: async (scenarioId) => (await connect()).learn.removeOwn(scenarioId),
	forgetProgress: async () => (await connect()).learn.forgetProgress(),
	exportProgress: async () => (await connect()).learn.exportProgress(),
	verifyProgress: async (file, scenarios) =>
		(await connect()).learn.verifyProgress(file, scenarios),
	keepVerified: async (file, scenarios) => (await connect()).learn.keepVerified(file, scenarios),
	draft: async (afterSequence) => (await connect()).learn.draft(afterSequence)
};

export const storageMode = async (): Promise<StorageMode> => (await connect()).storageMode();
