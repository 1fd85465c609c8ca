/** The file chosen for one upload field, from disk or from the workbench. A private key is never kept. */
import type { TrayFile, Workbench } from '$lib/customer/workbench';
import type { Diagnostician, NamedFile } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { safeFileName } from '$lib/domain/display-name';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { checkFile } from '$lib/ui/features/refusals/private-key';
import { readStart } from '$lib/ui/kit/read-start';

interface ChosenFile {
	readonly name: string;
	/** null: of the disk. */
	readonly trayFileId: number | null;
}

export type Chosen =
	| typeof NOTHING
	| (ChosenFile &
			(
				| {
						readonly status: 'file';
						/** As the service will see them; of a file that is too large one byte more than it takes. */
						readonly bytes: Bytes;
						readonly named: NamedFile;
				  }
				/** What checks a file is loaded with the first one. */
				| { readonly status: 'checking' | 'privateKey' | 'unreadable' }
				/** What checks a file could not be loaded. */
				| { readonly status: 'unchecked'; readonly again: () => Promise<void> }
			));

const NOTHING = { status: 'nothing', trayFileId: null } as const;

/** undefined: it cannot be read. */
type Read = () => Promise<Bytes | undefined>;

/** Reads files of the workbench. */
type TrayReader = Pick<Workbench, 'readFile'>;

export class FileUpload {
	readonly #tray: TrayReader;
	readonly #diagnostician: Pick<Diagnostician, 'name'>;
	#chosen = $state.raw<Chosen>(NOTHING);
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
		return this.#take({ name: safeFileName(file.name), trayFileId: null }, () =>
			readStart(file, LONGEST_UPLOAD_BYTES)
		);
	}

	takeTrayFile({ fileId, name }: TrayFile): Promise<void> {
		return this.#take({ name, trayFileId: fileId }, async () => {
			const result = await this.#tray.readFile(fileId);
			return result.ok ? result.value : undefined;
		});
	}

	clear(): void {
		this.#choices++;
		this.#chosen = NOTHING;
	}

	/** @throws a defect of the check, to the shell; nothing is chosen then */
	#take(file: ChosenFile, read: Read): Promise<void> {
		const choice = ++this.#choices;
		const end = (chosen: Chosen) => {
			if (choice === this.#choices) this.#chosen = chosen;
		};
		end({ ...file, status: 'checking' });
		const taken = this.#check(file, read).then(end, (defect: unknown) => {
			end(NOTHING);
			throw defect;
		});
		this.#checked = taken.catch(() => undefined);
		return taken;
	}

	async #check(file: ChosenFile, read: Read): Promise<Chosen> {
		const bytes = await read();
		if (!bytes) return { ...file, status: 'unreadable' };
		const checked = await checkFile(bytes, this.#diagnostician);
		return checked.status === 'unchecked'
			? { ...checked, ...file, again: () => this.#take(file, read) }
			: { ...checked, ...file };
	}
}
