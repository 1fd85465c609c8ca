/** What axe finds. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './support';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The theme changes colours alone, and the language changes none. */
const COLOURS = ['color-contrast'];

/** @param at names the page in a finding */
async function expectNothing(page: Page, axe: AxeBuilder, at: string): Promise<void> {
	const { violations } = await axe.analyze();
	// axe ends in its own tab, and Firefox may then show another; a hidden tab neither paints nor opens dialogs
	await page.bringToFront();
	const found = violations.map(({ id, nodes }) => `${at}: ${id}: ${nodes[0]?.html ?? ''}`);
	expect(found).toEqual([]);
}

/** In the theme that is chosen. */
export const expectAccessible = (page: Page, at: string): Promise<void> =>
	expectNothing(page, new AxeBuilder({ page }).withTags(TAGS), at);

/** In light everything, in dark the colours. Leaves the page in light. */
export async function expectAccessibleInBothThemes(page: Page, at: string): Promise<void> {
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await expectNothing(page, new AxeBuilder({ page }).withRules(COLOURS), `${at}, dark`);
	await page.emulateMedia({ colorScheme: 'light' });
	await expectAccessible(page, `${at}, light`);
}

/** Names and roles, in a language whose colours are those of another. */
export const expectNamesAccessible = (page: Page, at: string): Promise<void> =>
	expectNothing(page, new AxeBuilder({ page }).withTags(TAGS).disableRules(COLOURS), at);
