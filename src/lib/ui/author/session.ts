/**
 * What an author has begun, for as long as the tab lives: the way from the page to the console and back may load the page
 * anew.
 */
const RECORDING = 'author-recording';
const DRAFT = 'author-draft';

export interface Recording {
	/** Positions in a log mean nothing in another workspace. */
	readonly workspaceId: string;
	/** The last event that belongs to the start state. */
	readonly afterSequence: number;
}

export function readRecording(): Recording | undefined {
	const stored = read(RECORDING);
	const [, workspaceId, sequence] = /^([\w-]+) (\d+)$/.exec(stored ?? '') ?? [];
	return workspaceId === undefined ? undefined : { workspaceId, afterSequence: Number(sequence) };
}

export function writeRecording(recording: Recording | undefined): void {
	write(RECORDING, recording && `${recording.workspaceId} ${String(recording.afterSequence)}`);
}

/** @returns the text of the draft as it was last, valid or not */
export function readDraft(): string | undefined {
	return read(DRAFT) ?? undefined;
}

export function writeDraft(text: string | undefined): void {
	write(DRAFT, text);
}

function read(key: string): string | null {
	try {
		return sessionStorage.getItem(key);
	} catch {
		return null;
	}
}

function write(key: string, value: string | undefined): void {
	try {
		if (value === undefined) sessionStorage.removeItem(key);
		else sessionStorage.setItem(key, value);
	} catch {
		// blocked or full: it lasts as long as the page
	}
}
