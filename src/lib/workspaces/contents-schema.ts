/** Whether a value from outside has the shape of contents: every type, every bound, no unknown member. */
import type { RsaPrivateKey } from '../crypto/private-key';
import { LONGEST_TRAY_FILE_BYTES, MOST_TRAY_FILES } from '../customer/workbench';
import { MATERIAL_BYTES, PUBLIC_KEY_BYTES, WRAPPING_ALGORITHMS } from '../domain/algorithms';
import {
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
import {
	anyOf,
	base64,
	integer,
	list,
	nullable,
	object,
	oneOf,
	pattern,
	record,
	text,
	type Check
} from './schema';

/** A deadline may lie behind the last date that the clock can be set to. */
const instant = integer(0, LATEST_MS + (LONGEST_WINDOW_DAYS + 1) * DAY_MS);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const uuid = pattern(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const sha256 = pattern(/^[0-9a-f]{64}$/);

const alias: Check = isStoredAlias;

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

/** Numbers of RSA-2048 as base64url. */
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

/** Longer than any field that the log keeps, and than any message. */
const logged = text(0, 2048);

const fields = record(
	anyOf(
		logged,
		(value) => typeof value === 'number' && Number.isFinite(value),
		(value) => typeof value === 'boolean',
		object<AuditBytes>({ bytes: count, sha256: pattern(/^[0-9a-f]{16}$/) }, ['sha256']),
		record(logged)
	)
);

const event = object<AuditEvent>(
	{
		sequence: integer(1, Number.MAX_SAFE_INTEGER),
		atMs: instant,
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

/** As the tray names files, with a number behind a name that was taken. */
// eslint-disable-next-line no-control-regex -- control characters are what must not be in it
const fileName = pattern(/^[^\u0000-\u001f\u007f/\\:*?"<>|]{1,132}$/);

const isShaped = object<Contents>({
	settings: object<SandboxSettings>({
		reimport: oneOf(SETTING_VALUES.reimport),
		removal: oneOf(SETTING_VALUES.removal),
		diagnosis: oneOf(SETTING_VALUES.diagnosis)
	}),
	clock: object<SandboxClock>(
		{
			offsetMs: integer(-2 * LATEST_MS, 2 * LATEST_MS),
			frozenAtMs: nullable(instant),
			movedAtMs: instant,
			passedMs: instant
		},
		['passedMs']
	),
	serviceKeys: object<Contents['serviceKeys']>({
		token: base64(MATERIAL_BYTES),
		fingerprint: base64(MATERIAL_BYTES)
	}),
	keys: list(key),
	materials: list(object<MaterialContents>({ keyId: uuid, material: base64(MATERIAL_BYTES) })),
	removals: list(object<Removal>({ keyId: uuid, removeAtMs: instant })),
	calls: list(call),
	events: list(event),
	files: list(
		object<FileContents>({
			fileId: integer(1, Number.MAX_SAFE_INTEGER),
			name: fileName,
			lengthBytes: integer(0, LONGEST_TRAY_FILE_BYTES),
			createdAtMs: instant,
			bytes: base64(0, LONGEST_TRAY_FILE_BYTES)
		}),
		MOST_TRAY_FILES
	)
});

export function isContents(value: unknown): value is Contents {
	return isShaped(value);
}
