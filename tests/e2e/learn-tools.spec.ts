/** The exam, the certificate, the check of a transcript, the lesson builder, and scenarios from files and links. */
import type { Browser, Locator, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from './accessible';
import { createExternalKey, expectStatus } from './console';
import { savedBy, type SavedFile } from './saved-files';
import { collectProblems, expect, test } from './support';

const heading = (page: Page, name: string | RegExp, level: 1 | 2 | 3 = 2): Locator =>
	page.getByRole('heading', { level, name });

async function chooseFile(page: Page, button: string, { name, content }: SavedFile): Promise<void> {
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('button', { name: button }).click()
	]);
	await chooser.setFiles({ name, mimeType: 'application/json', buffer: content });
}

/** Nothing of the first browser is in it. */
async function inAnotherBrowser(
	browser: Browser,
	baseURL: string | undefined,
	use: (page: Page) => Promise<void>
): Promise<void> {
	const context = await browser.newContext({
		...(baseURL !== undefined && { baseURL }),
		locale: 'en-US'
	});
	const problems = collectProblems(context);
	await use(await context.newPage());
	expect(problems).toEqual([]);
	await context.close();
}

const panelOf = (page: Page, kind: 'Lesson' | 'Exam case' | 'Scenario', title = ''): Locator =>
	page.getByRole('region', { name: new RegExp(`^${kind}: ${title}`) });

/** By doing it once: a CMK is made while the recording runs. */
async function draftLesson(page: Page): Promise<void> {
	await page.goto('/learn/build');
	await page.getByRole('button', { name: 'Begin recording' }).click();
	await expect(page.getByText('Recording. 0 events so far.')).toBeVisible();
	await page.getByRole('link', { name: 'Open the console' }).click();
	await page.getByRole('link', { name: 'Create key' }).first().click();
	await page.getByRole('textbox', { name: 'Alias' }).fill('recorded');
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	await page.goto('/learn/build');
	await expect(page.getByText('Recording. 1 event so far.')).toBeVisible();
	await page.getByRole('button', { name: 'Stop and draft' }).click();
	await expect(heading(page, 'Draft')).toBeVisible();
}

const texts = (page: Page, group: string) => {
	const pair = page.getByRole('group', { name: group, exact: true });
	return {
		english: pair.getByRole('textbox', { name: 'English' }),
		chinese: pair.getByRole('textbox', { name: 'Simplified Chinese' })
	};
};

async function write(page: Page, group: string, english: string, chinese: string): Promise<void> {
	const pair = texts(page, group);
	await pair.english.fill(english);
	await pair.chinese.fill(chinese);
}

async function writeLesson(page: Page): Promise<void> {
	await page.getByRole('textbox', { name: 'Id' }).fill('first-key');
	await write(page, 'Title', 'A first key', '第一个密钥');
	await write(page, 'Summary', 'Make a `CMK` for import.', '创建一个用于导入的 `CMK`。');
	for (const number of ['1', '2', '3'])
		await write(page, `Hint ${number}`, `hint ${number}`, `提示 ${number}`);
	await write(page, 'Step 1', 'Create a key.', '创建密钥。');
}

// Firefox's driver reports only the first file dialog of a field
test('a lesson is made by doing it, previewed, finished, and printed on the certificate @all @chromium', async ({
	page,
	browser,
	baseURL
}) => {
	await draftLesson(page);
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Texts in English' })).toBeVisible();
	await page.getByRole('link', { name: 'Hint 2' }).last().click();
	await expect(texts(page, 'Hint 2').chinese).toBeFocused();
	await writeLesson(page);
	await page.reload();
	await expect(texts(page, 'Title').english).toHaveValue('A first key');
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await expect(page.getByText('The scenario is valid, and nothing is missing.')).toBeVisible();
	await expectAccessibleInBothThemes(page, 'the builder');

	await page.getByRole('button', { name: 'Preview as lesson' }).click();
	await expect(panelOf(page, 'Lesson', 'A first key')).toBeVisible();
	await createExternalKey(page, 'done');
	await expect(page.getByText('Lesson finished')).toBeVisible();

	await page.goto('/learn/certificate');
	await page.getByRole('textbox', { name: 'Name on the certificate' }).fill('Ada');
	const certificate = page.getByRole('article', { name: 'Certificate of practice' });
	await expect(certificate.getByText('Ada')).toBeVisible();
	const row = certificate.getByRole('row', { name: /A first key/ });
	await expect(row.getByText('with credit')).toBeVisible();
	await expectAccessibleInBothThemes(page, 'the certificate');
	const fingerprint = /(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/;
	const printed = fingerprint.exec(await certificate.innerText())?.[0] ?? 'none';
	const transcript = await savedBy(page, () =>
		page.getByRole('button', { name: 'Save the transcript' }).click()
	);
	expect(transcript.name).toMatch(/^transcript-\d{4}-\d\d-\d\d\.kms-progress\.json$/);
	expect(transcript.content.toString()).not.toContain('Ada');
	await page.goto('/learn/build');
	await page.getByRole('button', { name: 'Discard the draft' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
	await page.getByRole('button', { name: 'Edit: A first key' }).click();
	const lesson = await savedBy(page, () =>
		page.getByRole('button', { name: 'Save as file' }).click()
	);
	expect(lesson.name).toBe('first-key.scenario.json');

	await inAnotherBrowser(browser, baseURL, async (other) => {
		// without the scenario nothing can be said of it
		await other.goto('/learn/verify');
		await chooseFile(other, 'Choose transcript', transcript);
		await expect(other.getByRole('row', { name: /first-key/ })).toContainText('not comparable');
		await other.goto('/learn/open');
		await chooseFile(other, 'Choose scenario', lesson);
		await expect(heading(other, 'A first key')).toBeVisible();
		await other.getByRole('button', { name: 'Start' }).click();
		await expect(panelOf(other, 'Lesson', 'A first key')).toBeVisible();

		await other.goto('/learn/verify');
		await chooseFile(other, 'Choose transcript', transcript);
		await expect(other.getByText('1 of 1 runs proved')).toBeVisible();
		await expect(
			other.getByRole('columnheader', { name: 'Claimed by the file, not verified' })
		).toBeVisible();
		await expect(other.getByText(printed, { exact: true })).toBeVisible();
		await expectAccessibleInBothThemes(other, 'the check of a transcript');
		await other.getByRole('button', { name: 'Keep as replayed from a file' }).click();
		await expect(other.getByText('1 run is kept as replayed from a file')).toBeVisible();
		await other.goto('/learn/certificate');
		await expect(heading(other, 'Replayed from a file, not counted', 3)).toBeVisible();
		await expect(other.getByRole('listitem').filter({ hasText: 'A first key' })).toBeVisible();
		await expect(other.getByRole('row', { name: /A first key/ })).toHaveCount(0);
		await expectAccessibleInBothThemes(other, 'a certificate with a replayed run');

		// another run of it than the one that was recorded
		const text = transcript.content.toString().replaceAll('CreateCmk', 'CreateCMK');
		await other.goto('/learn/verify');
		await chooseFile(other, 'Choose transcript', { ...transcript, content: Buffer.from(text) });
		await expect(other.getByText(/is no transcript/)).toBeVisible();

		const exam = { seed: 1, scenarioIds: [], begunAtMs: 1, finishedAtMs: 2 };
		const results = Array.from({ length: 50 }, () => ({
			...{ scenarioId: 'a', cause: true, mended: true }
		}));
		const contents = JSON.parse(transcript.content.toString()) as object;
		const claimed = JSON.stringify({ ...contents, exam: { ...exam, results } });
		await chooseFile(other, 'Choose transcript', { ...transcript, content: Buffer.from(claimed) });
		await expect(other.getByText(/its exam results are impossible/)).toBeVisible();
		await expect(other.getByText(/of 0 points/)).toHaveCount(0);
	});
});

test('goals change places and go, and the raw text keeps up with the form @all', async ({
	page
}) => {
	await draftLesson(page);
	await page.getByText('Everything as JSON').click();
	const raw = page.getByRole('textbox', { name: 'The scenario file' });
	await expect(raw).toHaveValue(/"goal": "state-1"/);
	await page.getByRole('button', { name: 'Remove: Goal 1' }).click();
	await expect(raw).not.toHaveValue(/state-1/);
	await expect(raw).toHaveValue(/"goals": \[\]/);
	await page.getByRole('button', { name: 'Move up: Hint 2' }).click();
	await write(page, 'Hint 1', 'from the form', '来自表单');
	await expect(raw).toHaveValue(/from the form/);

	await raw.fill('{');
	await expect(page.getByText('The form comes back when')).toBeVisible();
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await expect(page.getByText(/It is not JSON in UTF-8/)).toBeVisible();
});

test('a lesson in one language is read in that language by all, and says so @all @chromium', async ({
	page,
	browser,
	baseURL,
	context
}) => {
	await context.grantPermissions(['clipboard-write']);
	await draftLesson(page);
	await writeLesson(page);
	await texts(page, 'Title').chinese.fill('');
	await texts(page, 'Summary').chinese.fill('…');
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	const empty = page.getByRole('listitem').filter({ hasText: 'Texts in Simplified Chinese' });
	await expect(empty.getByRole('link')).toHaveText(['Title', 'Summary']);
	await empty.getByRole('link', { name: 'Title' }).click();
	await expect(texts(page, 'Title').chinese).toBeFocused();
	await page.getByRole('button', { name: 'Copy link' }).click();
	const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();

	await inAnotherBrowser(browser, baseURL, async (other) => {
		await other.goto('/');
		await other.evaluate(() => {
			localStorage.setItem('PARAGLIDE_LOCALE', 'zh-CN');
		});
		await other.goto(link);
		const title = heading(other, /^A first key/);
		await expect(title.getByText('A first key')).toHaveAttribute('lang', 'en');
		await expect(other.getByRole('paragraph').filter({ hasText: 'for import.' })).toHaveAttribute(
			'lang',
			'en'
		);
		await expectAccessibleInBothThemes(other, 'a scenario in another language');
		await other.getByRole('button', { name: '开始', exact: true }).click();
		await expect(
			other.getByRole('region', { name: /：A first key/ }).getByText('A first key')
		).toHaveAttribute('data-language', 'English');
	});
});

// Firefox's driver reports only the first file dialog of a field
test('a link opens what was put into it, and a changed one is refused @all @chromium', async ({
	page,
	browser,
	baseURL,
	context
}) => {
	await context.grantPermissions(['clipboard-write']);
	await draftLesson(page);
	await writeLesson(page);
	await page.getByRole('button', { name: 'Copy link' }).click();
	const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
	expect(link).toMatch(/\/learn\/open#s=[\w-]+$/);

	await inAnotherBrowser(browser, baseURL, async (other) => {
		await other.goto(link);
		await expect(heading(other, 'A first key')).toBeVisible();
		await expect(other.getByText('The CMK is PENDING_IMPORT.')).toBeVisible();
		await expectAccessibleInBothThemes(other, 'an opened scenario');
		// it has not started
		await expect(panelOf(other, 'Lesson')).toHaveCount(0);

		await other.goto(link.slice(0, -50));
		await expect(other.getByText(/The link is damaged/)).toBeVisible();
		await expect(other.getByRole('button', { name: 'Start' })).toHaveCount(0);

		const file = { name: 'wrong.scenario.json', content: Buffer.from('{"version":1,"id":"A"}') };
		await chooseFile(other, 'Choose scenario', file);
		await expect(other.getByText('Nothing was opened from wrong.scenario.json.')).toBeVisible();
		await expect(other.getByRole('definition').first()).toHaveText('id');
		const large = { name: 'large.scenario.json', content: Buffer.alloc(10_000_000, ' ') };
		await chooseFile(other, 'Choose scenario', large);
		await expect(other.getByText(/more than any scenario can be/)).toBeVisible();
	});
});

test('an exam goes on after a reload, case after case, to its result @all', async ({ page }) => {
	await page.goto('/learn/exam');
	await expect(heading(page, 'Rules')).toBeVisible();
	await expectAccessibleInBothThemes(page, 'the rules of the exam');
	await page.getByRole('button', { name: 'Begin the exam' }).click();
	await expect(panelOf(page, 'Exam case')).toBeVisible();
	await page.goto('/learn/exam');
	await expect(heading(page, /^Case 1 of \d$/)).toBeVisible();
	await page.reload();
	await expect(heading(page, /^Case 1 of \d$/)).toBeVisible();
	await expect(page.getByRole('timer')).toHaveText(/\d+ min \d+ s/);
	await expect(page.getByRole('button', { name: /hint|solution/i })).toHaveCount(0);
	await expectAccessibleInBothThemes(page, 'a case of the exam');
	const name = await heading(page, /^Case 1 of \d$/).innerText();
	const cases = Number(name.at(-1));

	for (let number = 1; number <= cases; number++) {
		await expect(heading(page, `Case ${String(number)} of ${String(cases)}`)).toBeVisible();
		await expect(panelOf(page, 'Exam case')).toBeVisible();
		await page.getByRole('button', { name: 'Hand in this case' }).click();
		const dialog = page.getByRole('dialog', { name: `Hand in case ${String(number)}?` });
		await expect(dialog.getByText(/it will count as not found/)).toBeVisible();
		await dialog.getByRole('button', { name: 'Hand in', exact: true }).click();
	}
	await expect(heading(page, 'Result')).toBeVisible();
	await expect(page.getByText(`0 of ${String(2 * cases)} points`)).toBeVisible();
	const table = page.getByRole('table', { name: 'Cases of the exam' });
	await expect(table.getByText('not named')).toHaveCount(cases);
	await expectAccessibleInBothThemes(page, 'the result of the exam');
	await page.reload();
	await expect(page.getByText(`0 of ${String(2 * cases)} points`)).toBeVisible();
	await page.getByRole('link', { name: 'Certificate' }).last().click();
	await expect(page.getByText(`0 of ${String(2 * cases)} points in`)).toBeVisible();
});

test('before anything is done every page fits a narrow window, and the certificate says what to do @all', async ({
	page
}) => {
	await page.setViewportSize({ width: 320, height: 640 });
	for (const path of ['exam', 'certificate', 'verify', 'build', 'open']) {
		await page.goto(`/learn/${path}`);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(Math.max(overflow, 0), path).toBe(0);
	}
	await page.goto('/learn/certificate');
	await expect(heading(page, 'Nothing is finished yet')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Go to the lessons' })).toBeVisible();
});

test('without storage a lesson says what it replaces, and can be played @all', async ({
	browser,
	ownApp
}) => {
	const context = await browser.newContext({
		baseURL: ownApp.origin,
		locale: 'en-US',
		serviceWorkers: 'block'
	});
	const blocked = `Object.defineProperty(self, 'indexedDB', { value: { open() { throw new DOMException('blocked', 'SecurityError'); } } });`;
	ownApp.change(/kms\.worker[^/]*\.js$/, (text) => `${blocked}\n${text}`);
	const page = await context.newPage();
	await createExternalKey(page, 'only here');
	await page.getByRole('navigation').getByRole('link', { name: 'Learn' }).click();
	await page.getByRole('link', { name: /^Start: / }).click();
	await expect(page.getByText('there is one workspace only')).toBeVisible();
	await page.getByRole('button', { name: 'Start', exact: true }).click();
	const panel = panelOf(page, 'Lesson');
	await expect(page.getByText('only here')).toHaveCount(0);
	await page.getByRole('link', { name: 'Create key' }).first().click();
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	await expect(panel.getByText('1 of 3 reached')).toBeVisible();
	await context.close();
});
