/** How a list of CMKs is asked for: by the operation ListKeys and by the console's table. */
import type { KeyOrigin, KeyRecord, KeyState } from './key';

/** A CMK without alias comes after those with one, material that never expires after all that does. */
export const KEY_ORDERS = ['created', 'alias', 'expiry'] as const;
export type KeyOrder = (typeof KEY_ORDERS)[number];

export interface KeyListing {
	/** Only CMKs in this state. */
	readonly state?: KeyState;
	readonly origin?: KeyOrigin;
	/** Only CMKs with this text in their alias or their ID, in any case. Not combined with a position. */
	readonly search?: string;
	readonly order: KeyOrder;
	readonly descending: boolean;
	/** Go on behind this position, or before it. */
	readonly after?: KeyPosition;
	readonly before?: KeyPosition;
	readonly limit: number;
}

/** The place of one CMK in an order: its value there, and its id where values are equal. */
export type KeyPosition = readonly [value: number | string, keyId: string];

export interface KeyPage {
	readonly keys: readonly KeyRecord[];
	/** Whether there are more before the first and behind the last of them. */
	readonly hasBefore: boolean;
	readonly hasAfter: boolean;
}

export function positionOf(key: KeyRecord, order: KeyOrder): KeyPosition {
	return [ORDER_VALUE[order](key), key.keyId];
}

const ORDER_VALUE: Readonly<Record<KeyOrder, (key: KeyRecord) => number | string>> = {
	created: (key) => key.createdAtMs,
	alias: (key) => aliasOrder(key.alias),
	expiry: (key) => key.material?.expiresAtMs ?? Infinity
};

/** @returns what an alias is sorted and searched by: letters without their case, and no alias behind every other */
export function aliasOrder(alias: string | null): string {
	return alias?.toLowerCase() ?? '\uffff';
}
