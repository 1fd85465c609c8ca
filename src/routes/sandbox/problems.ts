/** What each problem means, and what to do about it. */
import { m } from '$lib/paraglide/messages';
import { MOST_CALLS, MOST_EVENTS, MOST_KEYS } from '$lib/workspaces/limits';
import {
	LONGEST_WORKSPACE_FILE_BYTES,
	LONGEST_WORKSPACE_NAME,
	MOST_WORKSPACES,
	type WorkspaceProblem
} from '$lib/workspaces/workspaces';
import { sizeText } from '$lib/ui/kit/sizes';

const TEXTS: Readonly<Record<WorkspaceProblem, () => string>> = {
	NameInvalid: () => m.sandbox_problem_name_invalid({ longest: LONGEST_WORKSPACE_NAME }),
	NameTaken: () => m.sandbox_problem_name_taken(),
	TooMany: () => m.sandbox_problem_too_many({ most: MOST_WORKSPACES }),
	InUse: () => m.sandbox_problem_in_use(),
	NotFound: () => m.sandbox_problem_not_found(),
	FileTooLarge: () =>
		m.sandbox_problem_file_too_large({ most: sizeText(LONGEST_WORKSPACE_FILE_BYTES) }),
	NotAWorkspace: () => m.sandbox_problem_not_a_workspace(),
	NewerVersion: () => m.sandbox_problem_newer_version(),
	Damaged: () => m.sandbox_problem_damaged(),
	Inconsistent: () => m.sandbox_problem_inconsistent(),
	TooManyRows: () =>
		m.sandbox_problem_too_many_rows({ calls: MOST_CALLS, events: MOST_EVENTS, keys: MOST_KEYS }),
	Stopped: () => m.sandbox_problem_stopped(),
	StorageFull: () => m.sandbox_problem_storage_full(),
	NotStored: () => m.sandbox_problem_not_stored()
};

/** @param at where in the file, as `keys[3].alias` */
export function problemText(problem: WorkspaceProblem, at?: string): string {
	const text = TEXTS[problem]();
	return at === undefined || at === '' ? text : `${text} ${m.sandbox_problem_at({ place: at })}`;
}

/** An export meets some of them for other reasons than an import. */
export function exportProblemText(problem: WorkspaceProblem): string {
	if (problem === 'FileTooLarge')
		return m.sandbox_export_too_large({ most: sizeText(LONGEST_WORKSPACE_FILE_BYTES) });
	return problem === 'NewerVersion' ? m.sandbox_export_newer() : problemText(problem);
}

/** Those that another name solves. */
export function isNameProblem(problem: WorkspaceProblem | undefined): boolean {
	return problem === 'NameInvalid' || problem === 'NameTaken';
}
