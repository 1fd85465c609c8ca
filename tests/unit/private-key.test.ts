/** Private keys that are chosen by mistake: every container is refused before it is taken into the form, and no other file is. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { nameFile } from '$lib/diagnosis/name-file';
import { asciiToBytes, bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import { LoadFailure } from '$lib/domain/load-failure';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { FileUpload } from '$lib/ui/features/import/file-upload.svelte';
import { isPrivateKey } from '$lib/ui/features/refusals/private-key';
import { readCase, THE_CASES, type Case } from '../support/field-cases';

const hex = (bytes: Bytes): Bytes => asciiToBytes(bytesToHex(bytes));
const base64 = (bytes: Bytes): Bytes => asciiToBytes(bytesToBase64(bytes));
const isRefused = (file: Bytes): boolean => isPrivateKey(nameFile(file));

const isSecret = ({ content }: Case): boolean => content === 'privateKey' || content === 'keyStore';
const SECRET = THE_CASES.filter(isSecret).map(({ file }) => file);

test('more than twenty files hold private keys', () => {
	expect(SECRET.length).toBeGreaterThan(20);
});

describe.each(SECRET)('%s', (file) => {
	const content = readCase(file);

	test('is a private key', () => {
		expect(isRefused(content)).toBe(true);
	});

	test('is found as hexadecimal text and as base64', () => {
		expect(isRefused(hex(content))).toBe(true);
		expect(isRefused(base64(content))).toBe(true);
	});
});

describe('other ways to write one', () => {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

	test('an RSA key in PKCS #8', () => {
		const der = privateKey.export({ type: 'pkcs8', format: 'der' });
		expect(isRefused(new Uint8Array(der))).toBe(true);
	});

	test('behind a certificate and a name in another alphabet', () => {
		const text = [
			'Bag Attributes: 生产密钥',
			'-----BEGIN CERTIFICATE-----',
			'-----BEGIN ENCRYPTED PRIVATE KEY-----'
		].join('\n');
		expect(isRefused(new TextEncoder().encode(text))).toBe(true);
		// Windows in Chinese
		const gbk = [0xc9, 0xfa, 0xb2, 0xfa, 0x0a];
		expect(isRefused(new Uint8Array([...gbk, ...asciiToBytes(pkcs8)]))).toBe(true);
	});

	test('as UTF-16, of PowerShell', () => {
		const utf16 = new Uint8Array(Buffer.from(`\ufeff${pkcs8}`, 'utf16le'));
		expect(isRefused(utf16)).toBe(true);
	});

	test('of OpenPGP and of SSH.COM', () => {
		for (const line of [
			'-----BEGIN PGP PRIVATE KEY BLOCK-----',
			'---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'
		])
			expect(isRefused(asciiToBytes(`${line}\n`))).toBe(true);
	});

	test('in the JSON of a service account', () => {
		const text = JSON.stringify({ type: 'service_account', private_key: pkcs8 });
		expect(isRefused(asciiToBytes(text))).toBe(true);
	});

	test('as JWK in a set, and inside another object', () => {
		const jwk = privateKey.export({ format: 'jwk' });
		for (const value of [{ keys: [jwk, jwk] }, { client: { name: 'a', privateKey: jwk } }, [jwk]]) {
			expect(isRefused(asciiToBytes(JSON.stringify(value)))).toBe(true);
			expect(isRefused(asciiToBytes(JSON.stringify(value, null, 2)))).toBe(true);
		}
	});

	test('in a file that is too large to be uploaded', () => {
		const long = 'x'.repeat(2 * LONGEST_UPLOAD_BYTES);
		expect(isRefused(asciiToBytes(`${pkcs8}${long}`).slice(0, LONGEST_UPLOAD_BYTES + 1))).toBe(
			true
		);
		const store = readCase('others/keystore.p12');
		const large = new Uint8Array(LONGEST_UPLOAD_BYTES + 1);
		// its SEQUENCE is longer than what was read
		large.set([0x30, 0x83, 0x02, 0x00, 0x00, ...store.subarray(4)]);
		expect(isRefused(large)).toBe(true);
	});

	test('a public JWK is not one', () => {
		const text = JSON.stringify(publicKey.export({ format: 'jwk' }));
		expect(isRefused(asciiToBytes(text))).toBe(false);
	});
});

test('files without a private key are never refused, right or wrong', () => {
	const others = THE_CASES.filter((one) => !isSecret(one)).map(({ file }) => file);
	expect(others.length).toBeGreaterThan(450);
	expect(others.filter((file) => isRefused(readCase(file)))).toEqual([]);
});

describe('the form', () => {
	const NO_TRAY = { readFile: () => Promise.reject(new Error('no tray')) };
	const key = new File([readCase('others/private-ed25519.der')], 'server.der');
	const good = new File([readCase('given/good.bin')], 'good.bin');
	const ofTray = (name: string) => ({ fileId: 7, name, lengthBytes: 256, createdAtMs: 1 });

	test('keeps nothing of a private key', async () => {
		const name = (file: Bytes) => Promise.resolve(nameFile(file));
		const upload = new FileUpload(NO_TRAY, { name });
		await upload.takeDiskFile(key);
		expect(upload.chosen).toEqual({ status: 'privateKey', name: 'server.der', trayFileId: null });
		expect(upload.bytes).toBeUndefined();
	});

	test('takes no file that was not checked, until it is checked at another try', async () => {
		const name = vi.fn((file: Bytes) => Promise.resolve(nameFile(file)));
		name.mockRejectedValueOnce(new LoadFailure('offline'));
		const upload = new FileUpload(NO_TRAY, { name });
		const taking = upload.takeDiskFile(good);
		expect(upload).toMatchObject({ chosen: { status: 'checking' }, isMissing: false });
		await taking;
		expect(upload).toMatchObject({ chosen: { status: 'unchecked' }, isMissing: true });
		expect(upload.bytes).toBeUndefined();
		if (upload.chosen.status === 'unchecked') await upload.chosen.again();
		expect(upload.bytes).toEqual(readCase('given/good.bin'));
	});

	test('throws a defect of the check, and has no file then', async () => {
		const name = () => Promise.reject(new TypeError('a defect'));
		const upload = new FileUpload(NO_TRAY, { name });
		const taking = upload.takeDiskFile(good);
		const settled = upload.settled();
		await expect(taking).rejects.toThrow('a defect');
		await settled;
		expect(upload).toMatchObject({ chosen: { status: 'nothing' }, isMissing: true });
	});

	test('throws a defect of the workbench, and doesn’t tell it as a file that can’t be read', async () => {
		const name = vi.fn((file: Bytes) => Promise.resolve(nameFile(file)));
		const upload = new FileUpload(NO_TRAY, { name });
		await expect(upload.takeTrayFile(ofTray('good.bin'))).rejects.toThrow('no tray');
		expect(upload.chosen.status).toBe('nothing');
	});

	test('has the choice of a file of the workbench while it is checked, and when it was not', async () => {
		const name = vi.fn((file: Bytes) => Promise.resolve(nameFile(file)));
		name.mockRejectedValueOnce(new LoadFailure('offline'));
		const readFile = () =>
			Promise.resolve({ ok: true, value: readCase('given/good.bin') } as const);
		const upload = new FileUpload({ readFile }, { name });
		const taking = upload.takeTrayFile(ofTray('good.bin'));
		expect(upload.chosen).toMatchObject({ status: 'checking', trayFileId: 7 });
		await taking;
		expect(upload.chosen).toMatchObject({ status: 'unchecked', trayFileId: 7 });
		if (upload.chosen.status === 'unchecked') await upload.chosen.again();
		expect(upload.chosen).toMatchObject({ status: 'file', trayFileId: 7 });
		await upload.takeDiskFile(good);
		expect(upload.chosen.trayFileId).toBeNull();
	});

	test('waits for the check of the file that was chosen last', async () => {
		const name = vi.fn((file: Bytes) => Promise.resolve(nameFile(file)));
		const upload = new FileUpload(NO_TRAY, { name });
		void upload.takeDiskFile(key);
		const settled = upload.settled();
		void upload.takeDiskFile(good);
		await settled;
		expect(upload.chosen).toMatchObject({ status: 'file', name: 'good.bin' });
	});
});

test('the largest text is searched without an error', () => {
	expect(isRefused(asciiToBytes('['.repeat(LONGEST_UPLOAD_BYTES)))).toBe(false);
});
