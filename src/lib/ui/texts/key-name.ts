import { shortKeyId } from '$lib/customer/file-names';
import type { KeyRecord } from '$lib/domain/key';

/** The alias, or the short id where there is none. */
export function keyName(record: Pick<KeyRecord, 'keyId' | 'alias'>): string {
	return record.alias ?? shortKeyId(record.keyId);
}
