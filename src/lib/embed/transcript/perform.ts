/** A scenario done once by nobody, for what its transcript says: names, lengths, and how all stands at the end. */
import { settle, type KeyRecord } from '../../domain/key';
import type { EpochMs } from '../../domain/time';
import { openMemorySandbox, type MemorySandbox } from '../../learn/memory-sandbox';
import { nowOf, seededParties, setStage } from '../../learn/stage';
import type { Scenario } from '../../scenario/format';
import type { Names } from '../../scenario/names';
import { performAll } from '../../scenario/perform';

/** Follows from the scenario alone. No bytes: those of wrapping keys and tokens are drawn anew by every run. */
export interface Performed {
	readonly names: Names;
	/** In bytes, of every file that was there at the start or is there at the end, by its name. */
	readonly lengths: Readonly<Record<string, number>>;
	/** The CMKs at the end, oldest first. */
	readonly keys: readonly KeyRecord[];
	/** The files at the end, oldest first. */
	readonly files: readonly string[];
}

/**
 * @param keyPairs handed out to every sandbox, to save time: nothing of them is in the outcome
 * @throws {UnexpectedAnswer} when the engine answers otherwise than the scenario says
 */
export async function performScenario(
	scenario: Scenario,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<Performed> {
	const { seed, solution, clock } = scenario;
	const startsAtMs = Date.parse(clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const stage = await setStage(sandbox, scenario, seed);
		const atStart = await sandbox.tray.list();
		const parties = seededParties(sandbox, seed, 'solution');
		const { handles } = await performAll(parties, solution, stage.handles);
		const atEnd = await sandbox.tray.list();
		const lengths = [...atStart, ...atEnd].map(({ name, lengthBytes }) => [name, lengthBytes]);
		return {
			names: handles.names,
			lengths: Object.fromEntries(lengths) as Record<string, number>,
			keys: settled(await sandbox.store.db.keys.toArray(), await nowOf(sandbox)),
			files: atEnd.map(({ name }) => name).reverse()
		};
	} finally {
		sandbox.close();
	}
}

function settled(records: readonly KeyRecord[], nowMs: EpochMs): KeyRecord[] {
	return records
		.flatMap((record) => settle(record, nowMs) ?? [])
		.sort((a, b) => a.createdAtMs - b.createdAtMs || (a.keyId < b.keyId ? -1 : 1));
}
