/** What the files of the workbench are, in the words of the diagnosis. */
import { diagnostician } from '$lib/client/kms';
import type { TrayFile } from '$lib/customer/workbench';
import { throwUnlessLoadFailure } from '$lib/domain/load-failure';
import { fileName } from '$lib/ui/features/refusals/file-name.svelte';
import { diagnosisSetting } from '$lib/ui/features/refusals/setting.svelte';
import { perFile } from './per-file.svelte';
import type { Tray } from './tray.svelte';

const names = perFile((file) => diagnostician.name(file));

/**
 * Names the files while the component that calls this is mounted.
 *
 * @returns undefined where the facts of a file say the same, and while the diagnosis is hidden
 */
export function watchNames(tray: () => Tray): (file: TrayFile) => string | undefined {
	const setting = diagnosisSetting();

	$effect(() => {
		if (setting.now !== 'shown') return;
		// what could not be loaded is asked for again when the list next changes
		for (const file of tray().files) names.read(file).catch(throwUnlessLoadFailure);
	});

	return (file) => {
		const named = setting.now === 'shown' ? names.of(file) : undefined;
		return named && named.content !== tray().factsOf(file)?.kind ? fileName(named) : undefined;
	};
}
