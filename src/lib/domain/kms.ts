/**
 * The service as its callers see it: one method for each operation, named as the provider names it. Every method
 * answers with a value or one refusal; only a defect throws. Byte fields are raw bytes: the API's hexadecimal and
 * base64 strings are a matter of the console and of files.
 */
import type { Bytes } from './bytes';
import type { KeyMetadata } from './key-metadata';
import type { AliasRequest } from './operations/alias';
import type { CreateCmkRequest } from './operations/create-cmk';
import type { DeleteKeyMaterialRequest } from './operations/delete-key-material';
import type { GetParametersForImportRequest } from './operations/get-parameters-for-import';
import type { ImportKeyMaterialRequest } from './operations/import-key-material';
import type { KeyStateRequest, ScheduleKeyDeletionRequest } from './operations/key-state';
import type { UpdateKeyDescriptionRequest } from './operations/update-key-description';
import type { DecryptRequest, EncryptRequest, GenerateDataKeyRequest } from './operations/use-key';
import type { Result } from './result';

export interface Envelope {
	/** UUID; the same as in the audit event of the call. */
	readonly requestId: string;
}

export interface KeyMetadataResponse extends Envelope {
	readonly keyMetadata: KeyMetadata;
}

export interface ListKeysRequest {
	/** Position to go on from: `nextMarker` of the page before, asked for with the same filter and order. */
	readonly marker?: string;
	/** 1 to 100, default 50. */
	readonly limit?: number;
	/** Only CMKs in this state, by its digit in `keyMetadata`. */
	readonly keyState?: string;
	/** Only CMKs with this text in their ID or alias. Such a response is one page and has no marker. */
	readonly search?: string;
	/** Default created. */
	readonly sortBy?: string;
	/** Default desc for created, else asc. */
	readonly sortOrder?: string;
}

export interface ListKeysResponse extends Envelope {
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

export interface DeletionResponse extends Envelope {
	/** `yyyy-MM-dd HH:mm:ss` in UTC; until then CancelKeyDeletion prevents it. */
	readonly deleteDate: string;
}

export interface EncryptResponse extends Envelope {
	readonly keyId: string;
	readonly cipherTextBlob: Bytes;
}

export interface GenerateDataKeyResponse extends Envelope {
	readonly keyId: string;
	/** The data key: to be used and forgotten. */
	readonly plainText: Bytes;
	/** The data key encrypted under the CMK: to be kept. */
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
	createAlias(request: AliasRequest): Promise<Result<Envelope>>;
	updateAlias(request: AliasRequest): Promise<Result<Envelope>>;
	updateKeyDescription(request: UpdateKeyDescriptionRequest): Promise<Result<Envelope>>;
	getParametersForImport(
		request: GetParametersForImportRequest
	): Promise<Result<GetParametersForImportResponse>>;
	importKeyMaterial(request: ImportKeyMaterialRequest): Promise<Result<Envelope>>;
	deleteKeyMaterial(request: DeleteKeyMaterialRequest): Promise<Result<Envelope>>;
	enableKey(request: KeyStateRequest): Promise<Result<Envelope>>;
	disableKey(request: KeyStateRequest): Promise<Result<Envelope>>;
	scheduleKeyDeletion(request: ScheduleKeyDeletionRequest): Promise<Result<DeletionResponse>>;
	cancelKeyDeletion(request: KeyStateRequest): Promise<Result<Envelope>>;
	encrypt(request: EncryptRequest): Promise<Result<EncryptResponse>>;
	generateDataKey(request: GenerateDataKeyRequest): Promise<Result<GenerateDataKeyResponse>>;
	decrypt(request: DecryptRequest): Promise<Result<DecryptResponse>>;
}
