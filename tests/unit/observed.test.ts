/** What the page says about a chosen file while the diagnosis is shown, hidden, or not known to be either. */
import { render } from 'svelte/server';
import { beforeEach, expect, test, vi } from 'vitest';
import { nameFile } from '$lib/diagnosis/name-file';
import { asciiToBytes, bytesToHex } from '$lib/domain/bytes';
import type { SandboxSettings } from '$lib/domain/settings';
import Observed from '$lib/ui/features/import/Observed.svelte';

const { setting, fileName } = vi.hoisted(() => ({
	setting: { now: undefined as SandboxSettings['diagnosis'] | undefined },
	fileName: vi.fn(() => 'a name of the recogniser')
}));
vi.mock('$lib/ui/features/refusals/setting.svelte', () => ({ diagnosisSetting: () => setting }));
vi.mock('$lib/ui/features/refusals/file-name.svelte', () => ({ fileName }));

beforeEach(() => {
	fileName.mockClear();
});

/** Key material in quotation marks: the service reads a text. */
const bytes = asciiToBytes(`"${bytesToHex(new Uint8Array(32).fill(0xa5))}"`);
const props = { bytes, named: nameFile(bytes), field: 'encryptedKeyMaterial' } as const;

test.each(['hidden', undefined] as const)(
	'with the setting %j it says what the service reads and what the field takes, and asks for no name',
	(now) => {
		setting.now = now;
		const { body } = render(Observed, { props });
		expect(body).toMatch(
			/66 bytes of text that is neither.*This field is for encrypted key material/
		);
		expect(body).not.toMatch(/Never upload|recogniser/);
		expect(fileName).not.toHaveBeenCalled();
	}
);

test('with the setting "shown" it says what the file is, and what to do with that', () => {
	setting.now = 'shown';
	const { body } = render(Observed, { props });
	expect(body).toMatch(/a name of the recogniser.*Never upload unencrypted key material/);
});
