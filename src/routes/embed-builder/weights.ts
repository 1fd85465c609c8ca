/** What a demo weighs, as the build wrote it down. */
interface Size {
	readonly br: number;
}

export interface Weights {
	readonly loader: Size;
	readonly frame: Size;
	readonly engine: Size;
}

/**
 * @returns undefined where it cannot be known now; `missing` where there are no demos: a build always writes it beside them
 */
export async function readWeights(address: string): Promise<Weights | 'missing' | undefined> {
	if (!navigator.onLine) return undefined;
	try {
		const answer = await fetch(address);
		if (answer.status === 404) return 'missing';
		const found: unknown = answer.ok ? await answer.json() : undefined;
		return isWeights(found) ? found : undefined;
	} catch {
		return undefined;
	}
}

const PARTS = ['loader', 'frame', 'engine'] as const;

function isWeights(value: unknown): value is Weights {
	if (typeof value !== 'object' || value === null) return false;
	const parts = value as Readonly<Record<string, { readonly br?: unknown } | null | undefined>>;
	return PARTS.every((name) => typeof parts[name]?.br === 'number');
}

/** One decimal. */
export const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
