/** Which of the operations on a CMK the service would refuse now: to say so before the button is pressed. */
import type { KeyRecord } from '$lib/domain/key';
import { keyNotExternal, type Refusal } from '$lib/domain/refusals';
import { DEFAULT_SETTINGS, type SandboxSettings } from '$lib/domain/settings';
import { EXTERNAL_ONLY, stateRefusal, type KeyOperation } from '$lib/domain/state-table';

/** @param key the CMK, settled at the instant shown */
export function foreseenRefusal(
	operation: KeyOperation,
	key: KeyRecord,
	settings: SandboxSettings = DEFAULT_SETTINGS
): Refusal | undefined {
	if (key.origin !== 'EXTERNAL' && EXTERNAL_ONLY[operation]) return keyNotExternal(key.origin);
	return stateRefusal(operation, key.state, settings);
}
