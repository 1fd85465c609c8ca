/** The diagnosis of one refusal, asked for while the component that makes this is mounted. */
import { diagnostician } from '$lib/client/kms';
import type { Diagnosis, RefusedCall } from '$lib/diagnosis/diagnosis';
import type { Refusal } from '$lib/domain/refusals';

type Answer =
	| { readonly status: 'looking' }
	| { readonly status: 'ready'; readonly diagnosis: Diagnosis }
	| { readonly status: 'failed' };

/** @param of read as an effect; undefined: nothing is asked, so that what is hidden is not computed either */
export function askDiagnosis(
	of: () => { readonly call: RefusedCall; readonly refusal: Refusal } | undefined
): { readonly now: Answer } {
	let now = $state.raw<Answer>({ status: 'looking' });

	$effect(() => {
		const asked = of();
		if (!asked) return;
		let isCurrent = true;
		now = { status: 'looking' };
		const answer = (next: Answer) => {
			if (isCurrent) now = next;
		};
		diagnostician.diagnose(asked.call, asked.refusal).then(
			(diagnosis) => {
				answer({ status: 'ready', diagnosis });
			},
			() => {
				answer({ status: 'failed' });
			}
		);
		return () => {
			isCurrent = false;
		};
	});

	return {
		get now() {
			return now;
		}
	};
}
