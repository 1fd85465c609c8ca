/** Checks of values that come from outside, made of small ones. Unknown members are refused. */
import { base64ToBytes, bytesToBase64 } from '../domain/bytes';

export type Check = (value: unknown) => boolean;

/** A check for every member of the type: one left out does not compile. */
type Shape<T> = { readonly [Name in keyof T]-?: Check };

/** @param optional members that may be missing */
export function object<T>(shape: Shape<T>, optional: readonly (keyof T)[] = []): Check {
	const checks = Object.entries<Check>(shape as Record<string, Check>);
	const known = new Set(checks.map(([name]) => name));
	return (value) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
		const members = new Map<string, unknown>(Object.entries(value));
		return (
			[...members.keys()].every((name) => known.has(name)) &&
			checks.every(([name, check]) =>
				members.has(name) ? check(members.get(name)) : optional.includes(name as keyof T)
			)
		);
	};
}

/** An object whose names are free. */
export function record(member: Check): Check {
	return (value) =>
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.values(value).every(member);
}

export function list(item: Check, longest = Infinity): Check {
	return (value) => Array.isArray(value) && value.length <= longest && value.every(item);
}

export function nullable(check: Check): Check {
	return (value) => value === null || check(value);
}

export function anyOf(...checks: readonly Check[]): Check {
	return (value) => checks.some((check) => check(value));
}

export function oneOf(allowed: readonly unknown[]): Check {
	return (value) => allowed.includes(value);
}

export function integer(least: number, most: number): Check {
	return (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

export function text(shortest: number, longest: number): Check {
	return (value) =>
		typeof value === 'string' && value.length >= shortest && value.length <= longest;
}

export function pattern(shape: RegExp): Check {
	return (value) => typeof value === 'string' && shape.test(value);
}

/** Base64 of so many bytes, in the one spelling that stands for them. */
export function base64(fewest: number, most = fewest): Check {
	return (value) => {
		if (typeof value !== 'string' || value.length > 4 * Math.ceil(most / 3)) return false;
		const bytes = base64ToBytes(value);
		return (
			bytes !== undefined &&
			bytes.length >= fewest &&
			bytes.length <= most &&
			bytesToBase64(bytes) === value
		);
	};
}
