/**
 * What an author has begun, for as long as the tab lives: the way from the page to the console and back may load the page
 * anew.
 */
import { readInTab, writeInTab } from '../../kit/stored';

const RECORDING = 'author-recording';
const DRAFT = 'author-draft';

export interface Recording {
	/** Positions in a log mean nothing in another workspace. */
	readonly workspaceId: string;
	/** The last event that belongs to the start state. */
	readonly afterSequence: number;
}

export function readRecording(): Recording | undefined {
	const stored = readInTab(RECORDING);
	const [, workspaceId, sequence] = /^([\w-]+) (\d+)$/.exec(stored ?? '') ?? [];
	return workspaceId === undefined ? undefined : { workspaceId, afterSequence: Number(sequence) };
}

export function writeRecording(recording: Recording | undefined): void {
	writeInTab(RECORDING, recording && `${recording.workspaceId} ${String(recording.afterSequence)}`);
}

/** @returns the text of the draft as it was last, valid or not */
export function readDraft(): string | undefined {
	return readInTab(DRAFT) ?? undefined;
}

export function writeDraft(text: string | undefined): void {
	writeInTab(DRAFT, text);
}
