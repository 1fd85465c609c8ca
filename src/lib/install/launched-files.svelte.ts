/** Files that the operating system opened the app with, until a page takes them. Nothing of them was read yet. */
class LaunchedFiles {
	#waiting = $state.raw<readonly File[]>([]);

	get waiting(): boolean {
		return this.#waiting.length > 0;
	}

	add(files: readonly File[]): void {
		this.#waiting = [...this.#waiting, ...files];
	}

	take(): File | undefined {
		const [file, ...others] = this.#waiting;
		this.#waiting = others;
		return file;
	}
}

export const launchedFiles = new LaunchedFiles();
