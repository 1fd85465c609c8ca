/** Replaces `$app/state`: the place of the demo as a rune, for every bundle of the frame. */
import { createSubscriber } from 'svelte/reactivity';
import { onAddress, readAddress } from './address';

const follow = createSubscriber(onAddress);

export const page = {
	/** Only the fields that the console's components read; `pathname` is the result of `resolve`. */
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
