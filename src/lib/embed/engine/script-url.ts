/** The only place of an embed that turns an address into a script URL (Trusted Types). Its policy can be made once. */
declare global {
	/** The bundles of the frame have it in common. */
	var kmsEmbedScriptUrl: ((address: string) => string) | undefined;
}

const DATA = 'data:text/javascript;charset=utf-8,';

export const dataUrl = (source: string): string => DATA + encodeURIComponent(source);

/** The origin cannot be asked: a sandboxed frame has none, and its address is the same all the same. */
function createScriptURL(address: string): string {
	if (address.startsWith(DATA)) return address;
	const { href } = new URL(address, location.href);
	if (!href.startsWith(new URL('.', location.href).href))
		throw new TypeError('script URL not allowed: it is no file of the embed');
	return href;
}

function makeScriptUrl(): (address: string) => string {
	const policy = window.trustedTypes?.createPolicy('embed-script-url', { createScriptURL });
	// lib.dom types the sinks as taking strings; a TrustedScriptURL is what they need at run time
	return policy
		? (address) => policy.createScriptURL(address) as unknown as string
		: createScriptURL;
}

/** @param address of a file beside the page, or what `dataUrl` gives */
export function scriptUrl(address: string): string {
	return (globalThis.kmsEmbedScriptUrl ??= makeScriptUrl())(address);
}
