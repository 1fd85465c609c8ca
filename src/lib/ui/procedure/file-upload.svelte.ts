/** The file chosen for one upload field, from disk or from the tray. */
import type { TrayFile, Workbench } from '$lib/customer/workbench';
import type { Bytes } from '$lib/domain/bytes';
import { safeFileName } from '$lib/domain/display-name';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { privateKeyLabel } from './private-key';

export type Chosen =
	| { readonly status: 'nothing' }
	| {
			readonly status: 'file';
			readonly name: string;
			/** As the service will see them; of a file that is too large one byte more than it takes. */
			readonly bytes: Bytes;
			readonly trayFileId: number | null;
	  }
	| { readonly status: 'privateKey'; readonly name: string; readonly label: string }
	| { readonly status: 'unreadable'; readonly name: string };

/** Reads files of the workbench. */
type TrayReader = Pick<Workbench, 'readFile'>;

export class FileUpload {
	readonly #tray: TrayReader;
	#chosen = $state.raw<Chosen>({ status: 'nothing' });
	/** The last choice wins, whichever file is read first. */
	#choices = 0;

	constructor(tray: TrayReader) {
		this.#tray = tray;
	}

	get chosen(): Chosen {
		return this.#chosen;
	}

	/** What would be sent, if anything. */
	get bytes(): Bytes | undefined {
		return this.#chosen.status === 'file' ? this.#chosen.bytes : undefined;
	}

	takeDiskFile(file: File): Promise<void> {
		// A huge file is never read whole: one byte too many is enough for the service to refuse it.
		const start = file.slice(0, LONGEST_UPLOAD_BYTES + 1);
		const read = async () => new Uint8Array(await start.arrayBuffer());
		return this.#take(safeFileName(file.name), null, read);
	}

	takeTrayFile({ fileId, name }: TrayFile): Promise<void> {
		return this.#take(name, fileId, async () => {
			const result = await this.#tray.readFile(fileId);
			return result.ok ? result.value : undefined;
		});
	}

	clear(): void {
		this.#choices++;
		this.#chosen = { status: 'nothing' };
	}

	async #take(
		name: string,
		trayFileId: number | null,
		read: () => Promise<Bytes | undefined>
	): Promise<void> {
		const choice = ++this.#choices;
		const bytes = await read().catch(() => undefined);
		if (choice === this.#choices) this.#chosen = whatWasChosen(name, trayFileId, bytes);
	}
}

function whatWasChosen(name: string, trayFileId: number | null, bytes: Bytes | undefined): Chosen {
	if (!bytes) return { status: 'unreadable', name };
	const label = privateKeyLabel(bytes);
	return label === undefined
		? { status: 'file', name, bytes, trayFileId }
		: { status: 'privateKey', name, label };
}
