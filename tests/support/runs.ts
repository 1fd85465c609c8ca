/**
 * How often a property is tried: few times in `npm test`, the long form in `npm run test:all`, and as often as
 * `PROPERTY_RUNS` says when it is a number.
 */
export function propertyRuns({
	short,
	long
}: {
	readonly short: number;
	readonly long: number;
}): number {
	const wanted = process.env['PROPERTY_RUNS'];
	if (wanted === undefined) return short;
	if (wanted === 'long') return long;
	const runs = Number(wanted);
	if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`PROPERTY_RUNS: ${wanted}`);
	return runs;
}
