/** An object whose methods wait for the real one. @param promise of an object that has asynchronous methods only */
export function later<T extends object>(promise: Promise<T>): T {
	return new Proxy({} as T, {
		get: (own, name) => {
			if (typeof name === 'symbol') return Reflect.get(own, name) as unknown;
			return async (...args: unknown[]) => {
				const method = (await promise)[name as keyof T] as (...args: unknown[]) => unknown;
				return method(...args);
			};
		}
	});
}
