/** Files that a page hands to the browser to be saved. */
import { expect, type Page } from '@playwright/test';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where Firefox saves: it tells of a download without naming it, and Playwright knows of none that has no name. */
export const FIREFOX_DOWNLOADS = join(import.meta.dirname, '../../test-results/firefox-downloads');

export interface SavedFile {
	readonly name: string;
	readonly content: Buffer;
}

/** @param act makes the page save one file */
export async function savedBy(page: Page, act: () => Promise<void>): Promise<SavedFile> {
	const agent = await page.evaluate(() => navigator.userAgent);
	if (agent.includes('Firefox/')) return savedByFirefox(act);
	const [download] = await Promise.all([page.waitForEvent('download'), act()]);
	return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

async function savedByFirefox(act: () => Promise<void>): Promise<SavedFile> {
	// of a name that is taken it would make another one
	rmSync(FIREFOX_DOWNLOADS, { recursive: true, force: true });
	mkdirSync(FIREFOX_DOWNLOADS, { recursive: true });
	await act();
	const path = (name: string) => join(FIREFOX_DOWNLOADS, name);
	// an empty file of the name comes first, and the bytes in one beside it
	const whole = () => {
		const names = readdirSync(FIREFOX_DOWNLOADS);
		return names.length === 1 ? names.filter((name) => statSync(path(name)).size > 0) : [];
	};
	await expect.poll(whole).toHaveLength(1);
	const [name = ''] = whole();
	return { name, content: readFileSync(path(name)) };
}
