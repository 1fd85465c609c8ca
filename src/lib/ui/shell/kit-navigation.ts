/** SvelteKit's navigation, for the parts that know only the kit's. */
import { afterNavigate, goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import type { Navigation } from '../kit/navigation';

export const kitNavigation: Navigation = {
	href: resolve,
	go: goto,
	current: page,
	onNavigate: (tell) => {
		afterNavigate(({ type }) => {
			tell(type);
		});
	}
};
