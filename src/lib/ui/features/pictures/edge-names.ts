/** What the state machine's parts are called. */
import { m } from '$lib/paraglide/messages';
import { stateName } from '$lib/ui/features/key-facts/state-names';
import type { Place } from './state-edges';

export function placeName(place: Place): string {
	if (place === 'created') return m.pictures_created();
	return place === 'gone' ? m.pictures_gone() : stateName(place);
}

/** @param by an operation, by the provider's name, or what the service does by itself */
export function actName(by: string): string {
	if (by === 'ExpireKeyMaterial') return m.pictures_expiry();
	return by === 'DeleteCmk' ? m.pictures_window_ends() : by;
}
