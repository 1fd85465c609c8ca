/** The limits of a terminal. Everything that grows with the input has one of these limits. */

/** One typed or pasted input, in UTF-16 code units. */
export const LONGEST_INPUT = 65_536;
/** Lines of one command: each new line reads the command again from its start. */
export const MOST_LINES_OF_A_COMMAND = 500;
/** Groups and substitutions inside each other. */
export const MOST_NESTED = 20;
/** The arguments of one command, each with a zero byte at its end, as ARG_MAX counts; and the output of one substitution. */
export const LONGEST_ARGUMENTS = 131_072;
export const LONGEST_FILE_BYTES = 1024 * 1024;
/** The workbench holds at most 6.5 MB. */
export const DISK_BYTES = 8 * 1024 * 1024;
/** More than the workbench holds, because a line may remove files that it has created. */
export const MOST_FILES = 200;
/** The output of one command to a pipe, the screen or a file. */
export const LONGEST_STREAM_BYTES = 1024 * 1024;
/** The screen output of one line, in bytes of both streams. */
export const LONGEST_SCREEN_BYTES = 1024 * 1024;

/** The total output that the page keeps, in UTF-16 code units. The oldest output is removed first. */
export const LONGEST_OUTPUT = 20_000;
export const LONGEST_SCROLL_BACK = 400_000;
export const LONGEST_HISTORY = 200_000;
/** Lines of the scroll-back and of the history. */
export const MOST_ENTRIES = 200;

/** As strerror(3) says it. */
export const FILE_TOO_LARGE = 'File too large';
export const NO_SPACE = 'No space left on device';
export const TOO_MANY_ARGUMENTS = 'Argument list too long';
