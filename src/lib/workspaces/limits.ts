/**
 * The limits of a workspace file. Import and export use the same check, so that every exported file can be imported.
 */

export const MOST_KEYS = 5000;
/** One for each CMK with key material, and for key material that waits for its removal. */
export const MOST_MATERIALS = 5000;
/** Each needs about 3 kB in the file. */
export const MOST_CALLS = 5000;
export const MOST_EVENTS = 50_000;
/** The number of a file in the database. The browser continues counting from the highest one. */
export const LARGEST_FILE_ID = 2 ** 31;

/** Work that takes longer than this lets other calls run, and can be stopped. */
export const LONGEST_SLICE_MS = 50;
