declare module 'subset-font' {
	/** The part of its options that font.js uses. */
	export default function subsetFont(
		font: Uint8Array,
		text: string,
		options: {
			readonly targetFormat: 'woff2';
			readonly variationAxes: Readonly<
				Record<string, { readonly min: number; readonly max: number }>
			>;
			readonly keepFeatures: readonly string[];
		}
	): Promise<Uint8Array>;
}
