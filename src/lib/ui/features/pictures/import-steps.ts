/** How far an import came: the steps of the service in their order, and at which of them it was refused. */
import type { AuditEvent } from '$lib/domain/events';

export const IMPORT_STEPS = ['token', 'unwrap', 'length', 'fingerprint', 'stored'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

export type StepOutcome = 'passed' | 'refused' | 'notReached';

const STOPPED_AT: Readonly<Partial<Record<AuditEvent['code'], ImportStep>>> = {
	ImportTokenInvalid: 'token',
	ImportTokenExpired: 'token',
	MaterialDecryptFailed: 'unwrap',
	MaterialLengthInvalid: 'length',
	MaterialNotMatch: 'fingerprint',
	ExpireTimeInvalid: 'stored'
};

/** @param code of an ImportKeyMaterial event; a refusal before the first step reaches none of them */
export function stepOutcomes(code: AuditEvent['code']): Readonly<Record<ImportStep, StepOutcome>> {
	const stop = code === 'SUCCESS' ? IMPORT_STEPS.length : stopIndex(code);
	const outcome = (index: number): StepOutcome =>
		index < stop ? 'passed' : index === stop ? 'refused' : 'notReached';
	return Object.fromEntries(IMPORT_STEPS.map((step, index) => [step, outcome(index)])) as Record<
		ImportStep,
		StepOutcome
	>;
}

function stopIndex(code: AuditEvent['code']): number {
	const step = STOPPED_AT[code];
	return step === undefined ? -1 : IMPORT_STEPS.indexOf(step);
}
