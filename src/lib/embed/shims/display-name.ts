/**
 * Names of files in the frame as they are. The engine makes them safe before it keeps or returns any, so here only the
 * visitor's own choice of a file is shown before that.
 */
export const safeFileName = (name: string): string => name;
