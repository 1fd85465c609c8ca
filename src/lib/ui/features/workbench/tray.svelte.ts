/** The customer's tray on screen: the stored list, and what each file was recognised as. */
import { workbench } from '$lib/client/kms';
import { awaitFirstAnswer } from '$lib/client/first-answers.svelte';
import { live } from '$lib/client/live.svelte';
import { isNamedAfter } from '$lib/customer/file-names';
import type { TrayFile } from '$lib/customer/workbench';
import type { ProcedureFile } from '$lib/domain/uploaded-file';
import { trayFileFacts, type TrayFileFacts } from './tray-file-facts';

/** Files never change, so each is read once for all components. A new map for each change: lighter than `SvelteMap`. */
let factsByFile = $state.raw<ReadonlyMap<string, TrayFileFacts>>(new Map());
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
const reads = new Map<string, Promise<void>>();

export const identity = ({ fileId, createdAtMs }: TrayFile): string =>
	`${String(fileId)} ${String(createdAtMs)}`;

function read(file: TrayFile): Promise<void> {
	const id = identity(file);
	let reading = reads.get(id);
	if (!reading) {
		reading = recognise(file, id);
		reads.set(id, reading);
		// asked again when the list next changes
		reading.catch(() => reads.delete(id));
	}
	return reading;
}

async function recognise(file: TrayFile, id: string): Promise<void> {
	const result = await workbench.readFile(file.fileId);
	if (result.ok) factsByFile = new Map([...factsByFile, [id, trayFileFacts(result.value)]]);
}

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
	const factsOf = (file: TrayFile) => factsByFile.get(identity(file));

	$effect(() => {
		if (answer.now.status === 'loading') return;
		// A file removed meanwhile cannot be read, and needs no facts any more.
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
