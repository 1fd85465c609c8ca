/** Says in the frame why there is no demo: what happened, why, and what can be done. */
import { m } from '$lib/paraglide/messages';
import type { FaultCode } from './globals';

const TEXTS: Readonly<Record<FaultCode, readonly [(detail: string) => string, () => string]>> = {
	Parameters: [(name) => m.embed_fault_parameters({ name }), m.embed_fault_parameters_next],
	Scenario: [() => m.embed_fault_scenario(), m.embed_fault_scenario_next],
	TooLarge: [() => m.embed_fault_too_large(), m.embed_fault_scenario_next],
	Engine: [() => m.embed_fault_engine(), m.embed_fault_engine_next]
};

/** @returns the same in one line, for the host */
export function showFault(target: HTMLElement, code: FaultCode, detail: string): string {
	const [why, next] = TEXTS[code];
	const box = document.createElement('section');
	box.className = 'notice warn fault';
	box.setAttribute('role', 'alert');
	const title = document.createElement('h2');
	title.textContent = m.embed_fault_title();
	box.append(title, paragraph(why(detail)), paragraph(next()));
	target.replaceChildren(box);
	return why(detail);
}

function paragraph(text: string): HTMLElement {
	const element = document.createElement('p');
	element.textContent = text;
	return element;
}
