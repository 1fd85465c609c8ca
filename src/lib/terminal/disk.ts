/** The terminal's only folder: flat, like the workbench's files, and of limited size. */
import type { Bytes } from '../domain/bytes';
import { DISK_BYTES, FILE_TOO_LARGE, LONGEST_FILE_BYTES, MOST_FILES, NO_SPACE } from './limits';

/** A command reads files as from a map, and writes only through `write`. */
export interface Files {
	readonly size: number;
	get(name: string): Bytes | undefined;
	has(name: string): boolean;
	keys(): IterableIterator<string>;
	[Symbol.iterator](): IterableIterator<[string, Bytes]>;
	delete(name: string): boolean;
	/** Writes as much as there is space for. @returns why the rest was not written */
	write(name: string, bytes: Bytes): string | undefined;
	/** Renames a file. */
	rename(from: string, to: string): void;
}

/** @param files the files at the start; this map is changed */
export function createDisk(files: Map<string, Bytes>): Files {
	let used = 0;
	for (const bytes of files.values()) used += bytes.length;

	function put(name: string, bytes: Bytes): void {
		used += bytes.length - (files.get(name)?.length ?? 0);
		files.set(name, bytes);
	}

	function remove(name: string): boolean {
		used -= files.get(name)?.length ?? 0;
		return files.delete(name);
	}

	return {
		get size() {
			return files.size;
		},
		get: (name) => files.get(name),
		has: (name) => files.has(name),
		keys: () => files.keys(),
		[Symbol.iterator]: () => files[Symbol.iterator](),
		delete: remove,
		write: (name, bytes) => {
			const before = files.get(name);
			if (before === undefined && files.size >= MOST_FILES) return NO_SPACE;
			const room = DISK_BYTES - used + (before?.length ?? 0);
			const most = Math.max(0, Math.min(LONGEST_FILE_BYTES, room));
			put(name, bytes.length > most ? bytes.slice(0, most) : bytes);
			if (bytes.length <= most) return undefined;
			return bytes.length > LONGEST_FILE_BYTES ? FILE_TOO_LARGE : NO_SPACE;
		},
		rename: (from, to) => {
			const bytes = files.get(from);
			if (bytes === undefined) return;
			remove(from);
			put(to, bytes);
		}
	};
}
