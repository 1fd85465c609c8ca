/** What the import form does with a refusal: the field it marks, and the times and the file it shows. */
import { describe, expect, test } from 'vitest';
import {
	expireTimeInvalid,
	invalidParameter,
	REFUSAL_CODES,
	type Refusal
} from '$lib/domain/refusals';
import { tell } from '$lib/ui/features/refusals/finding-text';
import { blamedField } from '$lib/ui/features/import/blamed-field';
import { localZone } from '$lib/ui/kit/local-time';
import { explain } from '$lib/ui/features/refusals/refusals';
import { localTime } from '$lib/ui/kit/times';

const KEY_ID = '1a2b3c4d-0000-4000-8000-000000000000';
const NOW_MS = Date.UTC(2026, 6, 1);
const EXPIRE_MS = NOW_MS - 3_600_000;

describe('the field that is marked', () => {
	const FIELDS = {
		MaterialDecryptFailed: 'encryptedKeyMaterial',
		MaterialLengthInvalid: 'encryptedKeyMaterial',
		MaterialNotMatch: 'encryptedKeyMaterial',
		ImportTokenInvalid: 'importToken',
		ImportTokenExpired: 'importToken',
		ExpireTimeInvalid: 'keyMaterialExpireUnix'
	};

	test('is the one that each code is about, and none for a state', () => {
		const marked = REFUSAL_CODES.flatMap((code) => {
			const field = blamedField({ code, message: '', details: {} } as Refusal);
			return field ? [[code, field]] : [];
		});
		expect(Object.fromEntries(marked)).toEqual(FIELDS);
	});

	test.each(['encryptedKeyMaterial', 'importToken', 'keyMaterialExpireUnix'])(
		'is the parameter that is not valid: %s',
		(parameter) => {
			expect(blamedField(invalidParameter(parameter, 'too long'))).toBe(parameter);
		}
	);

	test('is none for a parameter without a field', () => {
		expect(blamedField(invalidParameter('keyId', 'unknown'))).toBeUndefined();
	});
});

describe('an expiry that is refused', () => {
	const times = [
		localTime(EXPIRE_MS),
		localTime(NOW_MS),
		`in the time zone of the form: ${localZone(EXPIRE_MS)}.`
	];

	test('is explained with both times and the time zone of the form', () => {
		const { happened } = explain(expireTimeInvalid(EXPIRE_MS, NOW_MS));
		for (const time of times) expect(happened).toContain(time);
	});

	test.each(['past', 'realTimeForSandboxTime'] as const)(
		'is diagnosed with them: %s',
		(probably) => {
			const finding = {
				kind: 'expiryInPast',
				expireAtMs: EXPIRE_MS,
				nowMs: NOW_MS,
				probably
			} as const;
			const { found } = tell(finding, KEY_ID);
			for (const time of times) expect(found).toContain(time);
		}
	);
});

describe('the right bytes of a file that was refused for its form', () => {
	const bytes = new Uint8Array(256);
	const named = { layers: [{ id: 'hexDump' }], content: 'wrapped', bytes: 256 } as const;
	const unproved = { kind: 'fileIs', field: 'importToken', named } as const;
	const file = { ...unproved, undone: { bytes } };

	test.each([
		[
			{ ...file, field: 'encryptedKeyMaterial', undone: { bytes, callNumber: 2 } } as const,
			'EncryptedKeyMaterial_1a2b3c4d_2_decoded.bin'
		],
		[file, 'ImportToken_decoded.bin']
	])('are saved beside it', (finding, name) => {
		expect(tell(finding, KEY_ID).file).toEqual({ name, bytes });
	});

	test('are not offered where none were proved to be right', () => {
		expect(tell(unproved, KEY_ID).file).toBeUndefined();
	});
});
