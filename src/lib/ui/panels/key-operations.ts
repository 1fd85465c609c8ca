/** Which of the operations on key material the service would refuse for this CMK: to say so before the button is pressed. */
import type { KeyRecord } from '$lib/domain/key';
import { keyNotExternal, type Refusal } from '$lib/domain/refusals';
import { stateRefusal } from '$lib/domain/state-table';

export type MaterialOperation =
	'GetParametersForImport' | 'ImportKeyMaterial' | 'DeleteKeyMaterial';

/** @param key the CMK, settled at the instant shown */
export function foreseenRefusal(operation: MaterialOperation, key: KeyRecord): Refusal | undefined {
	return key.origin === 'EXTERNAL'
		? stateRefusal(operation, key.state)
		: keyNotExternal(key.origin);
}
