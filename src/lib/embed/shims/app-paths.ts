/** Stands for `$app/paths`: addresses of the console become places of the demo. */
export const base = '';
export const assets = '';

/**
 * @param path as the console has it, `/keys/[keyId]`
 * @returns `#/keys/…`
 */
export function resolve(path: string, params: Readonly<Record<string, string>> = {}): string {
	const filled = path.replace(/\[(\w+)\]/g, (_, name: string) =>
		encodeURIComponent(params[name] ?? '')
	);
	return `#${filled}`;
}
