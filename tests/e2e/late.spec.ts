/** A database that does not answer, as WebKit leaves one behind: https://bugs.webkit.org/show_bug.cgi?id=324094 */
import { expect, test } from './support';

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
