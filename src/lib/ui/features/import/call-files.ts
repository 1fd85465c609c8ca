/** The files that one GetParametersForImport call can be downloaded as. */
import { callFileNames } from '$lib/customer/file-names';
import { publicKeyToPem } from '$lib/customer/public-key-pem';
import { asciiToBytes, bytesToHex, type Bytes } from '$lib/domain/bytes';
import type { ImportParametersRecord } from '$lib/domain/import-parameters';

export interface CallFile {
	readonly name: string;
	readonly bytes: Bytes;
}

export interface CallFiles {
	/** As the API returns it. */
	readonly publicKeyHex: CallFile;
	readonly publicKeyPem: CallFile;
	readonly publicKeyDer: CallFile;
	readonly importToken: CallFile;
}

export function callFiles(record: ImportParametersRecord): CallFiles {
	const { keyId, callNumber, publicKey, importToken } = record;
	const names = callFileNames(keyId, callNumber);
	return {
		publicKeyHex: { name: names.publicKeyHex, bytes: asciiToBytes(bytesToHex(publicKey)) },
		publicKeyPem: { name: names.publicKeyPem, bytes: asciiToBytes(publicKeyToPem(publicKey)) },
		publicKeyDer: { name: names.publicKeyDer, bytes: publicKey },
		importToken: { name: names.importToken, bytes: asciiToBytes(bytesToHex(importToken)) }
	};
}
