/** Imports with files as people have them, and what the diagnosis finds in those of a refused one. */
import { createDiagnostician } from '$lib/diagnosis/create-diagnostician';
import type { Finding } from '$lib/diagnosis/diagnosis';
import { posix } from '$lib/customer/posix';
import { render } from '$lib/customer/shell';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import type { Bytes } from '$lib/domain/bytes';
import { overwriteGetLocale, type Locale } from '$lib/paraglide/runtime';
import { tell } from '$lib/ui/features/refusals/finding-text';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	START_MS,
	value,
	type Sandbox
} from './sandbox';

/** A call of GetParametersForImport, whose files are uploaded. */
export interface Call {
	readonly keyId: string;
	readonly publicKey: Bytes;
	readonly importToken: Bytes;
}

/** @param first imported before the call, so that the CMK takes no other key material */
export async function startCall(
	{ kms }: Sandbox,
	{ algorithm, first }: { readonly algorithm?: WrappingAlgorithm; readonly first?: Bytes } = {}
): Promise<Call> {
	const keyId = await createExternalKey(kms);
	if (first) value(await importMaterial(kms, keyId, first));
	const { publicKey, importToken } = await getParameters(kms, keyId, algorithm);
	return { keyId, publicKey, importToken };
}

/** @returns the findings of a refused import; undefined for an import that succeeded */
export async function findingsOf(
	{ kms, store }: Sandbox,
	request: Omit<Call, 'publicKey'> & { readonly encryptedKeyMaterial: Bytes }
): Promise<readonly Finding[] | undefined> {
	const result = await kms.importKeyMaterial(request);
	if (result.ok) return undefined;
	const diagnostician = createDiagnostician({ store, systemNowMs: () => START_MS });
	const refused = { operation: 'ImportKeyMaterial', request } as const;
	return (await diagnostician.diagnose(refused, result.refusal)).findings;
}

/** What a finding is told with: the texts, and the commands below them. */
export function wordsOf(
	finding: Finding,
	keyId: string,
	locale: Locale
): { readonly texts: readonly string[]; readonly commands: string } {
	overwriteGetLocale(() => locale);
	try {
		const { found, remedy, actions = [] } = tell(finding, keyId);
		return {
			texts: remedy === undefined ? [found] : [found, remedy],
			commands: render(posix, actions)
		};
	} finally {
		overwriteGetLocale(() => 'en');
	}
}
