/** How much a terminal may hold. Everything that grows with what is typed stops at one of these. */

/** What is typed or pasted at once, in UTF-16 code units. */
export const LONGEST_INPUT = 65_536;
/** Lines of one command: each new line reads the command again from its start. */
export const MOST_LINES_OF_A_COMMAND = 500;
/** Arguments of one command with a zero byte behind each, as ARG_MAX counts them. */
export const LONGEST_ARGUMENTS = 131_072;
export const LONGEST_FILE_BYTES = 1024 * 1024;
/** A full tray is 6.5 MB. */
export const DISK_BYTES = 8 * 1024 * 1024;
/** More than the tray keeps: a line may remove what it made. */
export const MOST_FILES = 200;
/** What one command writes, to a pipe, to the screen or to a file. */
export const LONGEST_STREAM_BYTES = 1024 * 1024;
/** What one line shows, in bytes of both streams. */
export const LONGEST_SCREEN_BYTES = 1024 * 1024;

/** What the page keeps of it all: the oldest goes first. In UTF-16 code units. */
export const LONGEST_OUTPUT = 20_000;
export const LONGEST_SCROLL_BACK = 400_000;
export const LONGEST_HISTORY = 200_000;
/** Lines of the scroll-back and of the history. */
export const MOST_ENTRIES = 200;

/** As strerror(3) says it. */
export const FILE_TOO_LARGE = 'File too large';
export const NO_SPACE = 'No space left on device';
export const TOO_MANY_ARGUMENTS = 'Argument list too long';
