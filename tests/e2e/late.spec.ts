/** A database that does not answer, and files that do not come. */
import { expect, test } from './support';

for (const [what, file] of [
	['its first script', /\/entry\/start\./],
	['the frame of every page', /\/nodes\/0\./]
] as const)
	for (const { address, lang, says, again } of [
		{ address: '/keys', lang: 'en', says: /couldn’t be loaded/, again: 'Reload' },
		{ address: '/keys/some-key', lang: 'zh-CN', says: /未能加载/, again: '重新加载' }
	])
		test(`an app without ${what} says so, and is loaded again: ${lang} @all @firefox`, async ({
			page,
			ownApp,
			problems
		}) => {
			await page.addInitScript((wanted) => {
				localStorage.setItem('PARAGLIDE_LOCALE', wanted);
			}, lang);
			ownApp.lose(file);
			await page.goto(ownApp.origin + address);
			await expect(page.getByText(says)).toBeVisible();
			// the browser, and kit, say what was missing
			problems.length = 0;
			ownApp.restore();
			await page.getByRole('button', { name: again }).click();
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expect(page.getByText(says)).toHaveCount(0);
		});

// WebKit leaves such a database behind: https://bugs.webkit.org/show_bug.cgi?id=324094
test('a page that the database keeps waiting says so, and shows its list as soon as it answers @all @chromium', async ({
	context,
	page
}) => {
	await page.goto('/keys');
	await expect(page.getByText('No CMK yet')).toBeVisible();
	// holds the database, with one request after the other
	await page.evaluate(async () => {
		const [name = ''] = (await indexedDB.databases()).flatMap((one) =>
			one.name?.startsWith('kms/') === true ? one.name : []
		);
		const db = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => {
				resolve(request.result);
			};
		});
		const held = globalThis as { release?: boolean };
		const store = db.transaction(db.objectStoreNames, 'readwrite').objectStore('serviceKeys');
		const again = () => {
			if (held.release !== true) store.count().onsuccess = again;
		};
		again();
	});
	const other = await context.newPage();
	await other.clock.install();
	await other.goto('/keys');
	const notice = other.getByText(/This takes unusually long/);
	await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(notice).toBeHidden();
	await other.clock.runFor(20_000);
	await expect(notice).toBeVisible();
	await page.evaluate(() => {
		(globalThis as { release?: boolean }).release = true;
	});
	await expect(notice).toBeHidden();
	await expect(other.getByText('No CMK yet')).toBeVisible();
});
