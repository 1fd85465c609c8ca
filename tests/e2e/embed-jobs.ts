/** What a reader does in a demo, by its labels. */
import { expect, guideOf, type Demo } from './embed-host';

/** By keyboard: the frame grows with each answer, and the driver's pointer would land where the button was before. */
const press = (demo: Pick<Demo, 'getByRole'>, name: string): Promise<void> =>
	demo.getByRole('button', { name, exact: true }).press('Enter');

const createKey = async (demo: Demo): Promise<void> => {
	await demo.getByRole('radio', { name: 'External' }).check();
	await demo.getByRole('checkbox', { name: /I understand/ }).check();
	await demo.getByRole('button', { name: 'Create key' }).click();
};

const downloadParameters = async (demo: Demo): Promise<void> => {
	await press(demo, 'Get parameters');
	await press(demo, 'Send to workbench');
};

/** Chooses the first files of the workbench, which makes the form its longest. */
export async function chooseFiles(demo: Demo): Promise<void> {
	for (const [field, file] of [
		['Encrypt key files', /^EncryptedKeyMaterial/],
		['Import Token', /^ImportToken/]
	] as const) {
		const select = demo.getByRole('group', { name: field }).getByRole('combobox');
		const name = await select.getByRole('option', { name: file }).first().textContent();
		await select.selectOption({ label: name?.trim() ?? '' });
	}
}

const confirm = async (demo: Demo): Promise<void> => {
	await demo.getByRole('radio', { name: 'Never Expire' }).press('Space');
	await expect(demo.getByRole('radio', { name: 'Never Expire' })).toBeChecked();
	await press(demo, 'Confirm');
};

const expectDone = (demo: Demo): Promise<void> =>
	expect(demo.getByText('Done: every goal is reached.')).toBeVisible();

/** The demo `create`. */
export async function doCreate(demo: Demo): Promise<void> {
	await createKey(demo);
	await expectDone(demo);
}

/** The demo `parameters`. */
export async function doParameters(demo: Demo): Promise<void> {
	await downloadParameters(demo);
	await expectDone(demo);
}

/** The demo `upload`, when its files are chosen. */
export async function importChosenFiles(demo: Demo): Promise<void> {
	await confirm(demo);
	await expectDone(demo);
}

/** The demo `upload`. */
export async function doUpload(demo: Demo): Promise<void> {
	await chooseFiles(demo);
	await importChosenFiles(demo);
}

/** The lesson `first-import`: the main job, from nothing to a CMK that is ENABLED. */
export async function doWholeImport(demo: Demo): Promise<void> {
	const guide = guideOf(demo);
	const at = (step: number) =>
		expect(guide.getByText(`Step ${String(step)} of 7`)).toBeVisible({ timeout: 30_000 });
	await at(1);
	await createKey(demo);
	await at(2);
	await downloadParameters(demo);
	await at(3);
	await press(demo, 'Make key material');
	await at(4);
	await press(demo, 'Encrypt');
	await at(5);
	await chooseFiles(demo);
	await press(guide, 'Next step');
	await at(6);
	await guide.getByRole('radio', { name: /^PENDING_IMPORT/ }).check();
	await press(guide, 'Answer');
	await expect(guide.getByText('Right.')).toBeVisible();
	await confirm(demo);
	await expectDone(demo);
}
