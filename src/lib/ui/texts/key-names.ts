/** How keys and their states are called on screen. */
import { shortKeyId } from '$lib/customer/file-names';
import type { KeyOrigin, KeyRecord, KeyState } from '$lib/domain/key';
import { m } from '$lib/paraglide/messages';

/** The alias, or the short id where there is none. */
export function keyName(record: Pick<KeyRecord, 'keyId' | 'alias'>): string {
	return record.alias ?? shortKeyId(record.keyId);
}

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
