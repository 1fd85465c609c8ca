/** Texts in the frame as they are: `reader.ts` has cleaned what came from outside. */
export const displayText = (text: string): string => text;
