/** The diagnosis of one refusal, asked for while the component that makes this is mounted. */
import { diagnostician } from '$lib/client/kms';
import type { Diagnosis, RefusedCall } from '$lib/diagnosis/diagnosis';
import { throwUnlessLoadFailure } from '$lib/domain/load-failure';
import type { Refusal } from '$lib/domain/refusals';

type Answer =
	| {
			readonly status: 'looking';
			/** It has taken a moment, or was asked for again. */
			readonly isLong: boolean;
	  }
	| { readonly status: 'ready'; readonly diagnosis: Diagnosis }
	| { readonly status: 'failed' };

interface AskedDiagnosis {
	readonly now: Answer;
	/** Ends the search at once, and asks the worker to end it. */
	readonly stop: () => void;
	readonly lookAgain: () => void;
}

/** What is found sooner needs no button. */
const MOMENT_MS = 1000;

/** @param of read as an effect; undefined: nothing is asked, so that what is hidden is not computed either */
export function askDiagnosis(
	of: () => { readonly call: RefusedCall; readonly refusal: Refusal } | undefined
): AskedDiagnosis {
	let now = $state.raw<Answer>({ status: 'looking', isLong: false });
	let rounds = $state(0);
	/** The page's end. */
	let work: MessagePort | undefined;
	let moment: ReturnType<typeof setTimeout> | undefined;

	$effect(() => {
		const asked = of();
		const isAgain = rounds > 0;
		if (!asked) return;
		const { port1, port2 } = new MessageChannel();
		work = port1;
		const look = (isLong: boolean) => {
			now = { status: 'looking', isLong };
		};
		look(isAgain);
		moment = setTimeout(look, MOMENT_MS, true);
		let isCurrent = true;
		const answer = (next: Answer) => {
			port1.close();
			if (!isCurrent) return;
			clearTimeout(moment);
			now = next;
		};
		diagnostician.diagnose(asked.call, asked.refusal, port2).then(
			(diagnosis) => {
				answer({ status: 'ready', diagnosis });
			},
			(error: unknown) => {
				answer({ status: 'failed' });
				throwUnlessLoadFailure(error);
			}
		);
		return () => {
			isCurrent = false;
			clearTimeout(moment);
			port1.postMessage('stop');
		};
	});

	return {
		get now() {
			return now;
		},
		stop: () => {
			// what the worker has found by then comes after this, whenever it hears of it
			clearTimeout(moment);
			now = { status: 'ready', diagnosis: { checks: [], findings: [], isStopped: true } };
			work?.postMessage('stop');
		},
		lookAgain: () => {
			rounds++;
		}
	};
}
