/** What was found about a ciphertext, in words. */
import type { Finding } from '$lib/diagnosis/diagnosis';
import { m } from '$lib/paraglide/messages';
import { nameFile } from '$lib/ui/features/key-facts/file-kinds';
import { nameKey, type Tellers, type Told } from './told';

export const TELL_OF_CIPHERTEXTS: Tellers<
	'notABlob' | 'otherContext' | 'blobDamaged' | 'blobReaddressed' | 'sameMaterialElsewhere'
> = {
	notABlob: ({ named, isHex }) =>
		isHex
			? {
					found: m.diagnosis_not_a_blob_hex(),
					remedy: m.diagnosis_not_a_blob_hex_remedy(),
					actions: [{ act: 'showHexAsBase64', from: 'CipherText.hex' }]
				}
			: {
					found: m.diagnosis_not_a_blob({ file: nameFile(named) }),
					remedy: m.diagnosis_not_a_blob_remedy()
				},

	otherContext: tellContext,

	blobDamaged: ({ key }) => ({
		found: m.diagnosis_blob_damaged({ key: nameKey(key) }),
		remedy: m.diagnosis_blob_damaged_remedy()
	}),

	blobReaddressed: ({ key, sameMaterial }) => ({
		found: sameMaterial
			? m.diagnosis_blob_readdressed_same({ key: nameKey(key) })
			: m.diagnosis_blob_readdressed({ key: nameKey(key) }),
		remedy: m.diagnosis_blob_readdressed_remedy()
	}),

	sameMaterialElsewhere: ({ key }) => ({
		found: m.diagnosis_same_material({ key: nameKey(key) }),
		remedy: m.diagnosis_same_material_remedy()
	})
};

type Context = Extract<Finding, { kind: 'otherContext' }>;

const CONTEXTS: Readonly<Record<Context['given'], () => string>> = {
	needless: m.diagnosis_context_needless,
	missing: m.diagnosis_context_missing,
	inOtherCase: m.diagnosis_context_case,
	withOtherSpaces: m.diagnosis_context_spaces,
	different: m.diagnosis_context_other
};

function tellContext({ given }: Context): Told {
	const isNeedless = given === 'needless';
	return {
		found: CONTEXTS[given](),
		remedy: isNeedless ? m.diagnosis_context_needless_remedy() : m.diagnosis_context_remedy()
	};
}
