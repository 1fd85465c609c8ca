/** What the files of the workbench are, in the words of the diagnosis. */
import { diagnostician, workbench } from '$lib/client/kms';
import type { TrayFile } from '$lib/customer/workbench';
import type { NamedFile } from '$lib/diagnosis/diagnosis';
import { fileName } from '$lib/ui/features/refusals/file-name.svelte';
import { diagnosisShown } from '$lib/ui/features/refusals/shown.svelte';
import { identity, type Tray } from './tray.svelte';

/** Files never change, so each is named once. A new map for each change: lighter than `SvelteMap`. */
let namedByFile = $state.raw<ReadonlyMap<string, NamedFile>>(new Map());
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
const asked = new Set<string>();

async function ask(file: TrayFile, id: string): Promise<void> {
	const result = await workbench.readFile(file.fileId);
	if (!result.ok) return;
	const named = await diagnostician.name(result.value);
	namedByFile = new Map([...namedByFile, [id, named]]);
}

/**
 * Names the files while the component that calls this is mounted.
 *
 * @returns undefined where the facts of a file say the same, and while the diagnosis is hidden
 */
export function watchNames(tray: () => Tray): (file: TrayFile) => string | undefined {
	const shown = diagnosisShown();

	$effect(() => {
		if (!shown.now) return;
		for (const file of tray().files) {
			const id = identity(file);
			if (asked.has(id)) continue;
			asked.add(id);
			// asked again when the list next changes
			ask(file, id).catch(() => asked.delete(id));
		}
	});

	return (file) => {
		const named = shown.now ? namedByFile.get(identity(file)) : undefined;
		return named && named.content !== tray().factsOf(file)?.kind ? fileName(named) : undefined;
	};
}
