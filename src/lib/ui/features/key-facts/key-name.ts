import { shortKeyId } from '$lib/customer/file-names';
import { displayText } from '$lib/domain/display-text';
import type { KeyRecord } from '$lib/domain/key';

/** The alias, or the short id where there is none. */
export function keyName(record: Pick<KeyRecord, 'keyId' | 'alias'>): string {
	return record.alias === null ? shortKeyId(record.keyId) : displayText(record.alias);
}
