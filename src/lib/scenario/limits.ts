/** How large a scenario may be. Apart from its schema, which few need and which weighs more than all else here. */

/** A scenario is text: nothing in it needs more. */
export const LONGEST_SCENARIO_BYTES = 256 * 1024;

/** In a start state, in a solution, in a prediction. */
export const MOST_ACTIONS = 80;
