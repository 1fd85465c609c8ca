/** Where a step is done: pages of the console by the names that scenario files have for them. */
import { href } from '$lib/ui/kit/navigation';
import type { ResolvedPathname } from '$app/types';
import type { RunView } from '$lib/learn/learn';
import { m } from '$lib/paraglide/messages';
import type { Step } from '$lib/scenario/format';

type PageName = NonNullable<Step['page']>;

const TITLES: Readonly<Record<PageName, () => string>> = {
	keys: m.shell_customer_managed_keys,
	create: m.keys_create,
	key: m.keys_detail_title,
	parameters: m.parameters_title,
	import: m.import_title,
	audit: m.audit_nav_log,
	sandbox: m.audit_nav_sandbox
};

export interface StepPage {
	readonly title: string;
	readonly href: ResolvedPathname;
}

/** @returns undefined where a step is not done on a page of its own */
export function pageOfStep({ page, key }: Step, { run, facts }: RunView): StepPage | undefined {
	if (page === undefined) return undefined;
	const title = TITLES[page]();
	switch (page) {
		case 'keys':
			return { title, href: href('/keys') };
		case 'create':
			return { title, href: href('/keys/create') };
		case 'audit':
			return { title, href: href('/audit') };
		case 'sandbox':
			return { title, href: href('/sandbox') };
		default: {
			const keyId = key === undefined ? newestKeyId(facts) : run.keyIds[key];
			// before there is a CMK the list says what to do
			if (keyId === undefined)
				return { title: m.shell_customer_managed_keys(), href: href('/keys') };
			return { title, href: pageOfKey(page, keyId) };
		}
	}
}

function pageOfKey(page: 'key' | 'parameters' | 'import', keyId: string): ResolvedPathname {
	if (page === 'key') return href('/keys/[keyId]', { keyId });
	return page === 'parameters'
		? href('/keys/[keyId]/parameters', { keyId })
		: href('/keys/[keyId]/import', { keyId });
}

/** Of the CMKs of the learner's own the one made last. */
function newestKeyId({ keys }: RunView['facts']): string | undefined {
	return keys.toSorted((a, b) => b.createdAtMs - a.createdAtMs)[0]?.keyId;
}
