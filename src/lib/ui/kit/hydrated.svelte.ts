/**
 * Prerendered pages know neither the time nor the visitor, and nothing on them answers yet: what depends on that waits
 * for this.
 */
export const hydrated = $state({ done: false });
