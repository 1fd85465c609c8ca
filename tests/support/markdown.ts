/** Pages of `docs/` that are written from data. */
import { format } from 'prettier';

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** @param parts one for each block */
export const page = (...parts: readonly string[]): Promise<string> =>
	format(parts.join('\n\n'), { parser: 'markdown' });
