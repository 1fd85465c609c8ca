/** A finished run, in a form that anyone can replay. */
import { sha256HexNow } from '../crypto/sha256';
import type { Tray } from '../customer/tray';
import { isWrappingAlgorithm } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { AuditEvent } from '../domain/events';
import type { EpochMs } from '../domain/time';
import { scenarioDigest } from '../scenario/digest';
import type { Action } from '../scenario/format';
import type { Handles } from '../scenario/handles';
import { materialsOf, recordActions, type Known, type KnownCall } from '../scenario/record';
import type { Database } from '../storage/database';
import { queries } from '../storage/queries';
import type { Completion } from './learn';
import { mistakesOf, type RunRow } from './learn-database';
import { MOST_RECORDED_ACTIONS } from './progress-file';
import { settingsOf } from './stage';

/** The number of hexadecimal characters that the log keeps of a digest. */
const logDigest = (bytes: Bytes): string => sha256HexNow(bytes).slice(0, 16);

/** The handles that a start state has created, with the values in the log. */
function knownOf({ handles, scenario }: RunRow, startEvents: readonly AuditEvent[]): Known {
	const entries = <T, U>(
		all: Readonly<Record<string, T>>,
		make: (name: string, one: T) => [string, U]
	) => Object.fromEntries(Object.entries(all).map(([name, one]) => make(name, one)));
	return {
		keys: entries(handles.keys, (name, keyId) => [keyId, name]),
		calls: callsOf(handles, startEvents),
		blobs: entries(handles.blobs, (name, bytes) => [logDigest(bytes), name]),
		materials: materialsOf(scenario.start)
	};
}

/** The log has the token that the service issued for each call. */
function callsOf({ calls }: Handles, startEvents: readonly AuditEvent[]): KnownCall[] {
	return Object.entries(calls).flatMap(([name, { keyId, importToken }]) => {
		const digest = logDigest(importToken);
		const event = startEvents.find(({ operation, response }) => {
			const token = response['importToken'];
			const found = typeof token === 'object' ? token['sha256'] : undefined;
			return operation === 'GetParametersForImport' && found === digest;
		});
		const algorithm = event?.request['wrappingAlgorithm'];
		return event && isWrappingAlgorithm(algorithm)
			? [{ name, keyId, algorithm, issuedAtMs: event.atMs }]
			: [];
	});
}

export async function completionOf(
	run: RunRow,
	finishedAtMs: EpochMs,
	/** Sandbox time. */
	nowMs: EpochMs,
	db: Database,
	tray: Tray
): Promise<Completion> {
	const { scenario, seed, hints, solutionShown, answers, startSequence, startedAtMs } = run;
	const [all, files, { reimport, removal }] = await Promise.all([
		db.events.orderBy('sequence').toArray(),
		tray.list(),
		queries.settings(db)
	]);
	const given = settingsOf(scenario);
	const isChanged = reimport !== given.reimport || removal !== given.removal;
	const startEvents = all.filter(({ sequence }) => sequence <= startSequence);
	const events = all.slice(startEvents.length);
	const recorded = recordActions(events, knownOf(run, startEvents), startedAtMs, nowMs);
	const answered = Object.entries(answers).map(([question, { choice }]): Action => ({
		do: 'Answer',
		question,
		choice
	}));
	return {
		scenarioId: scenario.id,
		kind: scenario.kind,
		scenarioSha256: scenarioDigest(scenario),
		seed,
		credit: !solutionShown,
		hints,
		mistakes: mistakesOf(run),
		begunAtMs: run.begunAtMs,
		finishedAtMs,
		// a goal that was reached early is reached without the end of the log, but never without its answer
		actions: [...recorded.slice(0, MOST_RECORDED_ACTIONS - answered.length), ...answered],
		files: files.map(({ name, lengthBytes }) => ({ name, lengthBytes })),
		...(isChanged && { settings: { reimport, removal } })
	};
}
