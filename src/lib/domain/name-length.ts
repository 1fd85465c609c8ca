/** Maximum code points of a shown or downloaded name. Separate from the rule for names, whose module is larger. */
export const LONGEST_NAME = 120;
