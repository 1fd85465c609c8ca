/**
 * How much a workspace file may hold. The check of an import has these bounds, and an export passes the same check, so that
 * no file is written here that cannot be read again.
 */

export const MOST_KEYS = 5000;
/** One for each CMK that holds material, and for bytes that wait for their removal. */
export const MOST_MATERIALS = 5000;
/** Each takes about 3 kB of the file. */
export const MOST_CALLS = 5000;
export const MOST_EVENTS = 50_000;
/** A file's number in the tray: the browser counts on from it. */
export const LARGEST_FILE_ID = 2 ** 31;

/** Work that is longer than this lets other calls in between, and can be stopped. */
export const LONGEST_SLICE_MS = 50;
