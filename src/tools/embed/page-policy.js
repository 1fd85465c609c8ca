// The policies of the pages of the embed, written into each as a <meta>: what a host adds in headers can only take away.

/**
 * A data: worker inherits it, so the engine of an embed can reach nobody. `'self'` stands for the place of the page also where
 * the frame itself has no origin.
 */
export const PAGE_CSP = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data:",
	"connect-src 'none'",
	"worker-src 'self' data:",
	"base-uri 'none'",
	"form-action 'none'",
	"object-src 'none'",
	"require-trusted-types-for 'script'",
	'trusted-types svelte-trusted-html embed-script-url'
].join('; ');

/** Text and a picture. */
export const TRANSCRIPT_CSP =
	"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";
