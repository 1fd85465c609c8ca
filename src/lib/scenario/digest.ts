/** Tells one scenario from another, whoever wrote it down. */
import { sha256HexNow } from '../crypto/sha256';
import type { Scenario } from './format';

/**
 * The order of members says nothing: it differs between a file and what was read from it.
 *
 * @returns SHA-256, 64 hexadecimal digits
 */
export function scenarioDigest(scenario: Scenario): string {
	return sha256HexNow(new TextEncoder().encode(JSON.stringify(scenario, sorted)));
}

function sorted(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
