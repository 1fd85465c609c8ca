/**
 * An object whose methods wait for the real one.
 *
 * @param make called at the first use, once, and again after it failed; it gives an object that has asynchronous methods only
 */
export function later<T extends object>(make: () => Promise<T>): T {
	let made: Promise<T> | undefined;
	const real = () =>
		(made ??= make().catch((error: unknown) => {
			made = undefined;
			throw error;
		}));
	return new Proxy({} as T, {
		get: (own, name) => {
			if (typeof name === 'symbol') return Reflect.get(own, name) as unknown;
			return async (...args: unknown[]) => {
				const method = (await real())[name as keyof T] as (...args: unknown[]) => unknown;
				return method(...args);
			};
		}
	});
}

/** @returns the same promise for everybody who asks */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
