import type { WorkbenchProblem } from '$lib/customer/workbench';
import { m } from '$lib/paraglide/messages';

const TEXT: Readonly<Record<WorkbenchProblem, () => string>> = {
	FileNotFound: m.workbench_problem_file_not_found,
	FileTooLarge: m.workbench_problem_file_too_large,
	FileEmpty: m.workbench_problem_file_empty,
	TrayFull: m.workbench_problem_tray_full,
	StorageFull: m.storage_full,
	NotAPublicKey: m.workbench_problem_not_a_public_key,
	TooLongToEncrypt: m.workbench_problem_too_long
};

export const problemText = (problem: WorkbenchProblem): string => TEXT[problem]();
