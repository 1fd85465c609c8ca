/** Completes the word before the cursor: a command where one is expected, else the name of a file. Pure. */

export interface Completed {
	/** The line, with what all candidates have in common added. */
	readonly line: string;
	/** More than one: the word stands for several. */
	readonly candidates: readonly string[];
}

/** @param before the line up to the cursor */
export function complete(
	before: string,
	commands: readonly string[],
	files: readonly string[]
): Completed {
	const word = before.split(/[\s|;&<>'"]/).at(-1) ?? '';
	const head = before.slice(0, before.length - word.length);
	const isCommand = /(?:^|[|;&])\s*$/.test(head);
	const known = isCommand ? commands : files;
	const candidates = known.filter((name) => name.startsWith(word)).sort();
	const [first] = candidates;
	if (first === undefined || word === '')
		return { line: before, candidates: word === '' ? [] : [] };
	if (candidates.length === 1) return { line: `${head}${quote(first)} `, candidates };
	return { line: head + commonStart(candidates), candidates };
}

/** Names that a shell would take apart. */
const quote = (name: string): string => (/^[\w./-]+$/.test(name) ? name : `'${name}'`);

function commonStart(names: readonly string[]): string {
	const [first = '', ...rest] = names;
	let length = first.length;
	for (const name of rest) while (!name.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}
