/**
 * Numbers of RSA size. BigInt arithmetic takes a time that depends on its operands: whoever calls with a secret
 * blinds it first and says what stays visible.
 */
import { base64ToBytes, bytesToHex, hexToBytes, type Bytes } from '../domain/bytes';

/** OS2IP, RFC 8017 section 4.2. */
export function bytesToBigInt(bytes: Bytes): bigint {
	return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/**
 * I2OSP, RFC 8017 section 4.1.
 *
 * @throws when the number needs more than that many bytes
 */
export function bigIntToBytes(value: bigint, lengthBytes: number): Bytes {
	const bytes = hexToBytes(value.toString(16).padStart(2 * lengthBytes, '0'));
	if (bytes?.length !== lengthBytes) throw new RangeError('integer too large');
	return bytes;
}

/**
 * Base64urlUInt, RFC 7518 section 2.
 *
 * @throws when the text is not base64url
 */
export function base64urlToBytes(text: string): Bytes {
	const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
	const bytes = base64ToBytes(base64.padEnd(4 * Math.ceil(base64.length / 4), '='));
	if (!bytes) throw new Error('a number of a JSON Web Key must be base64url');
	return bytes;
}

/** The remainder that is never negative. */
export function mod(value: bigint, modulus: bigint): bigint {
	const remainder = value % modulus;
	return remainder < 0n ? remainder + modulus : remainder;
}

/** Fixed windows of four bits: each hexadecimal digit of the exponent is one window, from the left. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
	const powers = [1n];
	for (let i = 1; i < 16; i++) powers.push(((powers[i - 1] ?? 1n) * base) % modulus);
	let result = 1n;
	for (const digit of exponent.toString(16)) {
		for (let i = 0; i < 4; i++) result = (result * result) % modulus;
		result = (result * (powers[Number.parseInt(digit, 16)] ?? 1n)) % modulus;
	}
	return result;
}

/**
 * The extended Euclidean algorithm.
 *
 * @returns undefined when the two numbers have a common factor
 */
export function modInverse(value: bigint, modulus: bigint): bigint | undefined {
	let [previous, current] = [modulus, mod(value, modulus)];
	let [previousFactor, factor] = [0n, 1n];
	while (current !== 0n) {
		const quotient = previous / current;
		[previous, current] = [current, previous - quotient * current];
		[previousFactor, factor] = [factor, previousFactor - quotient * factor];
	}
	return previous === 1n ? mod(previousFactor, modulus) : undefined;
}

/** Uniform below the bound but for a bias under 2^-64, because of the eight spare bytes. */
export function randomBelow(bound: bigint): bigint {
	const lengthBytes = Math.ceil(bound.toString(16).length / 2) + 8;
	return bytesToBigInt(crypto.getRandomValues(new Uint8Array(lengthBytes))) % bound;
}
