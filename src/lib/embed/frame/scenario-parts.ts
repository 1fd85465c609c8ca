/** Which parts a scenario is about, and which of them a step is done in. */
import type { Action, Condition, Scenario, Step } from '../../scenario/format';
import { PARTS, type EmbedParameters } from '../parameters';
import type { Shown } from './places';

export type ShownPart = Exclude<(typeof PARTS)[number], 'guide'>;

const PART_OF_ACTION: Readonly<Partial<Record<Action['do'], ShownPart>>> = {
	CreateCmk: 'create',
	GetParametersForImport: 'parameters',
	Download: 'parameters',
	MakeKeyMaterial: 'encrypt',
	EncryptKeyMaterial: 'encrypt',
	ConvertFile: 'encrypt',
	ImportKeyMaterial: 'upload',
	DeleteKeyMaterial: 'expiry',
	EnableKey: 'expiry',
	DisableKey: 'expiry',
	ScheduleKeyDeletion: 'expiry',
	CancelKeyDeletion: 'expiry',
	CreateAlias: 'expiry',
	UpdateAlias: 'expiry',
	UpdateKeyDescription: 'expiry',
	MoveClock: 'expiry',
	Encrypt: 'use',
	Decrypt: 'use',
	GenerateDataKey: 'use'
};
const USES = ['Encrypt', 'Decrypt', 'GenerateDataKey'];
/** Lengths of what is made on the customer's machine: key material, and what it is encrypted to, as raw bytes and as text. */
const MADE_BYTES = [32, 256, 344, 512];

/** What is shown of a scenario, in the order of the procedure: what is asked for, or else what it takes to reach its goals. */
export function partsOf(scenario: Scenario, { parts }: EmbedParameters): readonly ShownPart[] {
	const asked = PARTS.filter((part) => part !== 'guide').filter((part) => parts.includes(part));
	if (asked.length > 0) return asked;
	const own = new Set<Shown | undefined>([
		...scenario.solution.map((action) => PART_OF_ACTION[action.do]),
		...scenario.steps.map((step) => shownAtStep(step, scenario))
	]);
	const used = PARTS.filter((part) => part !== 'guide').filter((part) => own.has(part));
	// a drill is found out about by looking: where its cause is, no list of parts may tell
	return used.length > 0 && scenario.kind !== 'drill'
		? used
		: PARTS.filter((part) => part !== 'guide');
}

export const hasGuide = ({ parts }: EmbedParameters): boolean =>
	parts.length === 0 || parts.includes('guide');

/** @returns undefined where a step is not done in a place of its own */
export function shownAtStep(step: Step, { goals }: Scenario): Shown | undefined {
	const goal = goals.find(({ id }) => id === step.goal);
	const asks = goal ? asksOf(goal.when) : { uses: false, makes: false };
	switch (step.page) {
		case undefined:
			return undefined;
		case 'create':
		case 'keys':
			return step.page;
		case 'audit':
			return 'log';
		case 'import':
			return 'upload';
		case 'parameters':
			return asks.makes ? 'encrypt' : 'parameters';
		case 'key':
			return asks.uses ? 'use' : 'expiry';
		case 'sandbox':
			return 'expiry';
	}
}

interface Asks {
	/** For an operation that uses a CMK. */
	readonly uses: boolean;
	/** For a file that is made on the customer's machine. */
	readonly makes: boolean;
}

function asksOf(condition: Condition): Asks {
	if ('all' in condition || 'any' in condition) {
		const parts = ('all' in condition ? condition.all : condition.any).map(asksOf);
		return { uses: parts.some(({ uses }) => uses), makes: parts.some(({ makes }) => makes) };
	}
	return {
		uses: 'event' in condition && USES.includes(condition.event),
		makes: 'bytes' in condition && MADE_BYTES.includes(shortestOf(condition.bytes))
	};
}

const shortestOf = (bytes: number | { readonly from: number }): number =>
	typeof bytes === 'number' ? bytes : bytes.from;
