/**
 * The scenario file: one format for the sandbox's start, a lesson, a drill, an embedded demo and a headless test. Data
 * only. What each member means is said here; `scenario.schema.json` is made of this.
 *
 * @see product.md "What a scenario file holds"
 */
import {
	array,
	boolean,
	exactOptional,
	finite,
	integer,
	isoTimestamp,
	lazy,
	literal,
	maxLength,
	maxValue,
	minLength,
	minValue,
	nonEmpty,
	number,
	picklist,
	pipe,
	record,
	regex,
	strictObject,
	string,
	union,
	variant,
	type GenericSchema,
	type InferOutput
} from 'valibot';
import { WRAPPING_ALGORITHMS } from '../domain/algorithms';
import { OPERATIONS, SERVICE_ACTS } from '../domain/events';
import { KEY_STATES } from '../domain/key';
import { REFUSAL_CODES } from '../domain/refusals';
import { HOUR_MS, LATEST_MS } from '../domain/time';
import { MOST_ACTIONS } from './limits';
import { PADDINGS } from './paddings';

const LONGEST_TEXT = 4000;
const LONGEST_LINE = 300;
/** From any moment that the sandbox clock can show to any date that the service takes. */
const FARTHEST_HOURS = Math.ceil(LATEST_MS / HOUR_MS);

const identifier = pipe(string(), regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
/** Names a CMK, a call, a ciphertext inside of the file. */
const handle = pipe(string(), regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/));
/** `{…}` in it stands for a drawn name, or for the digits that a CMK or a call has in the names of its files. */
const fileName = pipe(string(), nonEmpty(), maxLength(120));
const count = (most: number) => pipe(number(), integer(), minValue(0), maxValue(most));

export type Language = 'en' | 'zh-CN';
declare const unresolved: unique symbol;
/** Takes any string and is none: what a page shows of it comes from `shownText`, which resolves `{…}`. */
export type RawText = string | { readonly [unresolved]: never };
/** Empty in a language in which it is not written. */
export type LocalizedText = Readonly<Record<Language, RawText>>;

const localized = (text: GenericSchema<string>): GenericSchema<LocalizedText> =>
	strictObject({ en: text, 'zh-CN': text });
const line = localized(pipe(string(), maxLength(LONGEST_LINE)));
/** Paragraphs between empty lines; `code` between backticks, **strong** between double asterisks. */
const text = localized(pipe(string(), maxLength(LONGEST_TEXT)));

const code = picklist(['SUCCESS', ...REFUSAL_CODES]);
/** What the service answers; absent: SUCCESS. Any other answer makes the file invalid. */
const expect = exactOptional(code);
const algorithm = picklist(WRAPPING_ALGORITHMS);
const freeText = pipe(string(), maxLength(1024));
const context = exactOptional(pipe(string(), maxLength(1024)));

/** One thing that the trainee can do, or that a start state takes as done. */
export const actionSchema = variant('do', [
	strictObject({
		do: literal('CreateCmk'),
		key: handle,
		origin: exactOptional(picklist(['EXTERNAL', 'KMS'])),
		alias: exactOptional(freeText),
		description: exactOptional(freeText),
		expect
	}),
	strictObject({
		do: literal('GetParametersForImport'),
		call: handle,
		key: handle,
		algorithm,
		expect
	}),
	strictObject({
		do: literal('ImportKeyMaterial'),
		key: handle,
		/** The tray's file with the encrypted key material. */
		file: fileName,
		/** The call whose token goes with it … */
		token: exactOptional(handle),
		/** … or a file in its place. */
		tokenFile: exactOptional(fileName),
		/** Hours from then on; absent: never expires. Below zero lies in the past. */
		expiresInHours: exactOptional(
			pipe(number(), minValue(-FARTHEST_HOURS), maxValue(FARTHEST_HOURS))
		),
		expect
	}),
	strictObject({
		do: picklist([
			'DeleteKeyMaterial',
			'EnableKey',
			'DisableKey',
			'CancelKeyDeletion',
			'DescribeKey'
		]),
		key: handle,
		expect
	}),
	strictObject({
		do: literal('ScheduleKeyDeletion'),
		key: handle,
		/** Any number can be asked for: the service refuses those that it does not take. */
		days: pipe(number(), finite()),
		expect
	}),
	strictObject({
		do: picklist(['CreateAlias', 'UpdateAlias']),
		key: handle,
		alias: freeText,
		expect
	}),
	strictObject({ do: literal('UpdateKeyDescription'), key: handle, description: freeText, expect }),
	strictObject({
		do: literal('Encrypt'),
		key: handle,
		text: freeText,
		context,
		/** Names the ciphertext; its bytes go into the tray as well, base64, when a file is named. */
		blob: handle,
		file: exactOptional(fileName),
		expect
	}),
	strictObject({
		do: literal('GenerateDataKey'),
		key: handle,
		numberOfBytes: exactOptional(count(4096)),
		context,
		blob: handle,
		file: exactOptional(fileName),
		expect
	}),
	strictObject({ do: literal('Decrypt'), blob: handle, context, expect }),
	strictObject({
		do: literal('MoveClock'),
		/** Added to each other. */
		days: exactOptional(count(4000)),
		hours: exactOptional(count(100_000)),
		minutes: exactOptional(count(100_000)),
		/** Milliseconds since 1970, in the place of those. */
		toMs: exactOptional(count(LATEST_MS))
	}),
	strictObject({ do: picklist(['FreezeClock', 'RunClock', 'Undo']) }),
	strictObject({
		do: literal('MakeKeyMaterial'),
		file: fileName,
		/** 32 unless said otherwise. */
		bytes: exactOptional(count(512))
	}),
	strictObject({
		do: literal('WriteFile'),
		file: fileName,
		text: exactOptional(pipe(string(), maxLength(LONGEST_TEXT))),
		hex: exactOptional(pipe(string(), regex(/^(?:[0-9a-f]{2}){0,2048}$/)))
	}),
	strictObject({
		do: literal('Download'),
		call: handle,
		item: picklist(['publicKey', 'importToken']),
		/** `pem` and `der` for a public key alone. */
		form: picklist(['hex', 'pem', 'der']),
		file: fileName
	}),
	strictObject({
		do: literal('EncryptKeyMaterial'),
		material: fileName,
		publicKey: fileName,
		padding: picklist(PADDINGS),
		form: exactOptional(picklist(['raw', 'hex', 'base64'])),
		file: fileName
	}),
	strictObject({
		do: literal('ConvertFile'),
		from: fileName,
		how: picklist([
			'copy',
			'toHex',
			'toBase64',
			'fromHex',
			'fromBase64',
			'addNewline',
			'dropLastByte',
			'flipOneBit',
			'empty'
		]),
		file: fileName
	}),
	strictObject({ do: literal('RemoveFile'), file: fileName }),
	strictObject({ do: literal('Answer'), question: identifier, choice: identifier })
]);
export type Action = InferOutput<typeof actionSchema>;

/** What has to be so. Keys, calls and ciphertexts are those of the start state; `any` is any CMK there is. */
const keyCondition = strictObject({
	key: handle,
	/** With `any`. */
	origin: exactOptional(picklist(['EXTERNAL', 'KMS'])),
	state: exactOptional(picklist(KEY_STATES)),
	material: exactOptional(picklist(['present', 'absent'])),
	/** `never`, `set`, or at least so many hours ahead. */
	expires: exactOptional(
		union([picklist(['never', 'set']), strictObject({ atLeastHours: count(100_000) })])
	),
	alias: exactOptional(freeText),
	/** Made by the learner, not by the start state. */
	made: exactOptional(boolean())
});
const eventCondition = strictObject({
	event: picklist([...OPERATIONS, ...SERVICE_ACTS]),
	code: exactOptional(code),
	key: exactOptional(handle),
	blob: exactOptional(handle),
	/** Fields of the request that must be equal. */
	request: exactOptional(record(handle, union([string(), number()]))),
	/** At least so often since the start, 1 unless said otherwise. */
	times: exactOptional(pipe(number(), integer(), minValue(1), maxValue(100)))
});
const fileCondition = strictObject({
	/** The end of its name, with or without a dot. */
	file: fileName,
	/** How long it is, or the shortest and the longest. */
	bytes: union([count(65_536), strictObject({ from: count(65_536), to: count(65_536) })])
});
const answerCondition = strictObject({ answered: identifier });
const clockCondition = strictObject({ hoursPassed: count(100_000) });

export type Condition =
	| InferOutput<typeof keyCondition>
	| InferOutput<typeof eventCondition>
	| InferOutput<typeof fileCondition>
	| InferOutput<typeof answerCondition>
	| InferOutput<typeof clockCondition>
	| { readonly all: Condition[] }
	| { readonly any: Condition[] }
	| { readonly not: Condition };

const some = array(lazy(() => conditionSchema));
export const conditionSchema: GenericSchema<Condition> = union([
	keyCondition,
	eventCondition,
	fileCondition,
	answerCondition,
	clockCondition,
	strictObject({ all: pipe(some, minLength(1), maxLength(12)) }),
	strictObject({ any: pipe(some, minLength(1), maxLength(12)) }),
	strictObject({ not: lazy(() => conditionSchema) })
]);

const goal = strictObject({
	id: identifier,
	/** What has to be so, as the learner reads it. */
	text: line,
	when: conditionSchema,
	/** In the place of what is worked out: why it is not so yet. */
	notYet: exactOptional(line)
});
export type Goal = InferOutput<typeof goal>;

const choice = strictObject({ id: identifier, text: line });
const question = strictObject({
	id: identifier,
	text,
	choices: pipe(array(choice), minLength(2), maxLength(8)),
	/** The right choice … */
	answer: exactOptional(identifier),
	/** … or what the engine makes of these actions after the start state: the choice is named after what it answers. */
	predict: exactOptional(
		strictObject({
			actions: pipe(array(actionSchema), minLength(1), maxLength(MOST_ACTIONS)),
			/** A CMK's state (`gone` where there is none any more), or the answer to the last action. */
			ask: union([strictObject({ stateOf: handle }), literal('code')])
		})
	),
	/** Read after the answer, right or wrong. */
	explanation: text,
	/** For drills: naming the cause is what is scored. */
	cause: exactOptional(boolean())
});
export type Question = InferOutput<typeof question>;

const step = strictObject({
	text,
	/** Done when this goal is met, or this question answered. */
	goal: exactOptional(identifier),
	question: exactOptional(identifier),
	/** Where in the app it is done. */
	page: exactOptional(
		picklist(['keys', 'create', 'key', 'parameters', 'import', 'audit', 'sandbox'])
	),
	/** The CMK of that page, when it is one of the start state. */
	key: exactOptional(handle)
});
export type Step = InferOutput<typeof step>;

export const scenarioSchema = strictObject({
	$schema: exactOptional(pipe(string(), maxLength(200))),
	version: literal(1),
	id: identifier,
	kind: picklist(['lesson', 'drill', 'sandbox']),
	title: line,
	/** One sentence or two: what it is about. */
	summary: text,
	minutes: exactOptional(pipe(number(), integer(), minValue(1), maxValue(60))),
	/** Draws identifiers, key material and names: the same number, the same start. */
	seed: count(4_294_967_295),
	clock: strictObject({
		/** ISO 8601 with a zone. */
		startsAt: pipe(string(), isoTimestamp()),
		/** Stands still until somebody lets it run. */
		frozen: exactOptional(boolean())
	}),
	settings: exactOptional(
		strictObject({
			reimport: exactOptional(picklist(['anytime', 'pendingImportOnly'])),
			removal: exactOptional(picklist(['atOnce', 'within24Hours'])),
			diagnosis: exactOptional(picklist(['shown', 'hidden']))
		})
	),
	/** From each list the seed draws one; `{name}` in texts, aliases and file names stands for it. */
	names: exactOptional(
		record(
			handle,
			pipe(array(pipe(string(), regex(/^[\p{L}\p{N} ._-]{1,60}$/u))), minLength(1), maxLength(20))
		)
	),
	start: pipe(array(actionSchema), maxLength(MOST_ACTIONS)),
	steps: pipe(array(step), maxLength(20)),
	goals: pipe(array(goal), maxLength(12)),
	questions: pipe(array(question), maxLength(12)),
	/** From a nudge to nearly the answer. */
	hints: pipe(array(text), maxLength(3)),
	solution: pipe(array(actionSchema), maxLength(MOST_ACTIONS))
});
export type Scenario = InferOutput<typeof scenarioSchema>;
