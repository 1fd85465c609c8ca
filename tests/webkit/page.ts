/** What is on the page, found as Playwright's `getByRole` does: by role and accessible name, as the browser computes them. */
import { isDeepStrictEqual } from 'node:util';
import { expect, vi } from 'vitest';
import type { ElementId, WebDriver } from './webdriver';

/** Where a role can be at all; the browser then says whether it is. */
const CANDIDATES = {
	button: 'button',
	checkbox: 'input[type=checkbox]',
	form: 'form',
	group: 'fieldset, [role=group]',
	heading: 'h1, h2, h3',
	link: 'a[href]',
	radio: 'input[type=radio]',
	region: 'section',
	textbox: 'input:not([type]), input[type=text], textarea'
} as const;

export type Role = keyof typeof CANDIDATES;

const WAIT = { timeout: 20_000, interval: 100 };

export class Page {
	constructor(private readonly driver: WebDriver) {}

	/** Once there is one. */
	find(role: Role, name: string | RegExp, within?: ElementId): Promise<ElementId> {
		return vi.waitFor(() => this.look(role, name, within), WAIT);
	}

	/** Again, while a passing notice lies over it or the page still moves it: a driver clicks a place, not an element. */
	async click(role: Role, name: string | RegExp, within?: ElementId): Promise<void> {
		let last: unknown;
		await vi.waitFor(async () => {
			const element = await this.look(role, name, within);
			const place = await this.driver.centre(element);
			const isAtRest = isDeepStrictEqual(place, last);
			last = place;
			if (!isAtRest) throw new Error(`${role} ${String(name)} is still moving`);
			await this.driver.click(element);
		}, WAIT);
	}

	async fill(name: string | RegExp, text: string, within?: ElementId): Promise<void> {
		await this.driver.type(await this.find('textbox', name, within), text);
	}

	/** @param group the field's name; its button opens a dialog of the system, so the path goes to the input behind it */
	async choose(group: string, path: string): Promise<void> {
		const [input] = await this.driver.elements('input[type=file]', await this.find('group', group));
		if (input === undefined) throw new Error(`${group} takes no file`);
		await this.driver.type(input, path);
	}

	async expectText(role: Role, name: string, text: string): Promise<void> {
		await vi.waitFor(async () => {
			const shown = await this.driver.read(await this.look(role, name), 'text');
			expect(shown, `${role} ${name}`).toContain(text);
		}, WAIT);
	}

	/** @returns the first that is displayed. @throws when there is none */
	private async look(role: Role, name: string | RegExp, within?: ElementId): Promise<ElementId> {
		for (const element of await this.driver.elements(CANDIDATES[role], within)) {
			const label = await this.driver.read(element, 'computedlabel');
			const isNamed = typeof name === 'string' ? label === name : name.test(label);
			if (
				isNamed &&
				(await this.driver.read(element, 'computedrole')) === role &&
				(await this.driver.isDisplayed(element))
			)
				return element;
		}
		const shown = await this.driver.evaluate(
			'return location.pathname + "\\n" + document.body.innerText'
		);
		throw new Error(`no ${role} is named ${String(name)} on ${String(shown)}`);
	}
}
