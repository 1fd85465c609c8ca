import { expect, test } from 'vitest';
import { asciiToBytes } from '$lib/domain/bytes';
import { transcriptFingerprint } from '$lib/learn/transcript-fingerprint';

test('the first half of the SHA-256 of the file, in groups of four', () => {
	// FIPS 180-4, the example with three bytes
	expect(transcriptFingerprint(asciiToBytes('abc'))).toBe(
		'ba78 16bf 8f01 cfea 4141 40de 5dae 2223'
	);
});
