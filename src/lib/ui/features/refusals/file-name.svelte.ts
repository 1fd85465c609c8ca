/** What a file is, in the words of the diagnosis. There are many, so that they are loaded for the first file that has a name. */
import type { NamedFile } from '$lib/diagnosis/diagnosis';
import type { nameFile } from '$lib/ui/features/key-facts/file-kinds';

let words = $state.raw<typeof nameFile>();

/** @returns undefined if nothing was recognised, and until the words are loaded */
export function fileName(named: NamedFile): string | undefined {
	if (!isRecognised(named)) return undefined;
	if (!words) void load();
	return words?.(named);
}

async function load(): Promise<void> {
	// without them the page says what it saw
	const loaded = await import('$lib/ui/features/key-facts/file-kinds').catch(() => undefined);
	words = loaded?.nameFile;
}

const isRecognised = ({ layers, content }: NamedFile): boolean =>
	layers.length > 0 || (content !== 'plainText' && content !== 'otherBytes');
