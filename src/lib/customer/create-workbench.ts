/** The customer's tools on the workbench's files: the work that OpenSSL does on a real machine, done in the worker. */
import { LONGEST_PLAINTEXT_BYTES, MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { safeFileName } from '../domain/display-name';
import { unlessStorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
import type { Tray } from './tray';
import {
	LONGEST_TRAY_FILE_BYTES,
	type EncryptKeyMaterialRequest,
	type TrayFile,
	type Workbench,
	type WorkbenchProblem,
	type WorkbenchResult
} from './workbench';
import { readPublicKeyFile, wrapForUpload } from './wrap';

export interface WorkbenchDeps {
	readonly tray: Tray;
	readonly randomBytes: (length: number) => Bytes;
	readonly systemNowMs: () => EpochMs;
}

const problem = (name: WorkbenchProblem) => ({ ok: false, problem: name }) as const;

export function createWorkbench({ tray, randomBytes, systemNowMs }: WorkbenchDeps): Workbench {
	async function addFile(name: string, bytes: Bytes): Promise<WorkbenchResult<TrayFile>> {
		if (bytes.length > LONGEST_TRAY_FILE_BYTES) return problem('FileTooLarge');
		return unlessStorageFull(() => tray.add(safeFileName(name), bytes, systemNowMs()));
	}

	async function encryptKeyMaterial(
		request: EncryptKeyMaterialRequest
	): Promise<WorkbenchResult<TrayFile>> {
		const { algorithm, encoding, name } = request;
		const material = await tray.read(request.materialFileId);
		const publicKeyFile = await tray.read(request.publicKeyFileId);
		if (!material || !publicKeyFile) return problem('FileNotFound');
		if (material.length === 0) return problem('FileEmpty');
		const publicKey = readPublicKeyFile(publicKeyFile);
		if (!publicKey) return problem('NotAPublicKey');
		if (material.length > LONGEST_PLAINTEXT_BYTES[algorithm]) return problem('TooLongToEncrypt');
		return addFile(name, await wrapForUpload(algorithm, publicKey, material, encoding));
	}

	return {
		readFiles: async () => (await tray.exportFiles()).map(({ name, bytes }) => ({ name, bytes })),
		changeFiles: async (changes) => {
			if (changes.written.some(({ bytes }) => bytes.length > LONGEST_TRAY_FILE_BYTES))
				return problem('FileTooLarge');
			const written = changes.written.map(({ name, bytes }) => ({
				name: safeFileName(name),
				bytes
			}));
			const { removed } = changes;
			return unlessStorageFull(() => tray.change({ written, removed }, systemNowMs()));
		},
		addFile,
		encryptKeyMaterial,
		generateKeyMaterial: (name) => addFile(name, randomBytes(MATERIAL_BYTES)),
		removeFile: (fileId) => tray.remove(fileId),
		readFile: async (fileId) => {
			const bytes = await tray.read(fileId);
			return bytes ? { ok: true, value: bytes } : problem('FileNotFound');
		}
	};
}
