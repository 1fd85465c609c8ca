/** Live queries over a port: the page asks once and is told after every change, whichever context made it. */
import type { Tray } from '../customer/tray';
import type { Database } from '../storage/database';
import { observe } from '../storage/observe';
import { queries } from '../storage/queries';
import type { Watchable, WatchMessage } from './api';

export type Questions = {
	readonly [Name in keyof Watchable]: (
		...args: Watchable[Name]['args']
	) => Promise<Watchable[Name]['rows']>;
};

/** These are about a database that most visits never open. */
const LEARN_QUESTIONS = ['run', 'progress'] as const;
export type LearnQuestions = Pick<Questions, (typeof LEARN_QUESTIONS)[number]>;

export function isLearnQuestion(name: keyof Watchable): boolean {
	return LEARN_QUESTIONS.some((one) => one === name);
}

export function bindQueries(db: Database, tray: Tray): Omit<Questions, keyof LearnQuestions> {
	return {
		clock: () => queries.clock(db),
		settings: () => queries.settings(db),
		keys: (listing) => queries.keys(db, listing),
		keyCounts: () => queries.keyCounts(db),
		key: (keyId) => queries.key(db, keyId),
		importParameters: (keyId) => queries.importParameters(db, keyId),
		events: (filter, limit) => queries.events(db, filter, limit),
		upcoming: (limit) => queries.upcoming(db, limit),
		undoable: () => queries.undoable(db),
		files: () => tray.list()
	};
}

export async function watch<Name extends keyof Watchable>(
	questions: Partial<Questions>,
	name: Name,
	args: Watchable[Name]['args'],
	port: MessagePort
): Promise<void> {
	const tell = (message: WatchMessage<Watchable[Name]['rows']>) => {
		port.postMessage(message);
	};
	const question = questions[name];
	if (!question) throw new Error(`nobody answers ${name}`);
	const stop = await observe(
		() => question(...args),
		(rows) => {
			tell({ ok: true, rows });
		},
		(error) => {
			tell({ ok: false, message: String(error) });
		}
	);
	port.onmessage = () => {
		stop();
		port.close();
	};
}
