/** Apart from the format, whose schema is heavy. */

/** In a start state, in a solution, in a prediction. */
export const MOST_ACTIONS = 80;
