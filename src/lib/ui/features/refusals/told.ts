/** What the page says about a finding, and the words that several findings need. */
import type { FileAction } from '$lib/customer/file-actions';
import type { Finding, NamedKey } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { m } from '$lib/paraglide/messages';
import { keyName } from '$lib/ui/features/key-facts/key-name';
import type { JAVA_PARAMETERS } from './paddings';

export interface Told {
	/** What was found. */
	readonly found: string;
	/** What to do about it. */
	readonly remedy?: string;
	/** For a program, not for a shell. */
	readonly code?: typeof JAVA_PARAMETERS;
	/** The right bytes, for the page to save. */
	readonly file?: { readonly name: string; readonly bytes: Bytes };
	/** They do it, and are shown as commands. */
	readonly actions?: readonly FileAction[];
}

/** The words for each kind of finding: complete by its type where it is used. */
export type Tellers<Kind extends Finding['kind']> = {
	readonly [K in Kind]: (finding: Extract<Finding, { kind: K }>, keyId: string) => Told;
};

/** The alias and the short id, or the id alone. */
export function nameKey(key: NamedKey): string {
	return key.alias === null ? key.keyId : `${keyName(key)} (${key.keyId})`;
}

/** A length of time in its two largest units. */
export function span(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	if (days > 0) return m.diagnosis_span_days({ days, hours: hours % 24 });
	if (hours > 0) return m.diagnosis_span_hours({ hours, minutes: minutes % 60 });
	return minutes > 0
		? m.diagnosis_span_minutes({ minutes })
		: m.diagnosis_span_seconds({ seconds });
}
