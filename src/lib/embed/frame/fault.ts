/** Says in the frame why there is no demo: what happened, why, and what can be done. */
import { m } from '$lib/paraglide/messages';
import type { Fail, Locale } from './globals';

type Code = Parameters<Fail>[0];

/** @returns the same in one line, for the host */
export function showFault(target: HTMLElement, locale: Locale, code: Code, detail: string): string {
	const options = { locale };
	const [why, next] = {
		Parameters: [
			m.embed_fault_parameters({ name: detail }, options),
			m.embed_fault_parameters_next({}, options)
		],
		Scenario: [m.embed_fault_scenario({}, options), m.embed_fault_scenario_next({}, options)],
		TooLarge: [m.embed_fault_too_large({}, options), m.embed_fault_scenario_next({}, options)],
		Engine: [m.embed_fault_engine({}, options), m.embed_fault_engine_next({}, options)]
	}[code] as [string, string];
	const box = document.createElement('section');
	box.className = 'notice warn fault';
	box.setAttribute('role', 'alert');
	const title = document.createElement('h2');
	title.textContent = m.embed_fault_title({}, options);
	box.append(title, paragraph(why), paragraph(next));
	target.replaceChildren(box);
	return why;
}

function paragraph(text: string): HTMLElement {
	const element = document.createElement('p');
	element.textContent = text;
	return element;
}
