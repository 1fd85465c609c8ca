/** The actions on the workbench's files, and the messages about their results. */
import { diagnostician, workbench } from '$lib/client/kms';
import {
	LONGEST_TRAY_FILE_BYTES,
	type TrayFile,
	type WorkbenchProblem
} from '$lib/customer/workbench';
import type { Bytes } from '$lib/domain/bytes';
import { safeFileName } from '$lib/domain/display-name';
import { checkFile } from '$lib/ui/features/refusals/private-key';
import { readStart } from '$lib/ui/kit/read-start';

export type Outcome =
	| { readonly kind: 'problem'; readonly problem: WorkbenchProblem }
	| { readonly kind: 'unreadable' | 'privateKey' | 'unchecked'; readonly name: string }
	/** Removing a file can be undone, because key material may exist nowhere else. */
	| { readonly kind: 'removed'; readonly name: string; readonly bytes: Bytes };

export class TrayActions {
	#outcome = $state.raw<Outcome>();

	get outcome(): Outcome | undefined {
		return this.#outcome;
	}

	async read({ fileId }: TrayFile): Promise<Bytes | undefined> {
		const result = await workbench.readFile(fileId);
		this.#outcome = result.ok ? undefined : { kind: 'problem', problem: result.problem };
		return result.ok ? result.value : undefined;
	}

	async remove(file: TrayFile): Promise<void> {
		const bytes = await this.read(file);
		await workbench.removeFile(file.fileId);
		if (bytes) this.#outcome = { kind: 'removed', name: file.name, bytes };
	}

	async undo(): Promise<void> {
		if (this.#outcome?.kind !== 'removed') return;
		const { name, bytes } = this.#outcome;
		this.#outcome = await keep(name, bytes);
	}

	/** Files from disk. Of several that cannot be taken, the last is spoken of. */
	async add(files: readonly File[]): Promise<void> {
		this.#outcome = undefined;
		for (const chosen of files) {
			const problem = await addOne(chosen);
			if (problem) this.#outcome = problem;
		}
	}
}

async function addOne(chosen: File): Promise<Outcome | undefined> {
	const bytes = await readStart(chosen, LONGEST_TRAY_FILE_BYTES);
	const name = safeFileName(chosen.name);
	if (!bytes) return { kind: 'unreadable', name };
	const checked = await checkFile(bytes, diagnostician);
	return checked.status === 'file' ? keep(name, checked.bytes) : { kind: checked.status, name };
}

async function keep(name: string, bytes: Bytes): Promise<Outcome | undefined> {
	const result = await workbench.addFile(name, bytes);
	return result.ok ? undefined : { kind: 'problem', problem: result.problem };
}
