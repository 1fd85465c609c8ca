/** Published vectors for what the service seals with: AES-256-GCM of Project Wycheproof and of NIST. */
import { open } from '$lib/crypto/sealing';
import { bytesToHex } from '$lib/domain/bytes';
import { expect, test } from 'vitest';
import { aesVectors, fromHex, titleOf } from './read';

test.each([
	['wycheproof-aes-gcm.json', 66],
	['nist-aes-gcm.json', 375]
])('every vector of %s is opened or refused', async (name, count) => {
	const outcomes = await Promise.all(
		aesVectors(name).map(async (vector) => {
			const key = await crypto.subtle.importKey('raw', fromHex(vector.key), 'AES-GCM', false, [
				'decrypt'
			]);
			const sealed = fromHex(vector.iv + vector.ct + vector.tag);
			const opened = await open(key, sealed, fromHex(vector.aad));
			return {
				vector: titleOf(vector),
				expected: vector.result === 'valid' ? vector.msg : 'refused',
				seen: opened ? bytesToHex(opened) : 'refused'
			};
		})
	);
	expect(outcomes).toHaveLength(count);
	expect(outcomes.filter(({ seen, expected }) => seen !== expected)).toEqual([]);
});
