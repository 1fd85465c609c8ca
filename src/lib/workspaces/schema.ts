/**
 * Checks of untrusted values, combined from small checks. Unknown fields are refused. A list and a record require an upper
 * bound as a parameter.
 */
import { base64ToBytes, bytesToBase64 } from '../domain/bytes';

/** @returns undefined if the value is right, else the place of the fault inside it: `''`, `.name`, `[3].name` */
export type Check = (value: unknown) => string | undefined;

const HERE = '';

/** @returns a check that reports the whole value as the place */
export function when(isRight: (value: unknown) => boolean): Check {
	return (value) => (isRight(value) ? undefined : HERE);
}

/** A check for every field of the type. A missing check does not compile. */
type Shape<T> = { readonly [Name in keyof T]-?: Check };

const isObject = (value: unknown): value is object =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param optional fields that may be missing */
export function object<T>(shape: Shape<T>, optional: readonly (keyof T)[] = []): Check {
	const checks = new Map(Object.entries<Check>(shape as Record<string, Check>));
	return (value) => {
		if (!isObject(value)) return HERE;
		const members = new Map<string, unknown>(Object.entries(value));
		for (const name of members.keys()) if (!checks.has(name)) return HERE;
		for (const [name, check] of checks) {
			const isThere = members.has(name);
			if (!isThere && optional.includes(name as keyof T)) continue;
			const fault = isThere ? check(members.get(name)) : HERE;
			if (fault !== undefined) return `.${name}${fault}`;
		}
		return undefined;
	};
}

/** An object with any field names that match the pattern. */
export function record(name: RegExp, member: Check, most: number): Check {
	return (value) => {
		if (!isObject(value)) return HERE;
		const members = Object.entries(value);
		if (members.length > most) return HERE;
		for (const [own, one] of members) {
			if (!name.test(own)) return HERE;
			const fault = member(one);
			if (fault !== undefined) return `.${own}${fault}`;
		}
		return undefined;
	};
}

export function list(item: Check, most: number): Check {
	return (value) => {
		if (!Array.isArray(value) || value.length > most) return HERE;
		for (const [index, one] of value.entries()) {
			const fault = item(one);
			if (fault !== undefined) return `[${String(index)}]${fault}`;
		}
		return undefined;
	};
}

export function nullable(check: Check): Check {
	return (value) => (value === null ? undefined : check(value));
}

/** If all checks fail, the place is the one of the last check. */
export function anyOf(...checks: readonly Check[]): Check {
	return (value) => {
		let fault: string | undefined = HERE;
		for (const check of checks) {
			fault = check(value);
			if (fault === undefined) return undefined;
		}
		return fault;
	};
}

export function oneOf(allowed: readonly unknown[]): Check {
	return when((value) => allowed.includes(value));
}

/** Minus zero is refused, because JSON writes it without the sign. */
export const isOneZero = (value: number): boolean => !Object.is(value, -0);

export function integer(least: number, most: number): Check {
	return when(
		(value) =>
			typeof value === 'number' &&
			Number.isSafeInteger(value) &&
			isOneZero(value) &&
			value >= least &&
			value <= most
	);
}

export function text(shortest: number, longest: number): Check {
	return when(
		(value) => typeof value === 'string' && value.length >= shortest && value.length <= longest
	);
}

export function pattern(shape: RegExp): Check {
	return when((value) => typeof value === 'string' && shape.test(value));
}

/** Base64 of a given number of bytes, in its only canonical spelling. */
export function base64(fewest: number, most = fewest): Check {
	return when((value) => {
		if (typeof value !== 'string' || value.length > 4 * Math.ceil(most / 3)) return false;
		const bytes = base64ToBytes(value);
		return (
			bytes !== undefined &&
			bytes.length >= fewest &&
			bytes.length <= most &&
			bytesToBase64(bytes) === value
		);
	});
}
