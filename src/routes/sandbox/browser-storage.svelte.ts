/** What the browser says about the storage of this origin. Older ones and plain HTTP say nothing. */

export type Persistence = 'persistent' | 'bestEffort' | 'unknown';

export class BrowserStorage {
	#usedBytes = $state<number>();
	#quotaBytes = $state<number>();
	#persistence = $state<Persistence | 'loading'>('loading');
	/** What the browser answered when it was asked to keep the data. */
	#answer = $state<'granted' | 'denied'>();
	#busy = $state(false);

	get usedBytes(): number | undefined {
		return this.#usedBytes;
	}

	get quotaBytes(): number | undefined {
		return this.#quotaBytes;
	}

	get persistence(): Persistence | 'loading' {
		return this.#persistence;
	}

	get answer(): 'granted' | 'denied' | undefined {
		return this.#answer;
	}

	get busy(): boolean {
		return this.#busy;
	}

	async measure(): Promise<void> {
		const storage = manager();
		try {
			const { usage, quota } = (await storage?.estimate()) ?? {};
			this.#usedBytes = usage;
			this.#quotaBytes = quota;
			const persisted = await storage?.persisted();
			this.#persistence =
				persisted === undefined ? 'unknown' : persisted ? 'persistent' : 'bestEffort';
		} catch {
			this.#persistence = 'unknown';
		}
	}

	/** May ask the reader, and take as long as they do. */
	async ask(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		this.#answer = undefined;
		try {
			this.#answer = (await manager()?.persist()) ? 'granted' : 'denied';
		} catch {
			this.#answer = 'denied';
		} finally {
			this.#busy = false;
		}
		await this.measure();
	}
}

function manager(): StorageManager | undefined {
	return navigator.storage;
}
