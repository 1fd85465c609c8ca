/** What is drawn in the box, made without markup: a host's policy may want trusted types. */
const SVG = 'http://www.w3.org/2000/svg';

/** @returns an element with texts and elements in it */
export function make<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	element.append(...content);
	return element;
}

/** Two parties, and a key on its way. */
function picture(): SVGElement {
	const svg = document.createElementNS(SVG, 'svg');
	const path = document.createElementNS(SVG, 'path');
	for (const [name, value] of Object.entries({
		viewBox: '0 0 96 32',
		width: '96',
		height: '32',
		fill: 'none',
		stroke: 'currentColor',
		'stroke-width': '2',
		'aria-hidden': 'true'
	}))
		svg.setAttribute(name, value);
	path.setAttribute(
		'd',
		'M2 4h24v24H2zM70 4h24v24H70zM32 16h30m-6-5 6 5-6 5M10 16a4 4 0 1 0 8 0 4 4 0 1 0-8 0'
	);
	svg.append(path);
	return svg;
}

export function poster(title: string, begin: string, onclick: () => void): HTMLButtonElement {
	const button = make('button', picture(), title, make('span', begin));
	button.type = 'button';
	button.onclick = onclick;
	return button;
}
