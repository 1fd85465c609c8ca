/** Checks whether an untrusted value has the shape of contents: every type, every bound, no unknown field. */
import type { RsaPrivateKey } from '../crypto/private-key';
import { LONGEST_TRAY_FILE_BYTES, MOST_TRAY_FILES } from '../customer/workbench';
import { MATERIAL_BYTES, PUBLIC_KEY_BYTES, WRAPPING_ALGORITHMS } from '../domain/algorithms';
import {
	FIELD_NAME,
	MOST_FIELDS,
	OPERATIONS,
	SERVICE_ACTS,
	type AuditBytes,
	type AuditEvent,
	type Recording
} from '../domain/events';
import {
	KEY_STATES,
	LONGEST_WINDOW_DAYS,
	type KeyMaterialFacts,
	type KeyRecord
} from '../domain/key';
import { isStoredAlias, LONGEST_DESCRIPTION } from '../domain/operations/requests';
import { REFUSAL_CODES } from '../domain/refusals';
import { SETTING_VALUES, type SandboxSettings } from '../domain/settings';
import { DAY_MS, LATEST_MS, type SandboxClock } from '../domain/time';
import type { Removal } from '../storage/database';
import type { CallContents, Contents, FileContents, MaterialContents } from './contents';
import { LARGEST_FILE_ID, MOST_CALLS, MOST_EVENTS, MOST_KEYS, MOST_MATERIALS } from './limits';
import {
	anyOf,
	base64,
	integer,
	isOneZero,
	list,
	nullable,
	object,
	oneOf,
	pattern,
	record,
	text,
	when
} from './schema';

/** A deadline may be later than the last date of the sandbox clock. */
const instant = integer(0, LATEST_MS + (LONGEST_WINDOW_DAYS + 1) * DAY_MS);
/** The times that the sandbox clock can show. */
const now = integer(0, LATEST_MS);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const uuid = pattern(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const sha256 = pattern(/^[0-9a-f]{64}$/);

const alias = when((value) => isStoredAlias(value));

const key = object<KeyRecord>({
	keyId: uuid,
	alias: nullable(alias),
	description: text(0, LONGEST_DESCRIPTION),
	origin: oneOf(['KMS', 'EXTERNAL']),
	createdAtMs: instant,
	state: oneOf(KEY_STATES),
	material: nullable(
		object<KeyMaterialFacts>({ importedAtMs: instant, expiresAtMs: nullable(instant) })
	),
	materialFingerprint: nullable(sha256),
	deleteAtMs: nullable(instant),
	importCalls: count
});

/** The numbers of an RSA-2048 key, as base64url. */
const number = pattern(/^[A-Za-z0-9_-]{1,344}$/);

const call = object<CallContents>({
	parametersId: uuid,
	keyId: uuid,
	wrappingAlgorithm: oneOf(WRAPPING_ALGORITHMS),
	publicKeySha256: sha256,
	issuedAtMs: instant,
	expiresAtMs: instant,
	callNumber: integer(1, Number.MAX_SAFE_INTEGER),
	publicKey: base64(PUBLIC_KEY_BYTES),
	importToken: base64(1, 1024),
	privateKey: object<RsaPrivateKey>({
		kty: oneOf(['RSA']),
		n: number,
		e: number,
		d: number,
		p: number,
		q: number,
		dp: number,
		dq: number,
		qi: number
	})
});

/** Longer than every field that the log keeps, and than every message. */
const logged = text(0, 2048);

const fields = record(
	FIELD_NAME,
	anyOf(
		logged,
		when((value) => typeof value === 'number' && Number.isFinite(value) && isOneZero(value)),
		when((value) => typeof value === 'boolean'),
		object<AuditBytes>({ bytes: count, sha256: pattern(/^[0-9a-f]{16}$/) }, ['sha256']),
		record(FIELD_NAME, logged, MOST_FIELDS)
	),
	MOST_FIELDS
);

const event = object<AuditEvent>(
	{
		sequence: integer(1, Number.MAX_SAFE_INTEGER),
		atMs: now,
		dueAtMs: instant,
		recording: object<Recording>({
			by: oneOf(['tab', 'serviceWorker', 'clockMove', 'operation']),
			armedAtMs: nullable(instant),
			lateMs: count
		}),
		operation: oneOf([...OPERATIONS, ...SERVICE_ACTS, 'UndoLastOperation']),
		keyId: nullable(text(1, 64)),
		actor: oneOf(['trainee', 'sweeper']),
		requestId: nullable(text(1, 64)),
		code: oneOf(['SUCCESS', ...REFUSAL_CODES]),
		request: fields,
		response: fields,
		message: logged,
		hash: sha256
	},
	['dueAtMs', 'recording', 'message']
);

/** A file name in the workbench, with a number after a name that was in use. */
// eslint-disable-next-line no-control-regex -- the pattern excludes control characters
const fileName = pattern(/^[^\u0000-\u001f\u007f/\\:*?"<>|]{1,132}$/);

const isShaped = object<Contents>({
	settings: object<SandboxSettings>({
		reimport: oneOf(SETTING_VALUES.reimport),
		removal: oneOf(SETTING_VALUES.removal),
		diagnosis: oneOf(SETTING_VALUES.diagnosis)
	}),
	clock: object<SandboxClock>(
		{
			offsetMs: integer(-LATEST_MS, LATEST_MS),
			frozenAtMs: nullable(now),
			movedAtMs: now,
			passedMs: now
		},
		['passedMs']
	),
	serviceKeys: object<Contents['serviceKeys']>({
		token: base64(MATERIAL_BYTES),
		fingerprint: base64(MATERIAL_BYTES)
	}),
	keys: list(key, MOST_KEYS),
	materials: list(
		object<MaterialContents>({ keyId: uuid, material: base64(MATERIAL_BYTES) }),
		MOST_MATERIALS
	),
	removals: list(object<Removal>({ keyId: uuid, removeAtMs: instant }), MOST_MATERIALS),
	calls: list(call, MOST_CALLS),
	events: list(event, MOST_EVENTS),
	files: list(
		object<FileContents>({
			fileId: integer(1, LARGEST_FILE_ID),
			name: fileName,
			lengthBytes: integer(0, LONGEST_TRAY_FILE_BYTES),
			createdAtMs: instant,
			bytes: base64(0, LONGEST_TRAY_FILE_BYTES)
		}),
		MOST_TRAY_FILES
	)
});

export function isContents(value: unknown): value is Contents {
	return faultOfShape(value) === undefined;
}

/** @returns the place of the wrong shape, such as `keys[3].alias`; `''` means the whole value */
export function faultOfShape(value: unknown): string | undefined {
	return isShaped(value)?.replace(/^\./, '');
}
