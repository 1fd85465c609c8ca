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

/** The same for what outlives loading the page anew, in this tab alone. */
export function readInTab(key: string): string | null {
	try {
		return sessionStorage.getItem(key);
	} catch {
		return null;
	}
}

/** @param value undefined: nothing is kept any more */
export function writeInTab(key: string, value: string | undefined): void {
	try {
		if (value === undefined) sessionStorage.removeItem(key);
		else sessionStorage.setItem(key, value);
	} catch {
		// blocked or full
	}
}
