/**
 * Performs one action of a scenario, through the same interfaces as a trainee: the service's operations, the workbench, the
 * sandbox clock. An action can therefore lead only to states that the engine can reach.
 */
import {
	asciiToBytes,
	base64ToBytes,
	bytesToAscii,
	bytesToBase64,
	bytesToHex,
	hexToBytes,
	type Bytes
} from '../domain/bytes';
import type { Kms } from '../domain/kms';
import type { Result } from '../domain/result';
import type { UndoAnswer } from '../domain/sandbox';
import { required } from '../domain/storage-full';
import { DAY_MS, HOUR_MS, type ClockAnswer, type ClockMove } from '../domain/time';
import { shortKeyId } from '../customer/file-names';
import { publicKeyToPem } from '../customer/public-key-pem';
import type { Workbench } from '../customer/workbench';
import { readPublicKeyFile, wrapForUpload, writeForUpload } from '../customer/wrap';
import { wrapLikeJava } from '../crypto/wrap-like-java';
import type { Action } from './format';
import { named, type Handles } from './handles';
import { fillNames } from './names';

/** Service, customer and sandbox, as needed to perform actions. */
export interface Parties {
	readonly kms: Kms;
	readonly workbench: Pick<Workbench, 'addFile' | 'readFile' | 'removeFile'>;
	/** Each control acts on the state at its call, because the actions of a scenario run one after the other. */
	readonly sandbox: {
		readonly moveClock: (move: ClockMove) => Promise<ClockAnswer>;
		readonly undoLastOperation: () => Promise<UndoAnswer>;
	};
	/** For key material. */
	readonly randomBytes: (length: number) => Bytes;
	/** Sandbox time. */
	readonly nowMs: () => Promise<number>;
}

/** The service's response differs from the one in the action, so the scenario can't be used. */
export class UnexpectedAnswer extends Error {
	override name = 'UnexpectedAnswer';

	constructor(
		readonly action: Action,
		readonly answer: string
	) {
		super(`${action.do} answered ${answer}`);
	}
}

/** A file is missing, can't be encrypted, or exceeds the limits of the workbench. */
export class UnusableFile extends Error {
	override name = 'UnusableFile';
}

/** The handles after an action, with the service's result. */
interface Performed {
	readonly handles: Handles;
	/** Only for an operation of the service. */
	readonly code?: string;
}

const MINUTE_MS = HOUR_MS / 60;
type Of<Name extends Action['do']> = Extract<Action, { do: Name }>;

/** @throws {UnexpectedAnswer} */
export async function perform(
	parties: Parties,
	action: Action,
	handles: Handles
): Promise<Performed> {
	const performed: Performed = await (isOfTheService(action)
		? callService(parties, action, handles)
		: actOutside(parties, action, handles).then((next) => ({ handles: next })));
	if (performed.code === 'StorageFull') required({ ok: false, problem: 'StorageFull' });
	const expected = 'expect' in action ? (action.expect ?? 'SUCCESS') : 'SUCCESS';
	if (performed.code !== undefined && performed.code !== expected)
		throw new UnexpectedAnswer(action, performed.code);
	return performed;
}

/** Performs the actions in order. @throws {UnexpectedAnswer} */
export async function performAll(
	parties: Parties,
	actions: readonly Action[],
	handles: Handles
): Promise<Performed> {
	let performed: Performed = { handles };
	for (const action of actions) performed = await perform(parties, action, performed.handles);
	return performed;
}

const OUTSIDE = [
	'MoveClock',
	'FreezeClock',
	'RunClock',
	'Undo',
	'MakeKeyMaterial',
	'WriteFile',
	'Download',
	'EncryptKeyMaterial',
	'ConvertFile',
	'RemoveFile',
	'Answer'
] as const;
type Outside = Of<(typeof OUTSIDE)[number]>;
type OfTheService = Exclude<Action, Outside>;

const isOfTheService = (action: Action): action is OfTheService =>
	!OUTSIDE.some((name) => name === action.do);

const codeOf = (result: Result<unknown>): string => (result.ok ? 'SUCCESS' : result.refusal.code);

async function callService(
	parties: Parties,
	action: OfTheService,
	handles: Handles
): Promise<Required<Performed>> {
	const { kms } = parties;
	const keyId = 'key' in action ? (named(handles.keys, action.key) ?? action.key) : '';
	const filled = (text: string) => fillNames(text, handles.names);
	const answered = (result: Result<unknown>, next = handles) => ({
		code: codeOf(result),
		handles: next
	});
	switch (action.do) {
		case 'CreateCmk': {
			const { alias, description, origin = 'EXTERNAL' } = action;
			const result = await kms.createCmk({
				keyUsage: 0,
				origin: origin === 'EXTERNAL' ? 1 : 0,
				...(alias !== undefined && { alias: filled(alias) }),
				...(description !== undefined && { description: filled(description) })
			});
			if (!result.ok) return answered(result);
			const created = result.value.keyMetadata.keyId;
			return answered(result, {
				...handles,
				keys: { ...handles.keys, [action.key]: created },
				names: { ...handles.names, [action.key]: shortKeyId(created) }
			});
		}
		case 'GetParametersForImport':
			return getParameters(parties, action, keyId, handles);
		case 'ImportKeyMaterial': {
			const { file, token, tokenFile, expiresInHours } = action;
			const importToken =
				token === undefined
					? await readFile(parties, tokenFile ?? '', handles)
					: named(handles.calls, token)?.importToken;
			const expireMs =
				expiresInHours === undefined
					? 0
					: Math.max(0, (await parties.nowMs()) + expiresInHours * HOUR_MS);
			return answered(
				await kms.importKeyMaterial({
					keyId,
					encryptedKeyMaterial: await readFile(parties, file, handles),
					importToken: importToken ?? new Uint8Array(),
					keyMaterialExpireUnix: Math.floor(expireMs / 1000)
				})
			);
		}
		case 'DescribeKey':
			return answered(await kms.describeKey({ keyId }));
		case 'DeleteKeyMaterial':
			return answered(await kms.deleteKeyMaterial({ keyId }));
		case 'EnableKey':
			return answered(await kms.enableKey({ keyId }));
		case 'DisableKey':
			return answered(await kms.disableKey({ keyId }));
		case 'CancelKeyDeletion':
			return answered(await kms.cancelKeyDeletion({ keyId }));
		case 'ScheduleKeyDeletion':
			return answered(await kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: action.days }));
		case 'CreateAlias':
			return answered(await kms.createAlias({ keyId, alias: filled(action.alias) }));
		case 'UpdateAlias':
			return answered(await kms.updateAlias({ keyId, alias: filled(action.alias) }));
		case 'UpdateKeyDescription':
			return answered(
				await kms.updateKeyDescription({ keyId, description: filled(action.description) })
			);
		case 'Encrypt':
		case 'GenerateDataKey': {
			const context = action.context === undefined ? {} : { encryptionContext: action.context };
			const result =
				action.do === 'Encrypt'
					? await kms.encrypt({
							keyId,
							plainText: new TextEncoder().encode(filled(action.text)),
							...context
						})
					: await kms.generateDataKey({
							keyId,
							...(action.numberOfBytes !== undefined && { numberOfBytes: action.numberOfBytes }),
							...context
						});
			if (!result.ok) return answered(result);
			const { cipherTextBlob } = result.value;
			const next = { ...handles, blobs: { ...handles.blobs, [action.blob]: cipherTextBlob } };
			return answered(
				result,
				action.file === undefined
					? next
					: await addFile(parties, action.file, asciiToBytes(bytesToBase64(cipherTextBlob)), next)
			);
		}
		case 'Decrypt': {
			const { blob, context } = action;
			return answered(
				await kms.decrypt({
					cipherTextBlob: named(handles.blobs, blob) ?? new Uint8Array(),
					...(context !== undefined && { encryptionContext: context })
				})
			);
		}
	}
}

async function getParameters(
	{ kms }: Parties,
	{ call, algorithm }: Of<'GetParametersForImport'>,
	keyId: string,
	handles: Handles
): Promise<Required<Performed>> {
	const result = await kms.getParametersForImport({
		keyId,
		wrappingKeySpec: 'RSA_2048',
		wrappingAlgorithm: algorithm
	});
	if (!result.ok) return { code: codeOf(result), handles };
	const { publicKey, importToken } = result.value;
	const earlier = Object.values(handles.calls).filter((other) => other.keyId === keyId);
	const callNumber = Math.max(0, ...earlier.map((other) => other.callNumber)) + 1;
	const made = { keyId, callNumber, publicKey, importToken };
	return {
		code: 'SUCCESS',
		handles: {
			...handles,
			calls: { ...handles.calls, [call]: made },
			names: { ...handles.names, [call]: `${shortKeyId(keyId)}_${String(callNumber)}` }
		}
	};
}

async function actOutside(parties: Parties, action: Outside, handles: Handles): Promise<Handles> {
	const read = (name: string) => readFile(parties, name, handles);
	const write = (bytes: Bytes) =>
		addFile(parties, 'file' in action ? action.file : '', bytes, handles);
	const refused = (problem: string) => new UnexpectedAnswer(action, problem);
	switch (action.do) {
		case 'FreezeClock':
		case 'RunClock':
			required(
				await parties.sandbox.moveClock({ move: action.do === 'RunClock' ? 'run' : 'freeze' })
			);
			return handles;
		case 'Undo':
			required(await parties.sandbox.undoLastOperation(), refused);
			return handles;
		case 'MoveClock': {
			const { days = 0, hours = 0, minutes = 0, toMs } = action;
			const ms = days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS;
			const move: ClockMove = toMs === undefined ? { move: 'by', ms } : { move: 'to', atMs: toMs };
			required(await parties.sandbox.moveClock(move), refused);
			return handles;
		}
		case 'MakeKeyMaterial':
			return write(parties.randomBytes(action.bytes ?? 32));
		case 'WriteFile':
			return write(
				action.hex === undefined
					? new TextEncoder().encode(fillNames(action.text ?? '', handles.names))
					: (hexToBytes(action.hex) ?? new Uint8Array())
			);
		case 'Download':
			return write(downloaded(action, handles));
		case 'EncryptKeyMaterial': {
			const publicKey = readPublicKeyFile(await read(action.publicKey));
			if (!publicKey) throw new UnexpectedAnswer(action, 'NotAPublicKey');
			const material = await read(action.material);
			return write(await encrypted(action, publicKey, material));
		}
		case 'ConvertFile':
			return write(CONVERSIONS[action.how](await read(action.from)));
		case 'RemoveFile': {
			const fileId = named(handles.files, fillNames(action.file, handles.names));
			if (fileId !== undefined) await parties.workbench.removeFile(fileId);
			return handles;
		}
		case 'Answer':
			return {
				...handles,
				answers: { ...handles.answers, [action.question]: action.choice }
			};
	}
}

async function encrypted(
	{ padding, form = 'raw', material: name }: Of<'EncryptKeyMaterial'>,
	publicKey: Bytes,
	material: Bytes
): Promise<Bytes> {
	try {
		return padding === 'OAEP_SHA_256_MGF1_SHA_1'
			? writeForUpload(await wrapLikeJava(publicKey, material), form)
			: await wrapForUpload(padding, publicKey, material, form);
	} catch {
		// too long for the padding
		throw new UnusableFile(name);
	}
}

function downloaded({ call, item, form }: Of<'Download'>, { calls }: Handles): Bytes {
	const made = named(calls, call);
	if (!made) return new Uint8Array();
	if (item === 'importToken') return asciiToBytes(bytesToHex(made.importToken));
	if (form === 'pem') return asciiToBytes(publicKeyToPem(made.publicKey));
	return form === 'der' ? made.publicKey : asciiToBytes(bytesToHex(made.publicKey));
}

const CONVERSIONS: Readonly<Record<Of<'ConvertFile'>['how'], (bytes: Bytes) => Bytes>> = {
	copy: (bytes) => bytes,
	toHex: (bytes) => asciiToBytes(bytesToHex(bytes)),
	toBase64: (bytes) => asciiToBytes(bytesToBase64(bytes)),
	fromHex: (bytes) => hexToBytes((bytesToAscii(bytes) ?? '').trim()) ?? new Uint8Array(),
	fromBase64: (bytes) => base64ToBytes((bytesToAscii(bytes) ?? '').trim()) ?? new Uint8Array(),
	addNewline: (bytes) => new Uint8Array([...bytes, 0x0a]),
	dropLastByte: (bytes) => bytes.slice(0, -1),
	flipOneBit: (bytes) => bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte)),
	empty: () => new Uint8Array()
};

async function readFile({ workbench }: Parties, name: string, handles: Handles): Promise<Bytes> {
	const fileId = named(handles.files, fillNames(name, handles.names));
	const result = fileId === undefined ? undefined : await workbench.readFile(fileId);
	if (!result?.ok) throw new UnusableFile(name);
	return result.value;
}

async function addFile(
	{ workbench }: Parties,
	wanted: string,
	bytes: Bytes,
	handles: Handles
): Promise<Handles> {
	const name = fillNames(wanted, handles.names);
	const added = await workbench.addFile(name, bytes);
	if (added.ok) return { ...handles, files: { ...handles.files, [name]: added.value.fileId } };
	required(added, () => new UnusableFile(name));
	return handles;
}
