/** What workspaces are called on the page. */
import { displayName } from '$lib/domain/display-name';
import { m } from '$lib/paraglide/messages';
import {
	FIRST_WORKSPACE_NAME,
	LONGEST_WORKSPACE_NAME,
	WORKSPACE_FILE_ENDING,
	type Workspace
} from '$lib/workspaces/workspaces';

/** The first one has a name in every language until it is renamed. */
export function workspaceName({ name }: Workspace): string {
	return name === FIRST_WORKSPACE_NAME ? m.sandbox_first_workspace() : name;
}

/** @returns the wanted name, with a number behind it when it is taken */
export function freeName(wanted: string, taken: readonly Workspace[]): string {
	const names = taken.flatMap((one) => [one.name, workspaceName(one)]);
	const isTaken = (name: string) => names.some((one) => one.toLowerCase() === name.toLowerCase());
	const stem = displayName(wanted, LONGEST_WORKSPACE_NAME - 3);
	let name = stem;
	for (let number = 2; isTaken(name); number++) name = `${stem} ${String(number)}`;
	return name;
}

/** What a file was most likely exported from: its name without the ending and without a browser's "(1)". */
export function nameOfFile(fileName: string): string {
	const ending = fileName.toLowerCase().endsWith(WORKSPACE_FILE_ENDING);
	const stem = ending ? fileName.slice(0, -WORKSPACE_FILE_ENDING.length) : fileName;
	return stem.replace(/ ?\(\d+\)$/, '');
}
