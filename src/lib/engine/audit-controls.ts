/** Checks the chain of the audit log, and exports the log as a file. An embed has neither function. */
import { sha256HexNow } from '../crypto/sha256';
import { firstBrokenLink } from '../domain/audit-chain';
import type { AuditControls } from '../domain/sandbox';
import { readWholeLog } from '../storage/audit-log';
import type { EngineDeps } from './deps';

export function createAuditControls({ store: { db } }: Pick<EngineDeps, 'store'>): AuditControls {
	return {
		async checkAuditLog() {
			const events = await readWholeLog(db);
			const brokenAt = firstBrokenLink(events, sha256HexNow);
			return { events: events.length, ...(brokenAt !== undefined && { brokenAt }) };
		},
		async exportAuditLog() {
			const events = await readWholeLog(db);
			return events.map((event) => `${JSON.stringify(event)}\n`).join('');
		}
	};
}
