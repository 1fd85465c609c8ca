/** Small choices that outlive a visit. Where storage is blocked they last as long as the page. */
export function readStored(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

export function writeStored(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
	} catch {
		// blocked: the choice is kept in memory alone
	}
}
