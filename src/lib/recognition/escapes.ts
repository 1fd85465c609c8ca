/** The characters behind `\` in strings of C, Java, Python and shells, and the bytes that they stand for. */
export const ESCAPES = new Map([
	['n', 0x0a],
	['r', 0x0d],
	['t', 0x09],
	['a', 0x07],
	['b', 0x08],
	['f', 0x0c],
	['v', 0x0b],
	['0', 0x00],
	['\\', 0x5c],
	["'", 0x27],
	['"', 0x22]
]);
