// PNG with a palette: for flat drawings and for pages, which it makes three to five times smaller than a browser does.
import { crc32, deflateSync } from 'node:zlib';

const MOST_COLOURS = 256;

/**
 * @param {number} width
 * @param {number} height
 * @param {Uint8Array} rgba four bytes a pixel, by rows; beyond 256 colours the rare ones become their nearest neighbours
 * @returns {Buffer}
 */
export function toPalettePng(width, height, rgba) {
	const pixels = new Uint32Array(rgba.length / 4);
	const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.length);
	for (let i = 0; i < pixels.length; i++) pixels[i] = view.getUint32(i * 4);

	const palette = commonest(pixels);
	const indexes = indexesOf(pixels, palette);
	const rows = Buffer.alloc((width + 1) * height); // each row begins with 0: not filtered
	for (let y = 0; y < height; y++)
		rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);

	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3], 8); // 8 bits a pixel, by palette
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.flatMap((colour) => channels(colour).slice(0, 3)))),
		chunk('tRNS', Buffer.from(palette.map((colour) => colour & 0xff))),
		chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
		chunk('IEND', Buffer.alloc(0))
	]);
}

/**
 * @param {Uint32Array} pixels
 * @returns {number[]}
 */
function commonest(pixels) {
	/** @type {Map<number, number>} */
	const counts = new Map();
	for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
	const ordered = [...counts].sort(([, a], [, b]) => b - a);
	return ordered.slice(0, MOST_COLOURS).map(([colour]) => colour);
}

/**
 * @param {Uint32Array} pixels
 * @param {readonly number[]} palette
 * @returns {Uint8Array}
 */
function indexesOf(pixels, palette) {
	const known = new Map(palette.map((colour, index) => [colour, index]));
	return Uint8Array.from(pixels, (pixel) => {
		const index = known.get(pixel) ?? nearest(pixel, palette);
		known.set(pixel, index);
		return index;
	});
}

/**
 * @param {number} colour
 * @param {readonly number[]} palette
 * @returns {number} an index
 */
function nearest(colour, palette) {
	const wanted = channels(colour);
	const distances = palette.map((other) =>
		channels(other).reduce((sum, value, i) => sum + (value - (wanted[i] ?? 0)) ** 2, 0)
	);
	return distances.indexOf(Math.min(...distances));
}

/**
 * @param {number} colour
 * @returns {number[]}
 */
function channels(colour) {
	return [colour >>> 24, (colour >>> 16) & 0xff, (colour >>> 8) & 0xff, colour & 0xff];
}

/**
 * @param {string} type
 * @param {Buffer} data
 * @returns {Buffer}
 */
function chunk(type, data) {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}
