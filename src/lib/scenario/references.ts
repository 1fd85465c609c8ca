/** What a scenario names has to be there: CMKs, calls, ciphertexts, files, goals and questions. */
import type { Action, Condition, Scenario } from './format';
import { succeeds } from './names';

interface Broken {
	readonly place: string;
	readonly name: string;
}

/** What has been made up to a point of a run. */
interface Made {
	readonly keys: Set<string>;
	readonly calls: Set<string>;
	readonly blobs: Set<string>;
	readonly files: Set<string>;
}

const noMade = (): Made => ({
	keys: new Set(),
	calls: new Set(),
	blobs: new Set(),
	files: new Set()
});
const copy = ({ keys, calls, blobs, files }: Made): Made => ({
	keys: new Set(keys),
	calls: new Set(calls),
	blobs: new Set(blobs),
	files: new Set(files)
});

/** @returns the first name that stands for nothing, or stands for two things */
export function brokenReference(scenario: Scenario): Broken | undefined {
	const { start, goals, questions, steps, solution } = scenario;
	const made = noMade();
	return (
		repeated('goals', goals) ??
		repeated('questions', questions) ??
		first(questions, (question, index) =>
			repeated(`questions[${String(index)}].choices`, question.choices)
		) ??
		follow('start', start, made, scenario) ??
		first(goals, ({ when }, index) =>
			inCondition(`goals[${String(index)}].when`, when, made, scenario)
		) ??
		first(questions, ({ answer, choices, predict }, index) => {
			const place = `questions[${String(index)}]`;
			if ((answer === undefined) === (predict === undefined))
				return { place, name: 'answer, predict' };
			if (answer !== undefined && !choices.some(({ id }) => id === answer))
				return { place: `${place}.answer`, name: answer };
			if (!predict) return undefined;
			const then = copy(made);
			return (
				follow(`${place}.predict.actions`, predict.actions, then, scenario) ??
				(predict.ask === 'code'
					? undefined
					: absent(`${place}.predict.ask`, predict.ask.stateOf, then.keys))
			);
		}) ??
		first(steps, ({ goal, question, key }, index) => {
			const place = `steps[${String(index)}]`;
			return (
				absent(`${place}.goal`, goal, ids(goals)) ??
				absent(`${place}.question`, question, ids(questions)) ??
				absent(`${place}.key`, key, made.keys)
			);
		}) ??
		follow('solution', solution, copy(made), scenario)
	);
}

const ids = (all: readonly { readonly id: string }[]) => new Set(all.map(({ id }) => id));

function first<T>(
	all: readonly T[],
	look: (one: T, index: number) => Broken | undefined
): Broken | undefined {
	for (const [index, one] of all.entries()) {
		const broken = look(one, index);
		if (broken) return broken;
	}
	return undefined;
}

function repeated(place: string, all: readonly { readonly id: string }[]): Broken | undefined {
	return first(all, ({ id }, index) =>
		all.findIndex((other) => other.id === id) < index
			? { place: `${place}[${String(index)}].id`, name: id }
			: undefined
	);
}

function absent(
	place: string,
	name: string | undefined,
	known: ReadonlySet<string>
): Broken | undefined {
	return name === undefined || known.has(name) ? undefined : { place, name };
}

/** Goes through actions in order, and keeps what each makes. */
function follow(
	place: string,
	actions: readonly Action[],
	made: Made,
	scenario: Scenario
): Broken | undefined {
	return first(actions, (action, index) => {
		const at = `${place}[${String(index)}]`;
		const broken = missingOf(at, action, made, scenario);
		if (broken) return broken;
		const does = succeeds(action);
		if (does && action.do === 'CreateCmk') made.keys.add(action.key);
		if (does && 'call' in action && action.do === 'GetParametersForImport')
			made.calls.add(action.call);
		if (does && (action.do === 'Encrypt' || action.do === 'GenerateDataKey'))
			made.blobs.add(action.blob);
		if ('file' in action && makesFile(action)) made.files.add(action.file);
		return undefined;
	});
}

const makesFile = ({ do: what }: Action): boolean =>
	what !== 'ImportKeyMaterial' && what !== 'RemoveFile';

function missingOf(
	at: string,
	action: Action,
	{ keys, calls, blobs, files }: Made,
	{ questions }: Scenario
): Broken | undefined {
	switch (action.do) {
		case 'CreateCmk':
			return keys.has(action.key) ? { place: `${at}.key`, name: action.key } : undefined;
		case 'ImportKeyMaterial':
			return (
				absent(`${at}.key`, action.key, keys) ??
				absent(`${at}.file`, action.file, files) ??
				absent(`${at}.token`, action.token, calls) ??
				absent(`${at}.tokenFile`, action.tokenFile, files) ??
				((action.token === undefined) === (action.tokenFile === undefined)
					? { place: at, name: 'token, tokenFile' }
					: undefined)
			);
		case 'Decrypt':
			return absent(`${at}.blob`, action.blob, blobs);
		case 'Download':
			if (action.item === 'importToken' && action.form !== 'hex')
				return { place: `${at}.form`, name: action.form };
			return absent(`${at}.call`, action.call, calls);
		case 'EncryptKeyMaterial':
			return (
				absent(`${at}.material`, action.material, files) ??
				absent(`${at}.publicKey`, action.publicKey, files)
			);
		case 'ConvertFile':
			return absent(`${at}.from`, action.from, files);
		case 'RemoveFile':
			return absent(`${at}.file`, action.file, files);
		case 'Answer': {
			const question = questions.find(({ id }) => id === action.question);
			return (
				absent(`${at}.question`, action.question, ids(questions)) ??
				absent(`${at}.choice`, action.choice, ids(question?.choices ?? []))
			);
		}
		case 'WriteFile':
			return (action.text === undefined) === (action.hex === undefined)
				? { place: at, name: 'text, hex' }
				: undefined;
		default:
			return 'key' in action ? absent(`${at}.key`, action.key, keys) : undefined;
	}
}

function inCondition(
	place: string,
	condition: Condition,
	made: Made,
	scenario: Scenario
): Broken | undefined {
	if ('all' in condition || 'any' in condition) {
		const name = 'all' in condition ? 'all' : 'any';
		const parts = 'all' in condition ? condition.all : condition.any;
		return first(parts, (part, index) =>
			inCondition(`${place}.${name}[${String(index)}]`, part, made, scenario)
		);
	}
	if ('not' in condition) return inCondition(`${place}.not`, condition.not, made, scenario);
	if ('answered' in condition)
		return absent(`${place}.answered`, condition.answered, ids(scenario.questions));
	if ('event' in condition)
		return (
			absent(`${place}.key`, condition.key, made.keys) ??
			absent(`${place}.blob`, condition.blob, made.blobs)
		);
	if ('key' in condition)
		return condition.key === 'any' ? undefined : absent(`${place}.key`, condition.key, made.keys);
	return undefined;
}
