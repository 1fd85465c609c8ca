import { epochMsToServiceTime, type EpochMs } from '$lib/domain/time';

/** Named by the moment in UTC, without the characters that some systems do not allow in names. */
export function logFileName(nowMs: EpochMs): string {
	const [date = '', time = ''] = epochMsToServiceTime(nowMs).split(' ');
	return `kms-audit-log_${date}_${time.replaceAll(':', '')}Z.jsonl`;
}
