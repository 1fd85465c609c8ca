/** Prerendered pages know neither the time nor the visitor: what depends on them waits for this. */
export const hydrated = $state({ done: false });
