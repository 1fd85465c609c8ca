/**
 * The service as its callers see it: one method for each operation, named as the provider names it. Every method
 * answers with a value or one refusal; only a defect throws. Byte fields are raw bytes: the API's hexadecimal and
 * base64 strings are a matter of the console and of files.
 */
import type { Bytes } from './bytes';
import type { KeyMetadata } from './key-metadata';
import type { CreateCmkRequest } from './operations/create-cmk';
import type { DeleteKeyMaterialRequest } from './operations/delete-key-material';
import type { GetParametersForImportRequest } from './operations/get-parameters-for-import';
import type { ImportKeyMaterialRequest } from './operations/import-key-material';
import type { DecryptRequest, EncryptRequest } from './operations/use-key';
import type { Result } from './result';

interface Envelope {
	/** UUID; the same as in the audit event of the call. */
	readonly requestId: string;
}

export interface KeyMetadataResponse extends Envelope {
	readonly keyMetadata: KeyMetadata;
}

export interface ListKeysRequest {
	/** Position to go on from: `nextMarker` of the page before. */
	readonly marker?: string;
	/** 1 to 100, default 50. */
	readonly limit?: number;
}

export interface ListKeysResponse extends Envelope {
	/** Newest first. */
	readonly keys: readonly KeyMetadata[];
	/** Absent on the last page. */
	readonly nextMarker?: string;
}

export interface GetParametersForImportResponse extends Envelope {
	readonly keyId: string;
	/** Names this call in the sandbox; not part of the provider's answer. */
	readonly parametersId: string;
	/** DER SubjectPublicKeyInfo, 294 bytes; the API prints it as 588 hexadecimal digits. */
	readonly publicKey: Bytes;
	/** Opaque; the API prints it as hexadecimal digits. */
	readonly importToken: Bytes;
	/** `yyyy-MM-dd HH:mm:ss` in UTC. */
	readonly tokenExpireTime: string;
}

export interface EncryptResponse extends Envelope {
	readonly keyId: string;
	readonly cipherTextBlob: Bytes;
}

export interface DecryptResponse extends Envelope {
	readonly keyId: string;
	readonly plainText: Bytes;
}

export interface Kms {
	createCmk(request: CreateCmkRequest): Promise<Result<KeyMetadataResponse>>;
	describeKey(request: { readonly keyId: string }): Promise<Result<KeyMetadataResponse>>;
	listKeys(request: ListKeysRequest): Promise<Result<ListKeysResponse>>;
	getParametersForImport(
		request: GetParametersForImportRequest
	): Promise<Result<GetParametersForImportResponse>>;
	importKeyMaterial(request: ImportKeyMaterialRequest): Promise<Result<Envelope>>;
	deleteKeyMaterial(request: DeleteKeyMaterialRequest): Promise<Result<Envelope>>;
	encrypt(request: EncryptRequest): Promise<Result<EncryptResponse>>;
	decrypt(request: DecryptRequest): Promise<Result<DecryptResponse>>;
}
