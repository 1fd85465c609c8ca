/** What the goals look at, read from both parties' data at one time. */
import { sha256HexNow } from '../crypto/sha256';
import type { Tray } from '../customer/tray';
import type { EpochMs } from '../domain/time';
import type { Facts } from '../scenario/goals';
import type { Handles } from '../scenario/handles';
import type { Database } from '../storage/database';

/** As many digits as the log keeps of a digest. */
const DIGEST_DIGITS = 16;

/** What is known of the start since it was made. */
export interface StartOfRun {
	readonly startedAtMs: EpochMs;
	/** Position of the last event of the start state. */
	readonly startSequence: number;
	readonly handles: Handles;
	/** Whether the last answer to each question was right. */
	readonly answers: Readonly<Record<string, boolean>>;
}

export async function readFacts(db: Database, tray: Tray, start: StartOfRun): Promise<Facts> {
	const { startedAtMs, startSequence, handles, answers } = start;
	const [keys, events, files] = await Promise.all([
		db.keys.toArray(),
		db.events.where('sequence').above(startSequence).sortBy('sequence'),
		tray.list()
	]);
	return {
		...{ startedAtMs, keys, events, files, answers },
		keyIds: handles.keys,
		names: handles.names,
		blobDigests: Object.fromEntries(
			Object.entries(handles.blobs).map(([name, bytes]) => [
				name,
				sha256HexNow(bytes).slice(0, DIGEST_DIGITS)
			])
		)
	};
}
