/** What the terminal's worker offers to the page. */
import type { FileChanges, NamedFile } from '../customer/workbench';
import type { ShellResult } from './shell';

type LineResult = ShellResult & FileChanges;

export interface TerminalApi {
	/** Answers as soon as the worker runs. */
	ping(): Promise<void>;
	/** Loads OpenSSL. @returns whether the browser runs it */
	prepare(): Promise<boolean>;
	/** Takes a text apart into commands that can be run one after the other. */
	commandsOf(text: string): Promise<readonly string[]>;
	run(line: string, files: readonly NamedFile[]): Promise<LineResult>;
}
