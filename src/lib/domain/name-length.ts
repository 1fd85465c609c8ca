/** Most code points of a name that is shown or downloaded. Apart from the rule for names, which is larger. */
export const LONGEST_NAME = 120;
