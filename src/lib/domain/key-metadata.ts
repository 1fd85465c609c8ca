/** The `keyMetadata` object of CreateCmk, DescribeKey and ListKeys, as the API prints it (domain.md 1.7). */
import type { KeyRecord, KeyState } from './key';
import { epochMsToServiceTime, type EpochMs } from './time';

/** Dates are `yyyy-MM-dd HH:mm:ss` in UTC; an absent date is the empty string. */
export interface KeyMetadata {
	readonly keyId: string;
	readonly alias: string;
	readonly description: string;
	readonly keyUsage: 'ENCRYPT_DECRYPT';
	readonly creationDate: string;
	readonly deleteDate: string;
	readonly ownerId: string;
	/** `0` enabled, `1` disabled, `2` pending deletion (documented); `3` pending import is a guess (domain.md C4). */
	readonly keyState: '0' | '1' | '2' | '3';
	/** A display text, not the integer that CreateCmk takes (domain.md C3). */
	readonly origin: 'Platform' | 'External';
	/** Our name, inherited from the closest relative; the empty string means never. */
	readonly materialExpireTime: string;
}

export const KEY_STATE_CODE: Readonly<Record<KeyState, KeyMetadata['keyState']>> = {
	ENABLED: '0',
	DISABLED: '1',
	PENDING_DELETE: '2',
	PENDING_IMPORT: '3'
};

/** Nobody signs in to the sandbox, so every CMK has this owner. */
const OWNER_ID = 'practice-account';

/** @param key settled at the instant of the answer */
export function toKeyMetadata(key: KeyRecord): KeyMetadata {
	const dateOf = (ms: EpochMs | null | undefined) =>
		ms === null || ms === undefined ? '' : epochMsToServiceTime(ms);
	return {
		keyId: key.keyId,
		alias: key.alias ?? '',
		description: key.description,
		keyUsage: 'ENCRYPT_DECRYPT',
		creationDate: dateOf(key.createdAtMs),
		deleteDate: dateOf(key.deleteAtMs),
		ownerId: OWNER_ID,
		keyState: KEY_STATE_CODE[key.state],
		origin: key.origin === 'EXTERNAL' ? 'External' : 'Platform',
		materialExpireTime: dateOf(key.material?.expiresAtMs)
	};
}
