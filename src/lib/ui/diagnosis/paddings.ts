/** The paddings by the names that people know, why a tool takes them, and what encrypts with the one asked for. */
import type { FileAction } from '$lib/customer/file-actions';
import {
	callFileNames,
	encryptedAgainFileName,
	keyMaterialFileName
} from '$lib/customer/file-names';
import type { WrappedAs } from '$lib/diagnosis/diagnosis';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import { m } from '$lib/paraglide/messages';

/** Names, the same in every language. */
export const PADDING_NAMES: Readonly<Record<WrappedAs, string>> = {
	RSAES_OAEP_SHA_256: 'OAEP SHA-256',
	RSAES_OAEP_SHA_1: 'OAEP SHA-1',
	RSAES_PKCS1_V1_5: 'PKCS #1 v1.5',
	OAEP_SHA_256_MGF1_SHA_1: 'OAEP SHA-256 + MGF1 SHA-1',
	OAEP_SHA_1_MGF1_SHA_256: 'OAEP SHA-1 + MGF1 SHA-256',
	OAEP_SHA_384: 'OAEP SHA-384',
	OAEP_SHA_512: 'OAEP SHA-512'
};

const WHY: Readonly<Record<WrappedAs, () => string>> = {
	RSAES_OAEP_SHA_256: m.diagnosis_used_oaep_sha256,
	RSAES_OAEP_SHA_1: m.diagnosis_used_oaep_sha1,
	RSAES_PKCS1_V1_5: m.diagnosis_used_pkcs1,
	OAEP_SHA_256_MGF1_SHA_1: m.diagnosis_used_java,
	OAEP_SHA_1_MGF1_SHA_256: m.diagnosis_used_mgf1_only,
	OAEP_SHA_384: m.diagnosis_used_sha2,
	OAEP_SHA_512: m.diagnosis_used_sha2
};

export const whyUsed = (padding: WrappedAs): string => WHY[padding]();

const PKCS1 = '-pkeyopt rsa_padding_mode:pkcs1';
const OAEP = '-pkeyopt rsa_padding_mode:oaep';

/** The options of `openssl pkeyutl` that ask for an algorithm. */
export const OPTIONS: Readonly<Record<WrappingAlgorithm, string>> = {
	RSAES_OAEP_SHA_256: `${OAEP} -pkeyopt rsa_oaep_md:sha256`,
	RSAES_OAEP_SHA_1: `${OAEP} -pkeyopt rsa_oaep_md:sha1`,
	RSAES_PKCS1_V1_5: PKCS1
};

/** Encrypts the key material for a call, beside the file that was refused, and shows both sizes. */
export function wrapAgain(
	keyId: string,
	callNumber: number,
	algorithm: WrappingAlgorithm
): readonly FileAction[] {
	const { publicKeyPem, encrypted } = callFileNames(keyId, callNumber);
	const from = keyMaterialFileName(keyId);
	const to = encryptedAgainFileName(encrypted);
	return [
		{ act: 'wrap', algorithm, publicKey: publicKeyPem, from, to },
		{ act: 'sizes', of: [from, to] }
	];
}

/** For Java, whose name of the algorithm says only half of it. */
export const JAVA_PARAMETERS = `new OAEPParameterSpec(MGF1ParameterSpec.SHA256.getDigestAlgorithm(), "MGF1",
    MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)`;
