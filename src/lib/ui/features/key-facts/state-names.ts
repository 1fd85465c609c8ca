/** How the states and origins of keys are called on screen. */
import type { KeyOrigin, KeyState } from '$lib/domain/key';
import { m } from '$lib/paraglide/messages';

const STATE_NAMES: Readonly<Record<KeyState, () => string>> = {
	ENABLED: m.keys_state_enabled,
	DISABLED: m.keys_state_disabled,
	PENDING_IMPORT: m.keys_state_pending_import,
	PENDING_DELETE: m.keys_state_pending_delete
};

const ORIGIN_NAMES: Readonly<Record<KeyOrigin, () => string>> = {
	KMS: m.keys_origin_kms,
	EXTERNAL: m.keys_origin_external
};

export const stateName = (state: KeyState): string => STATE_NAMES[state]();

export const originName = (origin: KeyOrigin): string => ORIGIN_NAMES[origin]();
