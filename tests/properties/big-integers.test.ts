import {
	base64urlToBytes,
	bigIntToBytes,
	bytesToBigInt,
	mod,
	modInverse,
	modPow,
	randomBelow
} from '$lib/crypto/big-integers';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 10, long: 1000 });
const BOUND = 1n << 512n;

describe('big integers', () => {
	test('powers add their exponents, for any base and modulus', () => {
		for (let run = 0; run < RUNS; run++) {
			const [base, left, right] = [randomBelow(BOUND), randomBelow(BOUND), randomBelow(BOUND)];
			const modulus = randomBelow(BOUND) + 2n;
			const product = modPow(base, left, modulus) * modPow(base, right, modulus);
			expect(modPow(base, left + right, modulus)).toBe(mod(product, modulus));
		}
	});

	test('small powers are what multiplication gives', () => {
		for (let exponent = 0n; exponent < 40n; exponent++)
			expect(modPow(7n, exponent, 1009n)).toBe(7n ** exponent % 1009n);
	});

	test('a number times its inverse is one, and a common factor has none', () => {
		const modulus = (1n << 521n) - 1n;
		for (let run = 0; run < RUNS; run++) {
			const value = randomBelow(modulus - 1n) + 1n;
			expect(((modInverse(value, modulus) ?? 0n) * value) % modulus).toBe(1n);
		}
		expect(modInverse(6n, 9n)).toBeUndefined();
		expect(modInverse(0n, 9n)).toBeUndefined();
	});

	test('bytes and numbers turn into each other; leading zeros are kept by the length', () => {
		for (let run = 0; run < RUNS; run++) {
			const value = randomBelow(BOUND);
			expect(bytesToBigInt(bigIntToBytes(value, 70))).toBe(value);
		}
		expect(bytesToBigInt(new Uint8Array())).toBe(0n);
		expect(bigIntToBytes(258n, 4)).toEqual(new Uint8Array([0, 0, 1, 2]));
	});

	test.each([256n, 65535n])('%i does not fit into one byte', (value) => {
		expect(() => bigIntToBytes(value, 1)).toThrow(RangeError);
	});

	test('random numbers reach both halves of their range and never its end', () => {
		const seen = new Set<bigint>();
		for (let run = 0; run < 200; run++) seen.add(randomBelow(3n));
		expect([...seen].sort()).toEqual([0n, 1n, 2n]);
	});

	test('numbers of a JSON Web Key are base64url', () => {
		expect(base64urlToBytes('AQAB')).toEqual(new Uint8Array([1, 0, 1]));
		expect(base64urlToBytes('-_8')).toEqual(new Uint8Array([0xfb, 0xff]));
		expect(() => base64urlToBytes('A')).toThrow('base64url');
		expect(() => base64urlToBytes('A B=')).toThrow('base64url');
	});
});
