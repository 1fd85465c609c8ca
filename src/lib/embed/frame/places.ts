/** The places of a demo, and the part shown at each place. The addresses are the console's, with a few more. */
import type { Part } from '../parameters';

/** What can be shown: a part, the list of CMKs, or the audit log. */
export type Shown = Exclude<Part, 'guide'> | 'keys' | 'log';

export interface Place {
	readonly shown: Shown;
	/** The CMK that is shown. */
	readonly keyId?: string;
}

const LAST_OF_ADDRESS = {
	parameters: 'parameters',
	import: 'upload',
	encrypt: 'encrypt',
	use: 'use'
} as const;
/** An ID needs no escapes, so it is not decoded. */
const OF_KEY = /^#\/keys\/([\w-]+)(?:\/(parameters|import|encrypt|use))?/;

/** @param pathname as the router has it, from `#` on */
export function placeOf(pathname: string): Place {
	if (pathname.startsWith('#/keys/create')) return { shown: 'create' };
	const [, keyId, last] = OF_KEY.exec(pathname) ?? [];
	if (keyId !== undefined)
		return {
			shown: last === undefined ? 'expiry' : LAST_OF_ADDRESS[last as keyof typeof LAST_OF_ADDRESS],
			keyId
		};
	if (pathname.startsWith('#/audit')) return { shown: 'log' };
	return { shown: pathname.startsWith('#/sandbox') ? 'expiry' : 'keys' };
}

/** @param keyId absent if no CMK exists yet: then every place except creating a CMK leads to the list */
export function hrefOf(shown: Shown, keyId: string | undefined): string {
	if (shown === 'create') return '#/keys/create';
	if (shown === 'log') return '#/audit';
	if (shown === 'keys' || keyId === undefined) return '#/keys';
	const key = `#/keys/${encodeURIComponent(keyId)}`;
	if (shown === 'expiry') return key;
	return `${key}/${shown === 'upload' ? 'import' : shown}`;
}
