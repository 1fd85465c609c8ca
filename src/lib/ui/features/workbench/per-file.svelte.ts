/** What the page learns of each file of the workbench. Files never change, so each is read once for all components. */
/* eslint-disable svelte/prefer-svelte-reactivity -- a new map for each change is lighter, and nothing on screen follows the reads */
import { workbench } from '$lib/client/kms';
import type { TrayFile } from '$lib/customer/workbench';
import type { Bytes } from '$lib/domain/bytes';

interface PerFile<Known> {
	/** undefined until it is read. */
	readonly of: (file: TrayFile) => Known | undefined;
	/** Does nothing for a file that was removed meanwhile. After a failure the file is read again when it is next asked for. */
	readonly read: (file: TrayFile) => Promise<void>;
}

export function perFile<Known>(learn: (bytes: Bytes) => Known | Promise<Known>): PerFile<Known> {
	let known = $state.raw<ReadonlyMap<string, Known>>(new Map());
	const reads = new Map<string, Promise<void>>();

	async function readAs(id: string, fileId: number): Promise<void> {
		const result = await workbench.readFile(fileId);
		if (!result.ok) return;
		const learned = await learn(result.value);
		known = new Map([...known, [id, learned]]);
	}

	return {
		of: (file) => known.get(identity(file)),
		read: (file) => {
			const id = identity(file);
			let reading = reads.get(id);
			if (!reading) {
				reading = readAs(id, file.fileId);
				reads.set(id, reading);
				reading.catch(() => reads.delete(id));
			}
			return reading;
		}
	};
}

const identity = ({ fileId, createdAtMs }: TrayFile): string =>
	`${String(fileId)} ${String(createdAtMs)}`;
