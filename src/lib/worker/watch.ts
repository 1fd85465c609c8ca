/** Live queries through a port: the page asks once and gets a result after every change, in any context. */
import type { Database } from '../storage/database';
import { observe } from '../storage/observe';
import { queries } from '../storage/queries';
import type { Watchable, WatchMessage } from './api';

export type Questions = {
	readonly [Name in keyof Watchable]: (
		...args: Watchable[Name]['args']
	) => Promise<Watchable[Name]['rows']>;
};

/** Queries on databases that the first list does not need. */
const LEARN_QUESTIONS = ['run', 'progress'] as const;
export type LearnQuestions = Pick<Questions, (typeof LEARN_QUESTIONS)[number]>;

export function isLearnQuestion(name: keyof Watchable): boolean {
	return LEARN_QUESTIONS.some((one) => one === name);
}

type ServiceQuestions = Pick<Questions, keyof typeof queries>;

export function bindQueries(db: Database): ServiceQuestions {
	const asked = Object.entries(queries).map(([name, query]) => [
		name,
		(...args: unknown[]) => (query as (db: Database, ...args: unknown[]) => unknown)(db, ...args)
	]);
	return Object.fromEntries(asked) as ServiceQuestions;
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
