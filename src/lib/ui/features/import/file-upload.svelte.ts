/** The file chosen for one upload field, from disk or from the workbench. A private key is never kept. */
import type { TrayFile, Workbench } from '$lib/customer/workbench';
import type { Diagnostician, NamedFile } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { safeFileName } from '$lib/domain/display-name';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { isPrivateKey } from '$lib/ui/features/refusals/private-key';

export type Chosen =
	| { readonly status: 'nothing' }
	| {
			readonly status: 'file';
			readonly name: string;
			/** As the service will see them; of a file that is too large one byte more than it takes. */
			readonly bytes: Bytes;
			readonly named: NamedFile;
			readonly trayFileId: number | null;
	  }
	/** What checks a file is loaded with the first one. */
	| { readonly status: 'checking' | 'privateKey' | 'unreadable'; readonly name: string }
	/** What checks a file could not be loaded. */
	| { readonly status: 'unchecked'; readonly name: string; readonly again: () => Promise<void> };

interface Source {
	readonly name: string;
	readonly trayFileId: number | null;
	/** @returns undefined if it cannot be read */
	readonly read: () => Promise<Bytes | undefined>;
}

/** Reads files of the workbench. */
type TrayReader = Pick<Workbench, 'readFile'>;

export class FileUpload {
	readonly #tray: TrayReader;
	readonly #diagnostician: Pick<Diagnostician, 'name'>;
	#chosen = $state.raw<Chosen>({ status: 'nothing' });
	/** The last choice wins, whichever file is read first. */
	#choices = 0;
	#checked = Promise.resolve();

	constructor(tray: TrayReader, diagnostician: Pick<Diagnostician, 'name'>) {
		this.#tray = tray;
		this.#diagnostician = diagnostician;
	}

	get chosen(): Chosen {
		return this.#chosen;
	}

	/** What would be sent, if anything. */
	get bytes(): Bytes | undefined {
		return this.#chosen.status === 'file' ? this.#chosen.bytes : undefined;
	}

	/** Whether a file has still to be chosen. */
	get isMissing(): boolean {
		return this.#chosen.status !== 'file' && this.#chosen.status !== 'checking';
	}

	/** Resolves when the last choice has been read and checked. */
	async settled(): Promise<void> {
		while (this.#chosen.status === 'checking') await this.#checked;
	}

	takeDiskFile(file: File): Promise<void> {
		// A huge file is never read whole: one byte too many is enough for the service to refuse it.
		const start = file.slice(0, LONGEST_UPLOAD_BYTES + 1);
		const read = async () => new Uint8Array(await start.arrayBuffer());
		return this.#take({ name: safeFileName(file.name), trayFileId: null, read });
	}

	takeTrayFile({ fileId, name }: TrayFile): Promise<void> {
		const read = async () => {
			const result = await this.#tray.readFile(fileId);
			return result.ok ? result.value : undefined;
		};
		return this.#take({ name, trayFileId: fileId, read });
	}

	clear(): void {
		this.#choices++;
		this.#chosen = { status: 'nothing' };
	}

	#take(source: Source): Promise<void> {
		const choice = ++this.#choices;
		this.#chosen = { status: 'checking', name: source.name };
		this.#checked = this.#check(source).then((chosen) => {
			if (choice === this.#choices) this.#chosen = chosen;
		});
		return this.#checked;
	}

	async #check(source: Source): Promise<Chosen> {
		const { name, trayFileId, read } = source;
		const bytes = await read().catch(() => undefined);
		if (!bytes) return { status: 'unreadable', name };
		try {
			const named = await this.#diagnostician.name(bytes);
			return isPrivateKey(named)
				? { status: 'privateKey', name }
				: { status: 'file', name, bytes, named, trayFileId };
		} catch {
			return { status: 'unchecked', name, again: () => this.#take(source) };
		}
	}
}
