/**
 * Every mistake that people make with an import (domain.md 5) and that can be made here, made with real bytes: with the
 * machine's own openssl where that is the tool. The service's code is asserted, and what the diagnosis says beside it: all of
 * its findings, so that a wrong cause fails, and the words a reader gets.
 */
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { encryptBlob } from '$lib/crypto/ciphertext-blob';
import { posix } from '$lib/customer/posix';
import { render } from '$lib/customer/shell';
import { bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import type { WrappingAlgorithm } from '$lib/domain/algorithms';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import type { Result } from '$lib/domain/result';
import type { Digest, Padding } from '$lib/crypto/every-padding';
import { createDiagnostician } from '$lib/diagnosis/create-diagnostician';
import type {
	Diagnosis,
	Finding,
	NamedFile,
	RefusedCall,
	SecretDetail
} from '$lib/diagnosis/diagnosis';
import type { ContentId } from '$lib/recognition/contents';
import type { LayerId } from '$lib/recognition/recognise';
import { tell } from '$lib/ui/features/refusals/finding-text';
import { HAS_OPENSSL, startMachine, type Machine } from '../support/openssl';
import {
	createExternalKey,
	getParameters,
	importMaterial,
	START_MS,
	startSandbox,
	value,
	type Sandbox
} from '../support/sandbox';
import { pastTheDoor } from '../support/past-the-door';

// each starts openssl several times
vi.setConfig({ testTimeout: 30_000 });

let sandbox: Sandbox;
let machine: Machine;

beforeAll(async () => {
	sandbox = await startSandbox();
	machine = startMachine();
	machine.run('openssl rand -out KeyMaterial.bin 32');
});

afterAll(() => {
	machine.remove();
});

/** What a refused call was answered with, twice. */
interface Answers {
	readonly code: string;
	readonly diagnosis: Diagnosis;
	/** Every text, code and command of every finding, as the page prints them. */
	readonly words: string;
}

async function refusedCall(call: RefusedCall, result: Result<unknown>): Promise<Answers> {
	if (result.ok) throw new Error('expected a refusal, got a success');
	const { db } = sandbox;
	const before = JSON.stringify(await Promise.all([db.events.count(), db.keys.toArray()]));
	const diagnostician = createDiagnostician({ store: sandbox.store, systemNowMs: () => START_MS });
	const diagnosis = await diagnostician.diagnose(call, result.refusal);
	const after = JSON.stringify(await Promise.all([db.events.count(), db.keys.toArray()]));
	expect(after, 'a diagnosis changes nothing').toBe(before);
	const { keyId = 'none' } = call.request as { readonly keyId?: string };
	const told = diagnosis.findings.map((finding) => tell(finding, keyId));
	const words = told
		.flatMap(({ found, remedy, code, actions = [] }) => [
			found,
			remedy,
			code,
			render(posix, actions)
		])
		.join('\n');
	return { code: result.refusal.code, diagnosis, words };
}

const kinds = ({ diagnosis }: Answers): string[] => diagnosis.findings.map(({ kind }) => kind);

/** The one check that refused, and how many passed before it. */
function refusedCheck({ diagnosis: { checks } }: Answers): string {
	const at = checks.findIndex(({ outcome }) => outcome === 'refused');
	expect(checks.slice(0, at).every(({ outcome }) => outcome === 'passed')).toBe(true);
	expect(checks.slice(at + 1).every(({ outcome }) => outcome === 'notReached')).toBe(true);
	return `${String(at)} ${checks[at]?.check ?? 'none'}`;
}

interface Upload {
	readonly keyId: string;
	readonly encryptedKeyMaterial: Bytes;
	readonly importToken: Bytes;
	readonly keyMaterialExpireUnix?: number;
}

async function upload(request: Upload): Promise<Answers> {
	const result = await sandbox.kms.importKeyMaterial(request);
	return refusedCall({ operation: 'ImportKeyMaterial', request }, result);
}

const OPTIONS: Readonly<Record<WrappingAlgorithm, string>> = {
	RSAES_OAEP_SHA_256: '-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256',
	RSAES_OAEP_SHA_1: '-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha1',
	RSAES_PKCS1_V1_5: '-pkeyopt rsa_padding_mode:pkcs1'
};
const SHA256 = OPTIONS.RSAES_OAEP_SHA_256;

/** Parameters for a CMK, with the public key as a file on the machine. */
async function call(keyId: string, algorithm: WrappingAlgorithm = 'RSAES_OAEP_SHA_256') {
	const parameters = await getParameters(sandbox.kms, keyId, algorithm);
	machine.write('PublicKey.der', parameters.publicKey);
	return parameters;
}

/** `openssl pkeyutl -encrypt` under the public key that was fetched last. */
function wrap(options: string, material = 'KeyMaterial.bin'): Bytes {
	machine.run(
		`openssl pkeyutl -encrypt -pubin -keyform DER -inkey PublicKey.der ${options} -in ${material} -out Wrapped.bin`
	);
	return machine.read('Wrapped.bin');
}

const newKey = () => createExternalKey(sandbox.kms);

const oaep = (digest: Digest, maskDigest = digest): Padding => ({
	scheme: 'RSAES_OAEP',
	digest,
	maskDigest
});
const PKCS1: Padding = { scheme: 'RSAES_PKCS1_V1_5' };

/** A finding of what a file is, whatever field it is in. */
const fileIs = (content: ContentId, ...layers: readonly LayerId[]): Partial<Finding> => ({
	kind: 'fileIs',
	named: expect.objectContaining({
		content,
		layers: layers.map((id) => expect.objectContaining({ id }) as unknown)
	}) as NamedFile
});

const ascii = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));

describe.runIf(HAS_OPENSSL)('ranks 1, 9, 10 and 12: another padding than asked for', () => {
	test.each<[string, WrappingAlgorithm, string, Padding, RegExp]>([
		[
			'OAEP without a digest is SHA-1',
			'RSAES_OAEP_SHA_256',
			'-pkeyopt rsa_padding_mode:oaep',
			oaep('SHA-1'),
			/for call 1 with OAEP SHA-1\. You requested OAEP SHA-256\..*SHA-1 for OAEP.*rsautl -oaep(.|\n)*again with -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256/
		],
		[
			'no padding named is PKCS #1 v1.5',
			'RSAES_OAEP_SHA_256',
			'',
			PKCS1,
			/with PKCS #1 v1\.5\. You requested OAEP SHA-256\..*if no padding is set/
		],
		[
			'PKCS #1 v1.5 for a SHA-1 call',
			'RSAES_OAEP_SHA_1',
			'',
			PKCS1,
			/You requested OAEP SHA-1(.|\n)*rsa_oaep_md:sha1/
		],
		[
			'SHA-256 for a SHA-1 call',
			'RSAES_OAEP_SHA_1',
			SHA256,
			oaep('SHA-256'),
			/with OAEP SHA-256\. You requested OAEP SHA-1/
		],
		[
			'the mask on SHA-1, as Java does it',
			'RSAES_OAEP_SHA_256',
			`${SHA256} -pkeyopt rsa_mgf1_md:sha1`,
			oaep('SHA-256', 'SHA-1'),
			/Java(.|\n)*MGF1ParameterSpec\.SHA256/
		],
		[
			'only the mask on SHA-256',
			'RSAES_OAEP_SHA_256',
			'-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha1 -pkeyopt rsa_mgf1_md:sha256',
			oaep('SHA-1', 'SHA-256'),
			/rsa_oaep_md was left at SHA-1/
		],
		[
			'SHA-512',
			'RSAES_OAEP_SHA_256',
			'-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha512',
			oaep('SHA-512'),
			/with OAEP SHA-512/
		]
	])('%s', async (_, asked, options, used, says) => {
		const keyId = await newKey();
		const { importToken } = await call(keyId, asked);
		const answers = await upload({ keyId, encryptedKeyMaterial: wrap(options), importToken });
		expect(answers.code).toBe('MaterialDecryptFailed');
		expect(answers.diagnosis.findings).toEqual([
			expect.objectContaining({ kind: 'otherAlgorithm', callNumber: 1, asked, used })
		]);
		expect(answers.words).toMatch(says);
		expect(refusedCheck(answers)).toBe('9 unwrap');
	});

	test('rsautl -oaep for a SHA-256 call', async () => {
		const keyId = await newKey();
		const { importToken } = await call(keyId);
		machine.run(
			'openssl rsautl -encrypt -oaep -pubin -keyform DER -inkey PublicKey.der -in KeyMaterial.bin -out Wrapped.bin 2>/dev/null'
		);
		const encryptedKeyMaterial = machine.read('Wrapped.bin');
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('MaterialDecryptFailed');
		expect(kinds(answers)).toEqual(['otherAlgorithm']);
		expect(answers.words).toContain('rsautl -oaep supports only SHA-1');
	});

	test('OAEP for a PKCS #1 v1.5 call, repeated until it decrypts by chance', async () => {
		const keyId = await newKey();
		const { publicKey, importToken } = await call(keyId, 'RSAES_PKCS1_V1_5');
		const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
		const material = machine.read('KeyMaterial.bin');
		const codes = new Set<string>();
		for (let run = 0; run < 40; run++) {
			const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
			const encryptedKeyMaterial = new Uint8Array(publicEncrypt({ key, ...padding }, material));
			const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
			codes.add(answers.code);
			expect(kinds(answers)).toEqual(['otherAlgorithm']);
		}
		expect(['MaterialDecryptFailed', 'MaterialLengthInvalid']).toEqual(
			expect.arrayContaining([...codes])
		);
	});

	test('a wrong padding and a wrong length are both said', async () => {
		const keyId = await newKey();
		const { importToken } = await call(keyId);
		machine.run('openssl rand -hex 32 > KeyMaterial.hex');
		const encryptedKeyMaterial = wrap('', 'KeyMaterial.hex');
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('MaterialDecryptFailed');
		expect(kinds(answers)).toEqual(['otherAlgorithm', 'materialIs']);
		expect(answers.words).toMatch(
			/PKCS #1 v1\.5(.|\n)*65 bytes, but not to the 32 bytes of key material\. It decrypts to hexadecimal text, which contains 32 bytes/
		);
	});
});

describe.runIf(HAS_OPENSSL)('ranks 2, 3, 13, 14 and 22: a file of another kind or form', () => {
	let keyId: string;
	let importToken: Bytes;
	let publicKey: Bytes;
	let good: Bytes;

	beforeAll(async () => {
		keyId = await newKey();
		({ importToken, publicKey } = await call(keyId));
		good = wrap(SHA256);
		machine.write('Good.bin', good);
	});

	const base64url = (bytes: Bytes) => Buffer.from(bytes).toString('base64url');

	type Case = [string, () => Bytes, Partial<Finding>, RegExp, string];
	test.each<Case>([
		[
			'nothing: enc -d -base64 without -A on one long line',
			() => {
				machine.run(
					'openssl enc -base64 -A -in Good.bin -out Good.b64; openssl enc -d -base64 -in Good.b64 -out Empty.bin'
				);
				return machine.read('Empty.bin');
			},
			fileIs('empty'),
			/is empty, or has only spaces and line breaks\.\n.*enc -d -base64(.|\n)*base64 -d/,
			'7 fileDecodes'
		],
		[
			'hexadecimal digits of hexadecimal digits',
			() => {
				machine.run('xxd -p -c 256 Good.bin | xxd -p -c 1024 > Twice.hex');
				return machine.read('Twice.hex');
			},
			fileIs('wrapped', 'hex', 'hex'),
			/hexadecimal text, which contains hexadecimal text.*After decoding, a private key of this sandbox decrypts the file\.\n.*only once/,
			'8 length256'
		],
		[
			'base64 of hexadecimal digits',
			() => {
				machine.run('xxd -p -c 256 Good.bin | openssl enc -base64 > Twice.b64');
				return machine.read('Twice.b64');
			},
			fileIs('wrapped', 'base64', 'hex'),
			/base64 text, which contains hexadecimal text/,
			'8 length256'
		],
		[
			'decoded once too often',
			() => {
				machine.run('openssl enc -d -base64 -A -in Good.bin -out Decoded.bin');
				return machine.read('Decoded.bin');
			},
			fileIs('empty'),
			/“Encrypt key files”/,
			'7 fileDecodes'
		],
		[
			'the public key as PEM',
			() => {
				machine.run('openssl pkey -pubin -inform DER -in PublicKey.der -out PublicKey.pem');
				return machine.read('PublicKey.pem');
			},
			fileIs('publicKey', 'pemLines', 'base64'),
			/PEM lines \(PUBLIC KEY\)(.|\n)*not for a public key or a certificate/,
			'7 fileDecodes'
		],
		[
			'the public key itself',
			() => ascii(bytesToHex(publicKey)),
			fileIs('publicKey', 'hex'),
			/an RSA-2048 public key/,
			'8 length256'
		],
		[
			'a ciphertext of Encrypt',
			() =>
				ascii(
					bytesToHex(
						new Uint8Array([
							1,
							...Buffer.from(keyId.replaceAll('-', ''), 'hex'),
							...randomBytes(60)
						])
					)
				),
			fileIs('cipherTextBlob', 'hex'),
			/a ciphertext from Encrypt(.|\n)*public key/,
			'8 length256'
		],
		[
			'the token in the field for the material',
			() => ascii(bytesToHex(importToken)),
			fileIs('importToken', 'hex'),
			/an import token(.|\n)*belongs in the field “Import Token”/,
			'8 length256'
		],
		[
			'the key material, unencrypted',
			() => machine.read('KeyMaterial.bin'),
			fileIs('material'),
			/never leave your machine unencrypted/,
			'8 length256'
		],
		[
			'AES key wrap (rank 13)',
			() => {
				machine.run(
					'openssl enc -id-aes256-wrap-pad -K $(openssl rand -hex 32) -iv A65959A6 -in KeyMaterial.bin -out Kwp.bin'
				);
				return machine.read('Kwp.bin');
			},
			fileIs('aesKeyWrap'),
			/40 bytes, the length of a 32-byte key after AES key wrap/,
			'8 length256'
		],
		[
			'a hybrid file (rank 13)',
			() => {
				machine.run(
					'openssl enc -id-aes256-wrap-pad -K $(openssl rand -hex 32) -iv A65959A6 -in KeyMaterial.bin -out Kwp.bin; cat Good.bin Kwp.bin > Hybrid.bin'
				);
				return machine.read('Hybrid.bin');
			},
			fileIs('hybridWrap'),
			/an RSA-encrypted AES key followed by/,
			'8 length256'
		],
		[
			'bytes read as text (rank 14)',
			() => new Uint8Array(Buffer.from(Buffer.from(good).toString('utf8'), 'utf8')),
			fileIs('replaced'),
			/fileb:\/\//,
			'8 length256'
		],
		[
			'UTF-16 of PowerShell',
			() => new Uint8Array(Buffer.from(`\ufeff${bytesToHex(good)}\r\n`, 'utf16le')),
			fileIs('wrapped', 'utf16', 'hex'),
			/UTF-16 text(.|\n)*Save text as ASCII/,
			'8 length256'
		],
		[
			'base64url (rank 22)',
			() => ascii(base64url(good)),
			fileIs('wrapped', 'base64url'),
			/base64url text/,
			'7 fileDecodes'
		],
		[
			'a JSON envelope (rank 22)',
			() =>
				ascii(
					JSON.stringify({
						schema_version: '1.0.0',
						header: { kid: 'kid', alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' },
						ciphertext: base64url(good)
					})
				),
			fileIs('wrapped', 'azureEnvelope', 'base64url'),
			/Decode the value of ciphertext/,
			'7 fileDecodes'
		],
		[
			'one digit lost',
			() => ascii(bytesToHex(good).slice(0, -1)),
			fileIs('oddHex'),
			/odd number of characters/,
			'7 fileDecodes'
		],
		[
			'digits between colons',
			() => ascii(bytesToHex(good).replace(/(..)(?=.)/g, '$1:')),
			fileIs('wrapped', 'separatedHex'),
			/prefixes or separators/,
			'7 fileDecodes'
		],
		[
			'cut',
			() => good.slice(0, 200),
			fileIs('otherBytes'),
			/200 bytes of unknown content/,
			'8 length256'
		]
	])('%s', async (_, make, finding, says, check) => {
		const answers = await upload({ keyId, encryptedKeyMaterial: make(), importToken });
		expect(answers.code).toBe('MaterialDecryptFailed');
		expect(answers.diagnosis.findings).toEqual([expect.objectContaining(finding)]);
		expect(answers.words).toMatch(says);
		expect(refusedCheck(answers)).toBe(check);
	});

	test('both files in each other’s field', async () => {
		const answers = await upload({ keyId, encryptedKeyMaterial: importToken, importToken: good });
		expect(answers.code).toBe('ImportTokenInvalid');
		expect(kinds(answers)).toEqual(['fieldsSwapped']);
		expect(answers.words).toContain('The two files are swapped');
		expect(refusedCheck(answers)).toBe('4 tokenDecodes');
	});

	test.each<[string, () => Bytes, Partial<Finding>, RegExp]>([
		['empty', () => ascii(''), fileIs('empty'), /Import Token” is empty/],
		[
			'the encrypted material',
			() => good,
			fileIs('wrapped'),
			/belongs in the field “Encrypt key files”/
		],
		[
			'encoded twice',
			() => ascii(bytesToHex(ascii(bytesToBase64(importToken)))),
			fileIs('importToken', 'hex', 'base64'),
			/hexadecimal text, which contains base64 text.*an import token of this sandbox/
		],
		[
			'one bit changed',
			() => importToken.map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
			{ kind: 'tokenDamaged', change: 'altered', callNumber: 1 },
			/call 1, but some of its bytes were changed/
		],
		['cut', () => importToken.slice(0, -30), { kind: 'tokenDamaged', change: 'cut' }, /it was cut/],
		[
			'of another sandbox',
			() => new Uint8Array([...importToken.slice(0, 4), ...randomBytes(importToken.length - 4)]),
			{ kind: 'tokenUnknown' },
			/matches no valid token here/
		]
	])('a token that is %s', async (_, make, finding, says) => {
		const answers = await upload({ keyId, encryptedKeyMaterial: good, importToken: make() });
		expect(answers.code).toBe('ImportTokenInvalid');
		expect(answers.diagnosis.findings).toEqual([expect.objectContaining(finding)]);
		expect(answers.words).toMatch(says);
	});

	test('a file that is changed in one bit: nothing opens it, and no cause is invented', async () => {
		const encryptedKeyMaterial = good.map((byte, at) => (at === 200 ? byte ^ 1 : byte));
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('MaterialDecryptFailed');
		expect(answers.diagnosis.findings).toEqual([
			expect.objectContaining({ kind: 'nothingOpensIt', callNumber: 1, closedCalls: 0 })
		]);
		expect(answers.words).toMatch(
			/No valid private key decrypts this file \(\d+ tried\)\. Tried: PKCS #1 v1\.5.*no padding\..*their order reversed.*Possible causes: .*elsewhere.*changed after encryption/
		);
	});

	test('a file larger than the service reads', async () => {
		const encryptedKeyMaterial = new Uint8Array(70_000).fill(0x90);
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('InvalidParameter');
		expect(kinds(answers)).toEqual(['tooLarge']);
		expect(refusedCheck(answers)).toBe('0 request');
	});
});

describe.runIf(HAS_OPENSSL)(
	'ranks 4 and 15: key text instead of key bytes, and other lengths',
	() => {
		test.each<[string, string, number, ContentId, readonly LayerId[], RegExp]>([
			[
				'hex',
				'openssl rand -hex 32 | tr -d "\\n" > M',
				64,
				'material',
				['hex'],
				/64 bytes.*decrypts to hexadecimal text, which contains 32 bytes(.|\n)*xxd -r/
			],
			['hex with newline', 'openssl rand -hex 32 > M', 65, 'material', ['hex'], /xxd -r/],
			[
				'base64',
				'openssl rand -base64 32 | tr -d "\\n" > M',
				44,
				'material',
				['base64'],
				/base64 text, which contains 32 bytes(.|\n)*base64 -d/
			],
			[
				'base64 with newline',
				'openssl rand -base64 32 > M',
				45,
				'material',
				['base64'],
				/base64 -d/
			],
			[
				'a newline behind',
				'cp KeyMaterial.bin M; echo >> M',
				33,
				'material',
				['lineBreakBehind'],
				/bytes followed by a line break, originally 32 bytes(.|\n)*head -c 32/
			],
			['nothing', ': > M', 0, 'empty', [], /decrypts to nothing: an empty file/],
			[
				'128 bits',
				'openssl rand -out M 16',
				16,
				'otherKeyLength',
				[],
				/16 bytes, a length used for other keys/
			],
			[
				'512 bits',
				'openssl rand -out M 64',
				64,
				'otherKeyLength',
				[],
				/64 bytes, a length used for other keys/
			],
			[
				'a password',
				'printf "correct horse" > M',
				13,
				'plainText',
				[],
				/text that doesn’t look like/
			]
		])('%s', async (_, command, plaintextBytes, content, layers, says) => {
			machine.run(command);
			for (const algorithm of ['RSAES_OAEP_SHA_256', 'RSAES_PKCS1_V1_5'] as const) {
				const keyId = await newKey();
				const { importToken } = await call(keyId, algorithm);
				const encryptedKeyMaterial = wrap(OPTIONS[algorithm], 'M');
				const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
				expect(answers.code).toBe('MaterialLengthInvalid');
				const { named } = fileIs(content, ...layers) as { readonly named: NamedFile };
				expect(answers.diagnosis.findings).toEqual([
					{
						kind: 'materialIs',
						named,
						plaintextBytes,
						first: { is: 'notSet' },
						// the padding alone does not prove that nothing was encrypted
						evidence:
							algorithm === 'RSAES_PKCS1_V1_5' && plaintextBytes === 0 ? 'structure' : 'proof'
					}
				]);
				expect(answers.words).toMatch(says);
				expect(refusedCheck(answers)).toBe('10 length32');
			}
		});

		test('too long for RSA: openssl itself refuses', async () => {
			await call(await newKey());
			machine.run('openssl rand -out M 191');
			expect(() => wrap(SHA256, 'M')).toThrow();
		});

		test('the commands of the remedies give back the 32 bytes', () => {
			const material = machine.read('KeyMaterial.bin');
			machine.write('KeyMaterial.hex', `${bytesToHex(material)}\n`);
			machine.write('KeyMaterial.b64', `${bytesToBase64(material)}\n`);
			machine.write('KeyMaterial.txt', new Uint8Array([...material, 10]));
			const remade = (id: LayerId) => {
				const layers = [{ id }] as NamedFile<SecretDetail>['layers'];
				const named = { layers, content: 'material', bytes: 32 } as const;
				const { actions = [] } = tell(
					{
						kind: 'materialIs',
						named,
						plaintextBytes: 64,
						first: { is: 'same', form: 'asRead' }
					},
					'x'
				);
				expect(machine.run(render(posix, actions)), id).toMatch(/^32 /);
				const made = `KeyMaterial_x_${id === 'lineBreakBehind' ? 'cut' : 'decoded'}.bin`;
				expect(machine.read(made), id).toEqual(material);
				machine.run(`rm ${made}`);
			};
			for (const id of ['hex', 'base64', 'lineBreakBehind'] as const) remade(id);
			machine.write('KeyMaterial.hex', bytesToHex(material).replace(/(..)(?=.)/g, '$1:'));
			remade('separatedHex');
			machine.write('KeyMaterial.b64', Buffer.from(material).toString('base64url'));
			for (const id of ['base64url', 'base64OtherPadding'] as const) remade(id);
		});

		test('the command for a ciphertext in hexadecimal prints what the field reads', () => {
			const bytes = new Uint8Array(randomBytes(90));
			machine.write('CipherText.hex', `${bytesToHex(bytes)}\n`);
			const { actions = [] } = tell(
				{
					kind: 'notABlob',
					named: { layers: [], content: 'otherBytes', bytes: 180 },
					isHex: true
				},
				'x'
			);
			expect(machine.run(render(posix, actions))).toBe(bytesToBase64(bytes));
		});
	}
);

describe.runIf(HAS_OPENSSL)(
	'ranks 5 and 6: parameters that do not belong together, or are over',
	() => {
		test('the public key of one call, the token of another', async () => {
			const keyId = await newKey();
			const first = await call(keyId);
			const encryptedKeyMaterial = wrap(SHA256);
			const second = await call(keyId);
			const answers = await upload({
				keyId,
				encryptedKeyMaterial,
				importToken: second.importToken
			});
			expect(answers.code).toBe('MaterialDecryptFailed');
			expect(answers.diagnosis.findings).toEqual([
				{
					kind: 'otherCall',
					tokenCallNumber: 2,
					callNumber: 1,
					asked: 'RSAES_OAEP_SHA_256',
					evidence: 'proof'
				}
			]);
			expect(answers.words).toMatch(/public key from call 1, but the token is from call 2/);
			// what the remedy says does help
			const again = { keyId, encryptedKeyMaterial, importToken: first.importToken };
			expect((await sandbox.kms.importKeyMaterial(again)).ok).toBe(true);
		});

		test('the public key of another CMK, and another padding too', async () => {
			const [keyId, other] = [await newKey(), await newKey()];
			await call(other);
			const encryptedKeyMaterial = wrap('');
			const { importToken } = await call(keyId);
			const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
			expect(answers.code).toBe('MaterialDecryptFailed');
			expect(answers.diagnosis.findings).toEqual([
				expect.objectContaining({
					kind: 'otherCall',
					key: { keyId: other, alias: null },
					otherPadding: PKCS1
				})
			]);
			expect(answers.words).toContain(other);
			expect(answers.words).toContain('The padding is different too: the file has PKCS #1 v1.5');
		});

		test('the token of another CMK', async () => {
			const keyId = await newKey();
			const { keyMetadata } = value(
				await sandbox.kms.createCmk({ alias: 'payroll', keyUsage: 0, origin: 1 })
			);
			await call(keyMetadata.keyId);
			const { importToken } = await call(keyMetadata.keyId);
			const answers = await upload({ keyId, encryptedKeyMaterial: wrap(SHA256), importToken });
			expect(answers.code).toBe('ImportTokenInvalid');
			expect(answers.diagnosis.findings).toEqual([
				{
					kind: 'tokenOfOtherKey',
					key: { keyId: keyMetadata.keyId, alias: 'payroll' },
					callNumber: 2,
					deleted: false
				}
			]);
			expect(answers.words).toMatch(/for another CMK: payroll \(.*\), call 2/);
			expect(refusedCheck(answers)).toBe('5 tokenOfThisKey');
		});

		test.each([false, true])('a token that is over, swept: %s', async (swept) => {
			const keyId = await newKey();
			await call(keyId);
			const { importToken } = await call(keyId);
			const encryptedKeyMaterial = wrap(SHA256);
			await sandbox.advance(DAY_MS + 2 * HOUR_MS);
			if (swept) await sandbox.sweep();
			const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
			expect(answers.code).toBe('ImportTokenExpired');
			expect(answers.diagnosis.findings).toEqual([
				expect.objectContaining({ kind: 'tokenExpired', callNumber: 2, lateByMs: 2 * HOUR_MS })
			]);
			expect(answers.words).toMatch(
				/token from call 2 .* 2 h 0 min ago(.|\n)*encrypt the key material again/
			);
			// only a new token does not help, and the diagnosis says so
			await sandbox.sweep();
			const third = await call(keyId);
			const next = await upload({ keyId, encryptedKeyMaterial, importToken: third.importToken });
			expect(next.code).toBe('MaterialDecryptFailed');
			expect(next.diagnosis.findings).toEqual([
				expect.objectContaining({ kind: 'nothingOpensIt', callNumber: 3, closedCalls: 2 })
			]);
			expect(next.words).toContain('one of this CMK’s 2 expired calls');
		});

		test('the token of an undone call', async () => {
			const keyId = await newKey();
			const { importToken } = await call(keyId);
			await sandbox.undo();
			const answers = await upload({ keyId, encryptedKeyMaterial: wrap(SHA256), importToken });
			expect(answers.code).toBe('MaterialDecryptFailed');
			expect(kinds(answers)).toEqual(['callUndone']);
		});

		test('a call without a private key is not reported as an undone call', async () => {
			const keyId = await newKey();
			const { importToken, parametersId } = await call(keyId);
			const encryptedKeyMaterial = wrap(SHA256);
			await getParameters(sandbox.kms, keyId);
			await sandbox.undo();
			await pastTheDoor(sandbox.db).importParameters.delete(parametersId);
			await pastTheDoor(sandbox.db).wrappingKeys.delete(parametersId);
			const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
			expect(answers.code).toBe('MaterialDecryptFailed');
			expect(kinds(answers)).toEqual([]);
		});
	}
);

describe.runIf(HAS_OPENSSL)('ranks 7 and 18: other material than the first', () => {
	test('a new key, to rotate', async () => {
		const keyId = await newKey();
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		const { importToken } = await call(keyId);
		machine.run('openssl rand -out New.bin 32');
		const encryptedKeyMaterial = wrap(SHA256, 'New.bin');
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('MaterialNotMatch');
		expect(answers.diagnosis.findings).toEqual([
			{
				kind: 'newMaterial',
				firstImportedAtMs: await sandbox.nowMs(),
				othersCompared: expect.any(Number) as number
			}
		]);
		expect(answers.words).toMatch(
			/imported first into this CMK \(.*the fingerprints differ\.(.|\n)*can’t rotate a key/
		);
		expect(refusedCheck(answers)).toBe('11 sameMaterial');
	});

	test('the key of another CMK', async () => {
		const [keyId, other] = [await newKey(), await newKey()];
		machine.run('openssl rand -out Other.bin 32');
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		await importMaterial(sandbox.kms, other, machine.read('Other.bin'));
		const { importToken } = await call(keyId);
		const encryptedKeyMaterial = wrap(SHA256, 'Other.bin');
		const answers = await upload({ keyId, encryptedKeyMaterial, importToken });
		expect(answers.code).toBe('MaterialNotMatch');
		expect(answers.diagnosis.findings).toEqual([
			{ kind: 'materialOfOtherKey', key: { keyId: other, alias: null } }
		]);
		expect(answers.words).toContain(`of another CMK: ${other}`);
	});
});

describe.runIf(HAS_OPENSSL)('rank 8: the expiry', () => {
	const encrypt = async (keyId: string) => {
		const request = { keyId, plainText: ascii('text') };
		return refusedCall({ operation: 'Encrypt', request }, await sandbox.kms.encrypt(request));
	};

	test.each<[string, number, boolean, RegExp]>([
		[
			'the form’s default of 24 hours, recorded',
			DAY_MS,
			true,
			/24 hours after the import\. .*the form’s default/
		],
		['the same before it is recorded', DAY_MS, false, /24 hours after the import/],
		['a date that was chosen', 30 * DAY_MS, true, /expired .*\.\nImport the same 32 bytes again/]
	])('%s', async (_, lifetimeMs, swept, says) => {
		const keyId = await newKey();
		const expireUnix = Math.floor(((await sandbox.nowMs()) + lifetimeMs) / 1000);
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'), { expireUnix });
		await sandbox.advance(lifetimeMs + HOUR_MS);
		if (swept) await sandbox.sweep();
		const answers = await encrypt(keyId);
		expect(answers.code).toBe('KeyPendingImport');
		expect(answers.diagnosis.findings).toEqual([
			expect.objectContaining({ kind: 'stateSince', by: 'ExpireKeyMaterial', lifetimeMs })
		]);
		expect(answers.words).toMatch(says);
		expect(refusedCheck(answers)).toBe('2 state');
	});

	test('no import yet, and parameters taken for one', async () => {
		const keyId = await newKey();
		expect((await encrypt(keyId)).words).toContain('No key material was ever imported');
		await getParameters(sandbox.kms, keyId);
		const answers = await encrypt(keyId);
		expect(kinds(answers)).toEqual(['neverImported']);
		expect(answers.words).toContain('doesn’t import anything (calls so far: 1)');
	});

	// In these tests the wall clock stands at START_MS, and sandbox time has moved on by days.
	test.each<[string, (nowMs: number) => number, string, Partial<Finding>, RegExp]>([
		[
			'in the past',
			() => START_MS / 1000 - 3600,
			'ExpireTimeInvalid',
			{ kind: 'expiryInPast', probably: 'past' },
			/before the sandbox time when you sent the form/
		],
		[
			'divided twice',
			(nowMs) => nowMs / 1e6,
			'ExpireTimeInvalid',
			{ kind: 'expiryInPast', probably: 'wrongUnit' },
			/1970.*another unit/
		],
		[
			'by the wall clock',
			() => START_MS / 1000 + 3600,
			'ExpireTimeInvalid',
			{ kind: 'expiryInPast', probably: 'realTimeForSandboxTime' },
			/the sandbox clock is ahead/
		],
		[
			'in milliseconds',
			(nowMs) => nowMs + DAY_MS,
			'InvalidParameter',
			{ kind: 'expiryInMilliseconds' },
			/In milliseconds it means/
		]
	])('an expiry %s', async (_, secondsOf, code, finding, says) => {
		await sandbox.advance(2 * HOUR_MS);
		const keyId = await newKey();
		const { importToken } = await call(keyId);
		const encryptedKeyMaterial = wrap(SHA256);
		const keyMaterialExpireUnix = Math.floor(secondsOf(await sandbox.nowMs()));
		const request = { keyId, encryptedKeyMaterial, importToken, keyMaterialExpireUnix };
		const answers = await upload(request);
		expect(answers.code).toBe(code);
		expect(answers.diagnosis.findings).toEqual([expect.objectContaining(finding)]);
		expect(answers.words).toMatch(says);
	});
});

describe.runIf(HAS_OPENSSL)('ranks 16, 17 and 23: the state of the CMK, and deleting', () => {
	const refusalOf = async (
		operation: 'CancelKeyDeletion' | 'DescribeKey' | 'Encrypt',
		keyId: string,
		run: () => Promise<Result<unknown>>
	) => refusedCall({ operation, request: { keyId } }, await run());

	test('an import into a CMK of origin KMS', async () => {
		const { keyMetadata } = value(await sandbox.kms.createCmk({ keyUsage: 0, origin: 0 }));
		const { importToken } = await call(await newKey());
		const { keyId } = keyMetadata;
		const answers = await upload({ keyId, encryptedKeyMaterial: wrap(SHA256), importToken });
		expect(answers.code).toBe('KeyNotExternal');
		expect(kinds(answers)).toEqual(['platformKey']);
		expect(answers.words).toContain('created with origin KMS');
		expect(refusedCheck(answers)).toBe('2 originExternal');
	});

	test('an import while the deletion waits', async () => {
		const keyId = await newKey();
		const { importToken } = await call(keyId);
		value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
		const answers = await upload({ keyId, encryptedKeyMaterial: wrap(SHA256), importToken });
		expect(answers.code).toBe('KeyStateInvalid');
		expect(answers.diagnosis.findings).toEqual([
			expect.objectContaining({ kind: 'stateSince', by: 'ScheduleKeyDeletion' })
		]);
		expect(answers.words).toMatch(
			/Deletion was scheduled(.|\n)*CancelKeyDeletion before that date/
		);
		expect(refusedCheck(answers)).toBe('3 state');
	});

	test('an import again, when the guide is read strictly', async () => {
		const keyId = await newKey();
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		const { importToken } = await call(keyId);
		await sandbox.controls.changeSettings({ reimport: 'pendingImportOnly' });
		const answers = await upload({ keyId, encryptedKeyMaterial: wrap(SHA256), importToken });
		await sandbox.controls.changeSettings({ reimport: 'anytime' });
		expect(answers.code).toBe('KeyStateInvalid');
		expect(answers.words).toMatch(/follows the guide strictly/);
	});

	test('material deleted, key disabled, deletion not to cancel', async () => {
		const keyId = await newKey();
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		const cancel = () => sandbox.kms.cancelKeyDeletion({ keyId });
		const cancelled = await refusalOf('CancelKeyDeletion', keyId, cancel);
		expect(cancelled.code).toBe('KeyStateInvalid');
		expect(cancelled.words).toMatch(/nothing to cancel\. Its state is ENABLED/);
		const encrypt = () => sandbox.kms.encrypt({ keyId, plainText: ascii('a') });
		value(await sandbox.kms.disableKey({ keyId }));
		const disabled = await refusalOf('Encrypt', keyId, encrypt);
		expect(disabled.code).toBe('KeyDisabled');
		expect(disabled.words).toMatch(/was disabled on .* by DisableKey/);
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		const pending = await refusalOf('Encrypt', keyId, encrypt);
		expect(pending.code).toBe('KeyPendingImport');
		expect(pending.words).toMatch(/was deleted on .* by DeleteKeyMaterial\. The CMK itself/);
		value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 30 }));
		const doomed = await refusalOf('Encrypt', keyId, encrypt);
		expect(doomed.code).toBe('KeyPendingDelete');
		expect(doomed.words).toMatch(
			/scheduled on .* by ScheduleKeyDeletion\. The CMK will be deleted/
		);
		await sandbox.advance(31 * DAY_MS);
		const gone = await refusalOf('Encrypt', keyId, encrypt);
		expect(gone.code).toBe('KeyNotFound');
		expect(gone.words).toMatch(/was deleted .*, when its waiting period ended/);
	});

	test('operations that found the CMK as it was are not the cause', async () => {
		const keyId = await newKey();
		const encrypt = async () => {
			const call = () => sandbox.kms.encrypt({ keyId, plainText: ascii('a') });
			return (await refusalOf('Encrypt', keyId, call)).diagnosis.findings;
		};
		const hourLater = () => sandbox.advance(HOUR_MS);
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		expect(await encrypt()).toEqual([expect.objectContaining({ kind: 'neverImported' })]);

		const expireUnix = Math.floor((await sandbox.nowMs()) / 1000) + 3600;
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'), { expireUnix });
		const disabledAtMs = await sandbox.nowMs();
		value(await sandbox.kms.disableKey({ keyId }));
		await sandbox.advance(HOUR_MS / 2);
		value(await sandbox.kms.disableKey({ keyId }));
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'), { expireUnix });
		expect(await encrypt()).toEqual([{ kind: 'stateSince', by: 'DisableKey', atMs: disabledAtMs }]);

		await hourLater();
		await sandbox.sweep();
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		const expired = { kind: 'stateSince', by: 'ExpireKeyMaterial', atMs: 1000 * expireUnix };
		expect(await encrypt()).toEqual([expect.objectContaining(expired)]);

		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		const deletedAtMs = await sandbox.nowMs();
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		await hourLater();
		value(await sandbox.kms.deleteKeyMaterial({ keyId }));
		value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
		value(await sandbox.kms.cancelKeyDeletion({ keyId }));
		const deleted = { kind: 'stateSince', by: 'DeleteKeyMaterial', atMs: deletedAtMs };
		expect(await encrypt()).toEqual([expect.objectContaining(deleted)]);
	});

	test('an undone import does not count as an import', async () => {
		const keyId = await newKey();
		await importMaterial(sandbox.kms, keyId, machine.read('KeyMaterial.bin'));
		await sandbox.undo();
		const encrypt = () => sandbox.kms.encrypt({ keyId, plainText: ascii('a') });
		const answers = await refusalOf('Encrypt', keyId, encrypt);
		expect(answers.code).toBe('KeyPendingImport');
		expect(kinds(answers)).toEqual(['neverImported']);
	});

	test.each<[number, RegExp]>([
		[0, /can’t be deleted immediately\. You entered 0 days, but the shortest/],
		[31, /31 days, but the longest waiting period is 30 days/],
		[7.5, /a whole number of days/]
	])('a deletion in %d days', async (pendingWindowInDays, says) => {
		const keyId = await newKey();
		const request = { keyId, pendingWindowInDays };
		const result = await sandbox.kms.scheduleKeyDeletion(request);
		const answers = await refusedCall({ operation: 'ScheduleKeyDeletion', request }, result);
		expect(answers.code).toBe('PendingWindowInvalid');
		expect(answers.words).toMatch(says);
	});

	test('an alias instead of the ID, a wrong ID, an alias in use', async () => {
		const { keyMetadata } = value(
			await sandbox.kms.createCmk({ alias: 'billing', keyUsage: 0, origin: 1 })
		);
		const describeKey = async (keyId: string) =>
			refusalOf('DescribeKey', keyId, () => sandbox.kms.describeKey({ keyId }));
		expect((await describeKey('billing')).words).toContain('This is the alias of billing');
		expect((await describeKey(keyMetadata.keyId.toUpperCase())).words).toContain('in lower case');
		expect((await describeKey('nothing')).words).toContain('was ever created in this workspace');
		const request = { alias: 'billing', keyUsage: 0, origin: 1 };
		const taken = await refusedCall(
			{ operation: 'CreateCmk', request },
			await sandbox.kms.createCmk(request)
		);
		expect(taken.code).toBe('AliasExists');
		expect(taken.words).toContain('This alias belongs to billing');
	});
});

describe.runIf(HAS_OPENSSL)(
	'rank 19: ciphertext moved between CMKs, and other ciphertext that does not open',
	() => {
		let keyId: string;
		let twin: string;
		let blob: Bytes;

		const decrypt = async (cipherTextBlob: Bytes, encryptionContext?: string) => {
			const request = {
				cipherTextBlob,
				...(encryptionContext === undefined ? {} : { encryptionContext })
			};
			return refusedCall({ operation: 'Decrypt', request }, await sandbox.kms.decrypt(request));
		};

		const readdressed = (id: string) => {
			const name = Buffer.from(id.replaceAll('-', ''), 'hex');
			return new Uint8Array([...blob.subarray(0, 1), ...name, ...blob.subarray(17)]);
		};

		beforeAll(async () => {
			[keyId, twin] = [await newKey(), await newKey()];
			for (const id of [keyId, twin])
				await importMaterial(sandbox.kms, id, machine.read('KeyMaterial.bin'));
			const request = { keyId, plainText: ascii('secrets'), encryptionContext: 'Order 17' };
			blob = value(await sandbox.kms.encrypt(request)).cipherTextBlob;
		});

		test.each<[string, string | undefined, RegExp]>([
			['no context', undefined, /encrypted with an encryption context, but you entered none/],
			['another case', 'order 17', /only in upper and lower case/],
			['other spaces', ' Order 17', /only in spaces/],
			['another context', 'Order 18', /The ciphertext is intact/]
		])('%s', async (_, context, says) => {
			const answers = await decrypt(blob, context);
			expect(answers.code).toBe('InvalidParameter');
			expect(kinds(answers)).toEqual(['otherContext']);
			expect(answers.words).toMatch(says);
			expect(refusedCheck(answers)).toBe('3 rule');
		});

		test('a context where there was none', async () => {
			const made = value(await sandbox.kms.encrypt({ keyId, plainText: ascii('a') }));
			const answers = await decrypt(made.cipherTextBlob, 'Order 17');
			expect(answers.words).toContain('encrypted without an encryption context');
		});

		test('a context longer than the log keeps is not taken for damage', async () => {
			const request = { keyId: twin, plainText: ascii('a'), encryptionContext: 'x'.repeat(900) };
			const made = value(await sandbox.kms.encrypt(request));
			const answers = await decrypt(made.cipherTextBlob, 'Order 17');
			expect(kinds(answers)).toEqual([]);
		});

		test.each<[string, () => Bytes, string, RegExp]>([
			[
				'one bit changed',
				() => blob.map((b, i) => (i === 40 ? b ^ 1 : b)),
				'blobDamaged',
				/part of it was changed/
			],
			['cut', () => blob.slice(0, -1), 'blobDamaged', /cut off/],
			[
				'hexadecimal',
				() => new Uint8Array(Buffer.from(bytesToHex(blob), 'base64')),
				'notABlob',
				/is hexadecimal text/
			],
			['encoded twice', () => ascii(bytesToBase64(blob)), 'notABlob', /contains base64 text/],
			[
				'no ciphertext',
				() => machine.read('KeyMaterial.bin').map((b, i) => (i === 0 ? 9 : b)),
				'notABlob',
				/contains 32 bytes, the length of unencrypted/
			]
		])('a ciphertext that is %s', async (_, make, kind, says) => {
			const answers = await decrypt(make(), 'Order 17');
			expect(answers.code).toBe('InvalidParameter');
			expect(kinds(answers)).toEqual([kind]);
			expect(answers.words).toMatch(says);
		});

		test('a ciphertext with another CMK’s name in its head', async () => {
			const same = await decrypt(readdressed(twin), 'Order 17');
			expect(same.code).toBe('InvalidParameter');
			expect(same.diagnosis.findings).toEqual([
				{ kind: 'blobReaddressed', key: { keyId, alias: null }, sameMaterial: true }
			]);
			expect(same.words).toContain('Both CMKs have the same key material');
			const third = await newKey();
			await importMaterial(sandbox.kms, third, new Uint8Array(randomBytes(32)));
			expect((await decrypt(readdressed(third), 'Order 17')).diagnosis.findings).toEqual([
				{ kind: 'blobReaddressed', key: { keyId, alias: null }, sameMaterial: false }
			]);
		});

		test('a ciphertext whose name is damaged', async () => {
			const answers = await decrypt(
				blob.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
				'Order 17'
			);
			expect(answers.code).toBe('KeyNotFound');
			expect(answers.diagnosis.findings).toEqual([
				{ kind: 'blobDamaged', key: { keyId, alias: null } }
			]);
		});

		test('a CMK that is gone, and another with the same material', async () => {
			value(await sandbox.kms.deleteKeyMaterial({ keyId }));
			const waiting = await decrypt(blob, 'Order 17');
			expect(waiting.code).toBe('KeyPendingImport');
			expect(kinds(waiting)).toEqual(['stateSince', 'sameMaterialElsewhere']);
			value(await sandbox.kms.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 }));
			await sandbox.advance(8 * DAY_MS);
			await sandbox.sweep();
			const gone = await decrypt(blob, 'Order 17');
			expect(gone.code).toBe('KeyNotFound');
			expect(kinds(gone)).toEqual(['keyDeleted', 'sameMaterialElsewhere']);
			expect(gone.words).toMatch(/was deleted(.|\n)*has the same key material, but can’t decrypt/);
		});

		test('a ciphertext of a CMK that was never here', async () => {
			const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
				'encrypt',
				'decrypt'
			]);
			const stranger = await encryptBlob(key, crypto.randomUUID(), ascii('a'));
			const answers = await decrypt(stranger);
			expect(answers.code).toBe('KeyNotFound');
			expect(kinds(answers)).toEqual(['keyUnknown']);
		});
	}
);
