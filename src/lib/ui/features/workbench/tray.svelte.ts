/** The customer's tray on screen: the stored list, and what each file was recognised as. */
import { awaitFirstAnswer } from '$lib/client/first-answers.svelte';
import { live } from '$lib/client/live.svelte';
import { isNamedAfter } from '$lib/customer/file-names';
import type { TrayFile } from '$lib/customer/workbench';
import type { ProcedureFile } from '$lib/domain/uploaded-file';
import { perFile } from './per-file.svelte';
import { trayFileFacts, type TrayFileFacts } from './tray-file-facts';

const { of: factsOf, read } = perFile(trayFileFacts);

export interface Tray {
	readonly status: 'loading' | 'ready' | 'failed';
	/** Newest first. */
	readonly files: readonly TrayFile[];
	factsOf(file: TrayFile): TrayFileFacts | undefined;
	/** The newest file of a kind, rather one that is named after this CMK. */
	newest(kind: ProcedureFile, keyId?: string): TrayFile | undefined;
}

/** Watches the tray while the component that calls this is mounted. */
export function watchTray(): Tray {
	const answer = live('files', () => []);
	const files = $derived(answer.now.status === 'ready' ? answer.now.rows : []);
	const arrived = awaitFirstAnswer();

	$effect(() => {
		if (answer.now.status === 'loading') return;
		void Promise.allSettled(files.map(read)).then(arrived);
	});

	return {
		get status() {
			return answer.now.status;
		},
		get files() {
			return files;
		},
		factsOf,
		newest: (kind, keyId) => {
			const fitting = files.filter((file) => factsOf(file)?.kind === kind);
			const own = fitting.find(({ name }) => keyId !== undefined && isNamedAfter(name, keyId));
			return own ?? fitting[0];
		}
	};
}
