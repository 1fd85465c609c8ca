/** Parts of an event in the reader's words. */
import type { AuditBytes, AuditEvent, Recorder } from '$lib/domain/events';
import { HOUR_MS } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';
import type { Words } from './api-call';

const MINUTE_MS = 60_000;

export const words = (): Words => ({
	bytes: bytesText,
	notRecorded: m.audit_not_recorded(),
	commonParameters: m.audit_common_parameters()
});

/** Bytes without a digest are a secret, or were. */
function bytesText({ bytes, sha256 }: AuditBytes): string {
	return sha256 === undefined
		? m.audit_bytes_secret({ bytes })
		: m.audit_bytes_known({ bytes, sha256 });
}

export function actorName(actor: AuditEvent['actor']): string {
	return actor === 'trainee' ? m.audit_actor_you() : m.audit_actor_service();
}

/** Who recorded an act of the service, and how it came to do so. */
export function recorderName({ by, armedAtMs }: Recorder): string {
	switch (by) {
		case 'tab':
			return armedAtMs === null ? m.offline_by_tab() : m.offline_by_tab_timer();
		case 'serviceWorker':
			return armedAtMs === null ? m.offline_by_worker() : m.offline_by_worker_timer();
		case 'clockMove':
			return m.offline_by_clock();
		case 'operation':
			return m.offline_by_operation();
	}
}

/** How long after its moment an act of the service was recorded, in its two largest units. */
export function lateness(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	if (seconds < 1) return m.audit_late_at_once();
	if (ms < MINUTE_MS) return m.audit_late_seconds({ seconds });
	const minutes = Math.floor(ms / MINUTE_MS);
	if (ms < HOUR_MS) return m.audit_late_minutes({ minutes, seconds: seconds % 60 });
	const hours = Math.floor(ms / HOUR_MS);
	if (hours < 24) return m.audit_late_hours({ hours, minutes: minutes % 60 });
	return m.audit_late_days({ days: Math.floor(hours / 24), hours: hours % 24 });
}

export interface Undone {
	readonly operation: string;
	readonly requestId: string;
}

/** What the sandbox took back, when the event is about that. */
export function undone({ operation, request }: AuditEvent): Undone | undefined {
	if (operation !== 'UndoLastOperation') return undefined;
	const { operation: name, requestId } = request;
	return {
		operation: typeof name === 'string' ? name : '?',
		requestId: typeof requestId === 'string' ? requestId : '?'
	};
}
