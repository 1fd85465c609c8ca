/**
 * The file of a workspace: a header line with the format and the SHA-256 of the rest, then the rest as JSON. The header has
 * only one valid spelling, so that every changed byte is detected. The digest detects damage but does not prove the author.
 */
import { sha256HexNow } from '../crypto/sha256';
import { asciiToBytes, startsWith, type Bytes } from '../domain/bytes';
import { findInconsistency } from './consistency';
import type { Contents } from './contents';
import { faultOfShape } from './contents-schema';
import { MOST_CALLS, MOST_EVENTS, MOST_KEYS, MOST_MATERIALS } from './limits';
import { startWork, type Work } from './work';
import { LONGEST_WORKSPACE_FILE_BYTES, type WorkspaceResult } from './workspaces';

const FORMAT = 'kms-import-sandbox-workspace';
const VERSION = 1;

const headerFor = (payload: Bytes): Bytes =>
	asciiToBytes(
		`${JSON.stringify({ format: FORMAT, version: VERSION, sha256: sha256HexNow(payload) })}\n`
	);

const HEADER_BYTES = headerFor(new Uint8Array()).length;
/** No version writes a longer header. */
const LONGEST_HEADER_BYTES = 1024;

/** A file that would be too large to import is not written. */
export async function contentsToFile(
	contents: Contents,
	work: Work = startWork()
): Promise<WorkspaceResult<Bytes>> {
	if (!isFew(contents)) return { ok: false, problem: 'TooManyRows' };
	await work.step('writing', 0, 1);
	const payload = new TextEncoder().encode(JSON.stringify(contents));
	const file = new Uint8Array(HEADER_BYTES + payload.length);
	if (file.length > LONGEST_WORKSPACE_FILE_BYTES) return { ok: false, problem: 'FileTooLarge' };
	await work.step('writing', 0, 1);
	file.set(headerFor(payload));
	file.set(payload, HEADER_BYTES);
	return { ok: true, value: file };
}

function isFew({ keys, materials, removals, calls, events }: Contents): boolean {
	return (
		keys.length <= MOST_KEYS &&
		materials.length <= MOST_MATERIALS &&
		removals.length <= MOST_MATERIALS &&
		calls.length <= MOST_CALLS &&
		events.length <= MOST_EVENTS
	);
}

/** The payload is read only if its digest matches, and used only after it was checked. */
export async function fileToContents(
	file: Bytes,
	work: Work = startWork()
): Promise<WorkspaceResult<Contents>> {
	if (file.length > LONGEST_WORKSPACE_FILE_BYTES) return { ok: false, problem: 'FileTooLarge' };
	await work.step('reading', 0, 1);
	const payload = file.slice(HEADER_BYTES);
	if (!startsWith(file, headerFor(payload))) return { ok: false, problem: problemOfHeader(file) };
	await work.step('reading', 0, 1);
	const contents = parse(payload);
	const misshapen = faultOfShape(contents);
	if (misshapen !== undefined) return { ok: false, problem: 'Inconsistent', at: misshapen };
	const checked = contents as Contents;
	const impossible = await findInconsistency(checked, work);
	return impossible === undefined
		? { ok: true, value: checked }
		: { ok: false, problem: 'Inconsistent', at: impossible };
}

/** Why a header does not match the rest of the file. */
function problemOfHeader(file: Bytes): 'NotAWorkspace' | 'NewerVersion' | 'Damaged' {
	const end = file.subarray(0, LONGEST_HEADER_BYTES).indexOf(0x0a);
	const header = end < 0 ? undefined : parse(file.slice(0, end));
	if (typeof header !== 'object' || header === null) return 'NotAWorkspace';
	const { format, version } = header as { readonly format?: unknown; readonly version?: unknown };
	if (format !== FORMAT) return 'NotAWorkspace';
	return Number.isSafeInteger(version) && Number(version) > VERSION ? 'NewerVersion' : 'Damaged';
}

/** @returns undefined if the text is not JSON; no JSON text has this value */
function parse(bytes: Bytes): unknown {
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		return JSON.parse(decoder.decode(bytes)) as unknown;
	} catch {
		return undefined;
	}
}
