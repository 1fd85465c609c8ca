/** The checks of the service, as the list of them says what each asks for. */
import type { Check, CheckOutcome } from '$lib/diagnosis/diagnosis';
import { m } from '$lib/paraglide/messages';

const CHECK_NAMES: Readonly<Record<Check, () => string>> = {
	request: m.diagnosis_check_request,
	keyExists: m.diagnosis_check_key_exists,
	originExternal: m.diagnosis_check_origin,
	state: m.diagnosis_check_state,
	tokenDecodes: m.diagnosis_check_token_decodes,
	tokenOfThisKey: m.diagnosis_check_token_key,
	tokenNotExpired: m.diagnosis_check_token_expired,
	fileDecodes: m.diagnosis_check_file_decodes,
	length256: m.diagnosis_check_length_256,
	unwrap: m.diagnosis_check_unwrap,
	length32: m.diagnosis_check_length_32,
	sameMaterial: m.diagnosis_check_same_material,
	expiryInFuture: m.diagnosis_check_expiry,
	rule: m.diagnosis_check_rule
};

const OUTCOME_NAMES: Readonly<Record<CheckOutcome['outcome'], () => string>> = {
	passed: m.diagnosis_check_passed,
	refused: m.diagnosis_check_refused,
	notReached: m.diagnosis_check_not_reached
};

export const checkName = (check: Check): string => CHECK_NAMES[check]();

export const outcomeName = (outcome: CheckOutcome['outcome']): string => OUTCOME_NAMES[outcome]();
