/**
 * Who may frame an embed, looked at from inside. The host's header says it first; here it holds also where a host sends
 * no headers, in browsers that tell a frame who is around it.
 */

/** The name of the `<meta>` in an embed's page that holds the allow-list: origins with spaces between them. */
export const ALLOW_LIST = 'embed-ancestors';

export interface Surroundings {
	/** `location.ancestorOrigins`, nearest first; absent where the browser does not tell. */
	readonly ancestorOrigins?: ArrayLike<string> | undefined;
	/** `location.origin`: of the address, also in a sandboxed frame. */
	readonly origin: string;
}

/**
 * @param allowList the content of the `<meta>`; absent or empty: everybody may
 * @returns false: one of the pages around this one is not allowed to frame it
 */
export function mayBeFramed(
	allowList: string | null | undefined,
	{ ancestorOrigins, origin }: Surroundings
): boolean {
	const allowed = (allowList ?? '').split(/\s+/).filter(Boolean);
	if (allowed.length === 0 || !ancestorOrigins) return true;
	// the console shows a preview
	return Array.from(ancestorOrigins).every((one) => one === origin || allowed.includes(one));
}
