/** Why a line was not run. */
import { m } from '$lib/paraglide/messages';
import { LONGEST_INPUT, MOST_NESTED } from '$lib/terminal/limits';
import type { ShellResult } from '$lib/terminal/shell';

export function problemText({ kind, at }: NonNullable<ShellResult['problem']>): string {
	if (kind === 'TooLong') return m.terminal_too_long({ most: LONGEST_INPUT });
	if (kind === 'TooDeep') return m.terminal_too_deep({ most: MOST_NESTED });
	if (kind === 'Unsupported') return m.terminal_unsupported({ what: at });
	return m.terminal_syntax({ what: at === 'newline' ? m.terminal_syntax_end() : at });
}
