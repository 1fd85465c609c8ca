/** A finding in words, in the language of the page. Complete by its type: a kind without words does not compile. */
import type { Finding } from '$lib/diagnosis/diagnosis';
import { TELL_OF_CIPHERTEXTS } from './decrypt-findings';
import { TELL_OF_IMPORTS } from './import-findings';
import { TELL_OF_KEYS } from './key-findings';
import type { Tellers, Told } from './told';

const TELLERS: Tellers<Finding['kind']> = {
	...TELL_OF_IMPORTS,
	...TELL_OF_KEYS,
	...TELL_OF_CIPHERTEXTS
};

/** @param keyId the CMK that the call was about: commands name its files */
export function tell(finding: Finding, keyId: string): Told {
	// The table's type pairs each kind with its own finding; TypeScript cannot follow that through an index.
	const teller = TELLERS[finding.kind] as (finding: Finding, keyId: string) => Told;
	return teller(finding, keyId);
}
