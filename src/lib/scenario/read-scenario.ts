/**
 * Reads a scenario file: size, then JSON, then shape, then what refers to what. A file that is refused is refused with the
 * place in it; nothing of it is ever run.
 */
import { safeParse } from 'valibot';
import type { Bytes } from '../domain/bytes';
import { scenarioSchema, type Scenario } from './format';
import { LONGEST_SCENARIO_BYTES } from './limits';
import { brokenReference } from './references';

export type ScenarioProblem =
	| { readonly kind: 'TooLarge'; readonly bytes: number }
	/** No UTF-8, or no JSON. */
	| { readonly kind: 'NotJson' }
	/** A later version of the format. */
	| { readonly kind: 'NewerVersion' }
	| {
			readonly kind: 'Shape';
			/** Such as `start[2].key`; empty: the whole file. */
			readonly place: string;
			/** In the words of the format; empty where the place may not be there at all. */
			readonly expected: string;
			/** What is there, shortened. */
			readonly received: string;
	  }
	/** Something is named that is not defined before, or defined twice. */
	| { readonly kind: 'Reference'; readonly place: string; readonly name: string };

export type ScenarioAnswer =
	| { readonly ok: true; readonly scenario: Scenario }
	| { readonly ok: false; readonly problem: ScenarioProblem };

/** More than conditions that anybody would understand. */
const DEEPEST = 40;
const LONGEST_PLACE = 200;

const refused = (problem: ScenarioProblem): ScenarioAnswer => ({ ok: false, problem });

export function readScenario(file: Bytes): ScenarioAnswer {
	if (file.length > LONGEST_SCENARIO_BYTES)
		return refused({ kind: 'TooLarge', bytes: file.length });
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));
	} catch {
		return refused({ kind: 'NotJson' });
	}
	return checkScenario(value);
}

/** For what is JSON already: the app's own files. */
export function checkScenario(value: unknown): ScenarioAnswer {
	const deep = tooDeep(value);
	if (deep)
		return refused({
			kind: 'Shape',
			place: placeText(deep),
			expected: `at most ${String(DEEPEST)} levels`,
			received: ''
		});
	const parsed = safeParse(scenarioSchema, value, { abortEarly: true });
	if (!parsed.success) {
		const [issue] = parsed.issues;
		const place = (issue.path ?? []).map(({ key }) => key);
		if (place.length === 1 && place[0] === 'version' && Number(issue.input) > 1)
			return refused({ kind: 'NewerVersion' });
		return refused({
			kind: 'Shape',
			place: placeText(place),
			expected: issue.expected ?? issue.message,
			received: issue.received.slice(0, 60)
		});
	}
	const broken = brokenReference(parsed.output);
	return broken ? refused({ kind: 'Reference', ...broken }) : { ok: true, scenario: parsed.output };
}

/**
 * Conditions may stand inside of conditions, and whoever follows them uses up the stack: a file that is nothing but that
 * must end before the stack does.
 *
 * @returns the first place that is too deep
 */
function tooDeep(value: unknown, path: readonly unknown[] = []): readonly unknown[] | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if (path.length === DEEPEST) return path;
	for (const [name, inner] of Object.entries(value)) {
		const found = tooDeep(inner, [...path, Array.isArray(value) ? Number(name) : name]);
		if (found) return found;
	}
	return undefined;
}

/** Names of members are somebody else's text, too: a place that is longer than a line says no more. */
function placeText(path: readonly unknown[]): string {
	return path
		.map((key, index) =>
			typeof key === 'number' ? `[${String(key)}]` : `${index === 0 ? '' : '.'}${String(key)}`
		)
		.join('')
		.slice(0, LONGEST_PLACE);
}
