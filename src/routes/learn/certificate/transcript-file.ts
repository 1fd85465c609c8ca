/** How the file of a transcript is called. */
export const TRANSCRIPT_ENDING = '.kms-progress.json';
