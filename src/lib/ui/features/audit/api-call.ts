/** An event of the audit log as the API call it was (domain.md 1.6 and 1.7). What has to be said in words is handed in. */
import {
	OPERATIONS,
	type AuditBytes,
	type AuditEvent,
	type AuditField,
	type AuditFields,
	type Operation
} from '$lib/domain/events';

export type ApiEvent = AuditEvent & { readonly operation: Operation };

export interface Words {
	readonly bytes: (bytes: AuditBytes) => string;
	readonly notRecorded: string;
	readonly commonParameters: string;
}

/** Parts of an answer that the log leaves out: made after the event was written, or too long for it. */
const NOT_IN_LOG: Partial<Record<Operation, string>> = {
	Encrypt: 'cipherTextBlob',
	GenerateDataKey: 'cipherTextBlob',
	ListKeys: 'keys'
};

/** Somebody called the API; the rest of the log was done by the service itself or to the sandbox. */
export function isApiCall(event: AuditEvent): event is ApiEvent {
	return (OPERATIONS as readonly string[]).includes(event.operation);
}

/** Like a command: one option in each line. */
export function commandLine({ operation, request }: ApiEvent, words: Words): string {
	const options = Object.entries(request).map(
		([name, field]) => `--${name} ${isPlain(field) ? shellWord(String(field)) : said(field, words)}`
	);
	return [`kms ${operation}`, ...options].join(' \\\n  ');
}

/** The provider's way: everything in the query of one address. */
export function actionAddress({ operation, request }: ApiEvent, words: Words): string {
	const parameters = Object.entries(request).map(
		([name, field]) => `${name}=${isPlain(field) ? encodeURIComponent(field) : said(field, words)}`
	);
	return [`/?action=${actionName(operation)}`, ...parameters, `<${words.commonParameters}>`].join(
		'\n  &'
	);
}

export function responseJson(event: ApiEvent, words: Words): string {
	const { code, message, requestId, response, operation } = event;
	if (code !== 'SUCCESS') return JSON.stringify({ code, message, requestId }, null, 2);
	const missing = NOT_IN_LOG[operation];
	const fields = {
		...jsonFields(response, words),
		...(missing !== undefined && { [missing]: `<${words.notRecorded}>` })
	};
	return JSON.stringify({ code, requestId, ...fields }, null, 2);
}

/** The provider prints this one with a small letter (domain.md 1.6). */
function actionName(operation: Operation): string {
	return operation === 'CancelKeyDeletion' ? 'cancelKeyDeletion' : operation;
}

function jsonFields(fields: AuditFields, words: Words): object {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			name,
			isAuditBytes(field) ? said(field, words) : field
		])
	);
}

function said(field: AuditField, words: Words): string {
	return `<${isAuditBytes(field) ? words.bytes(field) : words.notRecorded}>`;
}

function isPlain(field: AuditField): field is string | number | boolean {
	return typeof field !== 'object';
}

function isAuditBytes(field: AuditField): field is AuditBytes {
	return typeof field === 'object' && typeof field['bytes'] === 'number';
}

function shellWord(text: string): string {
	return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
