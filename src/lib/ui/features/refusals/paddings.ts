/** The paddings by their usual names, why a tool used one, and the commands that use the requested one. */
import type { Padding } from '$lib/crypto/every-padding';
import type { FileAction } from '$lib/customer/file-actions';
import type { DigestChoice } from '$lib/diagnosis/diagnosis';
import {
	callFileNames,
	encryptedAgainFileName,
	keyMaterialFileName
} from '$lib/customer/file-names';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import { m } from '$lib/paraglide/messages';

const ALGORITHM_NAMES: Readonly<Record<WrappingAlgorithm, string>> = {
	RSAES_OAEP_SHA_256: 'OAEP SHA-256',
	RSAES_OAEP_SHA_1: 'OAEP SHA-1',
	RSAES_PKCS1_V1_5: 'PKCS #1 v1.5'
};

/** Names, the same in every language. */
export const algorithmName = (algorithm: WrappingAlgorithm): string => ALGORITHM_NAMES[algorithm];

export function paddingName(padding: Padding): string {
	switch (padding.scheme) {
		case 'RSAES_PKCS1_V1_5':
			return ALGORITHM_NAMES.RSAES_PKCS1_V1_5;
		case 'none':
			return m.diagnosis_no_padding();
		case 'RSAES_OAEP': {
			const { digest, maskDigest } = padding;
			return digest === maskDigest ? `OAEP ${digest}` : `OAEP ${digest} + MGF1 ${maskDigest}`;
		}
		case 'RSAES_OAEP_OTHER_LABEL':
			return m.diagnosis_oaep_other_label({ mask: padding.maskDigest });
	}
}

const WHY_DIGESTS: Readonly<Record<DigestChoice, () => string>> = {
	sha1: m.diagnosis_used_oaep_sha1,
	mgf1Only: m.diagnosis_used_mgf1_only,
	java: m.diagnosis_used_java,
	sha256: m.diagnosis_used_oaep_sha256,
	other: m.diagnosis_used_sha2
};

/** Why a tool used it. */
export function whyUsed(padding: Padding, digests: DigestChoice = 'other'): string {
	switch (padding.scheme) {
		case 'RSAES_PKCS1_V1_5':
			return m.diagnosis_used_pkcs1();
		case 'none':
			return m.diagnosis_used_none();
		case 'RSAES_OAEP':
			return WHY_DIGESTS[digests]();
		case 'RSAES_OAEP_OTHER_LABEL':
			return m.diagnosis_used_other_label({ bits: 8 * padding.labelHashBytes });
	}
}

const PKCS1 = '-pkeyopt rsa_padding_mode:pkcs1';
const OAEP = '-pkeyopt rsa_padding_mode:oaep';

/** The options of `openssl pkeyutl` for each algorithm. */
export const OPTIONS: Readonly<Record<WrappingAlgorithm, string>> = {
	RSAES_OAEP_SHA_256: `${OAEP} -pkeyopt rsa_oaep_md:sha256`,
	RSAES_OAEP_SHA_1: `${OAEP} -pkeyopt rsa_oaep_md:sha1`,
	RSAES_PKCS1_V1_5: PKCS1
};

/** Encrypts the key material for a call, to a file beside the refused one, and shows both sizes. */
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

/** For Java: sets both digests. */
export const JAVA_PARAMETERS = `new OAEPParameterSpec(MGF1ParameterSpec.SHA256.getDigestAlgorithm(), "MGF1",
    MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)`;
