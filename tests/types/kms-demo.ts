/**
 * The shipped types of the element, used as a host's author would: it is enough that this compiles (`npm run check:types`).
 * What is wrong on purpose says so; and both sides of the protocol must agree with what is shipped.
 */
import type * as protocol from '$lib/embed/protocol';
import type { EmbedParameters, Part } from '$lib/embed/parameters';
import type {
	KmsDemoAttributes,
	KmsDemoClockMove,
	KmsDemoElement,
	KmsDemoEventDetails,
	KmsDemoJsx,
	KmsDemoPart,
	KmsDemoState
} from '../../src/lib/embed/loader/types/kms-demo.d.ts';

type Same<A, B> = [A, B] extends [B, A] ? true : false;
export const agreed: readonly true[] = [
	true satisfies Same<KmsDemoEventDetails, protocol.EventDetails>,
	true satisfies Same<KmsDemoClockMove, protocol.ClockMove>,
	true satisfies Same<KmsDemoState, protocol.EmbedState>,
	true satisfies Same<KmsDemoPart, Part>,
	true satisfies Same<NonNullable<KmsDemoAttributes['theme']>, EmbedParameters['theme']>
];

export async function useOnAPage(): Promise<string> {
	const demo: KmsDemoElement = document.createElement('kms-demo');
	demo.scenario = 'upload';
	demo.height = 520;
	demo.exam = true;
	demo.addEventListener('ready', ({ detail }) => detail.steps.toFixed());
	demo.addEventListener('complete', ({ detail }) => detail.credit && detail.ms.toFixed());
	// an event of the element, not of the window
	demo.addEventListener('resize', ({ detail }) => detail.height.toFixed());
	demo.addEventListener('error', ({ detail }) => detail.code.startsWith('Eng'));
	demo.addEventListener('click', (event) => event.clientX.toFixed());
	// @ts-expect-error -- there is no such field
	demo.addEventListener('goal', ({ detail }) => detail.reached);
	await demo.reset();
	await demo.goTo(1);
	await demo.setClock({ hours: 24 });
	// @ts-expect-error -- a clock is moved in one way
	await demo.setClock({ days: 1 });
	const found = document.querySelector('kms-demo');
	const state = await found?.getState();
	return state?.keys[0]?.state ?? '';
}

export const inJsx: KmsDemoJsx = {
	scenario: 'first-import',
	lang: 'zh-CN',
	start: 'visible',
	onready: ({ detail }) => detail.scenario,
	onxapi: ({ detail }) => detail.statement
};

// @ts-expect-error -- a theme that there is not
export const wrong: KmsDemoAttributes = { theme: 'sepia' };
