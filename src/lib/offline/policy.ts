/**
 * The parts of the content policy that a page cannot carry itself. A host should send them too (docs/hosting.md): the
 * service worker answers only from the second load on.
 */

/** A page's own policy does not reach the workers it starts: they follow the header of their own script. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** In a page's own policy this would be ignored. */
export const PAGE_POLICY = "frame-ancestors 'none'";
