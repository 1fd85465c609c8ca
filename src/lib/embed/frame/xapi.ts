/** What happens in a demo as xAPI 1.0.3 statements, without an actor: only the host knows who learns. */
import type { Scenario } from '../../scenario/format';
import { FROM_LINK } from './globals';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const ACTIVITY_TYPE = 'http://adlnet.gov/expapi/activities/simulation';

export type Verb = 'initialized' | 'progressed' | 'interacted' | 'completed';
export type Statement = Readonly<Record<string, unknown>>;

export interface Result {
	readonly success?: boolean;
	readonly completion?: boolean;
	/** Goals reached of all there are. */
	readonly score?: { readonly raw: number; readonly min: 0; readonly max: number };
	/** ISO 8601. */
	readonly duration?: string;
	/** What was refused, as `operation: code`. */
	readonly response?: string;
}

/** @param activity the IRI of what was learned with */
export function statement(
	verb: Verb,
	{ title }: Pick<Scenario, 'title'>,
	activity: string,
	result: Result | undefined,
	nowMs: number
): Statement {
	return {
		verb: { id: VERBS + verb, display: { en: verb } },
		object: {
			objectType: 'Activity',
			id: activity,
			definition: { type: ACTIVITY_TYPE, name: title }
		},
		...(result ? { result } : {}),
		timestamp: new Date(nowMs).toISOString(),
		version: '1.0.3'
	};
}

/**
 * @param name of the page
 * @param address of the page, with or without its parameters
 * @returns the address without its parameters, as they do not change what is learned; where every scenario of somebody's own has
 *   the same page, with the scenario's id
 */
export const activityOf = (name: string, { id }: Pick<Scenario, 'id'>, address: string): string =>
	address.replace(/[?#].*/s, '') + (name === FROM_LINK ? `#${id}` : '');

export const isoDuration = (ms: number): string => `PT${(Math.max(0, ms) / 1000).toFixed(2)}S`;
