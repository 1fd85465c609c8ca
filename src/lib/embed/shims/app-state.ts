/** Stands for `$app/state`: the place of the demo, readable as a rune in any of the frame's bundles. */
import { createSubscriber } from 'svelte/reactivity';
import { onAddress, readAddress } from './address';

const follow = createSubscriber(onAddress);

export const page = {
	/** As far as the console's parts look at it; `pathname` is what `resolve` gives. */
	get url() {
		follow();
		const href = readAddress();
		const [pathname = '', query = ''] = href.split('?');
		return {
			href,
			pathname,
			search: query && `?${query}`,
			searchParams: new URLSearchParams(query)
		};
	},
	get params(): Readonly<Record<string, string>> {
		const [, keyId] = /^#\/keys\/([\w-]+)/.exec(this.url.pathname) ?? [];
		return keyId === undefined || keyId === 'create' ? {} : { keyId };
	},
	state: {},
	status: 200,
	error: null
};
