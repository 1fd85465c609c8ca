/** Actions of a scenario in words, as its transcript has them. */
import { HOUR_MS } from '../../domain/time';
import type { Action } from '../../scenario/format';
import { fillNames } from '../../scenario/names';
import { m } from '../../paraglide/messages';
import type { Performed } from './perform';

export type Locale = 'en' | 'zh-CN';

/** Who does something: the customer on a machine of their own, by a call of the service, or whoever holds the clock. */
type Place = 'machine' | 'service' | 'sandbox';

export interface Act {
	readonly place: Place;
	readonly what: string;
	/** The operation of the service that is called; absent for everything else. */
	readonly operation?: string;
	/** What the service answered. */
	readonly code?: string;
}

/** Texts of one scenario in one language. */
interface Teller {
	readonly locale: Locale;
	readonly performed: Pick<Performed, 'names' | 'lengths'>;
	/** The text of a choice of a question. */
	readonly choiceText: (question: string, choice: string) => string;
}

type Of<Name extends Action['do']> = Extract<Action, { do: Name }>;
type How = Of<'ConvertFile'>['how'];

const OF_MACHINE: readonly Action['do'][] = [
	'MakeKeyMaterial',
	'WriteFile',
	'Download',
	'EncryptKeyMaterial',
	'ConvertFile',
	'RemoveFile'
];
const OF_SANDBOX: readonly Action['do'][] = [
	'MoveClock',
	'FreezeClock',
	'RunClock',
	'Undo',
	'Answer'
];

const HOWS: Readonly<Record<How, typeof m.transcript_how_copy>> = {
	copy: m.transcript_how_copy,
	toHex: m.transcript_how_to_hex,
	toBase64: m.transcript_how_to_base64,
	fromHex: m.transcript_how_from_hex,
	fromBase64: m.transcript_how_from_base64,
	addNewline: m.transcript_how_add_newline,
	dropLastByte: m.transcript_how_drop_last_byte,
	flipOneBit: m.transcript_how_flip_one_bit,
	empty: m.transcript_how_empty
};

export function actOf(action: Action, teller: Teller): Act {
	const what = sentence(action, teller);
	if (OF_MACHINE.includes(action.do)) return { place: 'machine', what };
	if (OF_SANDBOX.includes(action.do)) return { place: 'sandbox', what };
	const expected = 'expect' in action ? action.expect : undefined;
	return { place: 'service', what, operation: action.do, code: expected ?? 'SUCCESS' };
}

/** `2026-03-02 09:00 UTC`: the same for every reader. */
export const instant = (ms: number): string =>
	`${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function sentence(action: Action, teller: Teller): string {
	const { performed, locale, choiceText } = teller;
	const { names, lengths } = performed;
	const inLocale = { locale };
	const fill = (text: string) => fillNames(text, names);
	/** With its length where a file of this name is known. */
	const file = (wanted: string): string => {
		const name = fill(wanted);
		const bytes = lengths[name];
		return bytes === undefined ? name : m.transcript_bytes({ name, bytes }, inLocale);
	};
	const key = (name: string) => m.transcript_cmk({ key: names[name] ?? name }, inLocale);
	const kept = (what: string, as: string | undefined) =>
		as === undefined ? what : m.transcript_kept_as({ what, file: file(as) }, inLocale);

	switch (action.do) {
		case 'CreateCmk': {
			const { origin, alias } = action;
			const what =
				origin === 'KMS'
					? m.transcript_create_kms({}, inLocale)
					: m.transcript_create_external({}, inLocale);
			return alias === undefined
				? what
				: m.transcript_create_alias({ what, alias: fill(alias) }, inLocale);
		}
		case 'GetParametersForImport':
			return m.transcript_get_parameters(
				{ key: key(action.key), algorithm: action.algorithm },
				inLocale
			);
		case 'ImportKeyMaterial':
			return m.transcript_import(
				{
					file: file(action.file),
					key: key(action.key),
					token:
						action.token === undefined
							? m.transcript_token_file({ file: fill(action.tokenFile ?? '') }, inLocale)
							: m.transcript_token_of_call({ call: names[action.token] ?? action.token }, inLocale),
					expiry: expiryOf(action, locale)
				},
				inLocale
			);
		case 'DeleteKeyMaterial':
			return m.transcript_delete_material({ key: key(action.key) }, inLocale);
		case 'EnableKey':
			return m.transcript_enable({ key: key(action.key) }, inLocale);
		case 'DisableKey':
			return m.transcript_disable({ key: key(action.key) }, inLocale);
		case 'CancelKeyDeletion':
			return m.transcript_cancel_deletion({ key: key(action.key) }, inLocale);
		case 'DescribeKey':
			return m.transcript_describe({ key: key(action.key) }, inLocale);
		case 'ScheduleKeyDeletion':
			return m.transcript_schedule({ key: key(action.key), days: action.days }, inLocale);
		case 'CreateAlias':
			return m.transcript_alias_create(
				{ key: key(action.key), alias: fill(action.alias) },
				inLocale
			);
		case 'UpdateAlias':
			return m.transcript_alias_update(
				{ key: key(action.key), alias: fill(action.alias) },
				inLocale
			);
		case 'UpdateKeyDescription':
			return m.transcript_description(
				{ key: key(action.key), text: fill(action.description) },
				inLocale
			);
		case 'Encrypt':
			return kept(
				m.transcript_encrypt({ key: key(action.key), text: fill(action.text) }, inLocale),
				action.file
			);
		case 'GenerateDataKey':
			return kept(m.transcript_data_key({ key: key(action.key) }, inLocale), action.file);
		case 'Decrypt':
			return m.transcript_decrypt({ blob: action.blob }, inLocale);
		case 'MoveClock':
			return clockMove(action, locale);
		case 'FreezeClock':
			return m.transcript_clock_freeze({}, inLocale);
		case 'RunClock':
			return m.transcript_clock_run({}, inLocale);
		case 'Undo':
			return m.transcript_undo({}, inLocale);
		case 'MakeKeyMaterial':
			return m.transcript_make({ file: file(action.file) }, inLocale);
		case 'WriteFile':
			return m.transcript_write({ file: file(action.file) }, inLocale);
		case 'Download':
			return action.item === 'publicKey'
				? m.transcript_download_public_key({ file: file(action.file) }, inLocale)
				: m.transcript_download_token({ file: file(action.file) }, inLocale);
		case 'EncryptKeyMaterial':
			return m.transcript_wrap(
				{
					material: file(action.material),
					publicKey: fill(action.publicKey),
					padding: action.padding,
					file: file(action.file)
				},
				inLocale
			);
		case 'ConvertFile':
			return m.transcript_convert(
				{
					file: file(action.file),
					from: file(action.from),
					how: HOWS[action.how]({}, inLocale)
				},
				inLocale
			);
		case 'RemoveFile':
			return m.transcript_remove({ file: fill(action.file) }, inLocale);
		case 'Answer':
			return m.transcript_answer_to(
				{ choice: choiceText(action.question, action.choice) },
				inLocale
			);
	}
}

function expiryOf({ expiresInHours }: Of<'ImportKeyMaterial'>, locale: Locale): string {
	if (expiresInHours === undefined) return m.transcript_expiry_never({}, { locale });
	return expiresInHours < 0
		? m.transcript_expiry_past({}, { locale })
		: m.transcript_expiry_hours({ hours: expiresInHours }, { locale });
}

function clockMove(action: Of<'MoveClock'>, locale: Locale): string {
	const { days = 0, hours = 0, minutes = 0, toMs } = action;
	if (toMs !== undefined) return m.transcript_clock_to({ when: instant(toMs) }, { locale });
	const all = days * 24 + hours + (minutes * 60_000) / HOUR_MS;
	return m.transcript_clock_by({ hours: Math.round(all * 100) / 100 }, { locale });
}
