/** The yardstick: a worker that does an operation's raw crypto and one read-write transaction, and nothing else. */
import { expose } from 'comlink';
import { Dexie, type Table } from 'dexie';

const db = new Dexie('yardstick') as Dexie & { rows: Table; log: Table };
db.version(1).stores({ rows: 'id', log: '++sequence' });
const iv = new Uint8Array(12);
const message = new Uint8Array(100);
const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' };

/** As every operation has to: reads a record, writes it and one event. */
async function transaction(): Promise<void> {
	await db.transaction('rw', db.rows, db.log, async () => {
		const row: unknown = await db.rows.get(1);
		await db.rows.put(row ?? { id: 1, state: 'ENABLED' });
		await db.log.add({ atMs: 1, operation: 'Encrypt', code: 'SUCCESS' });
	});
}

async function build() {
	const aes = { name: 'AES-GCM', length: 256 };
	const key = await crypto.subtle.generateKey(aes, false, ['encrypt', 'decrypt']);
	const mac = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	const rsa = { ...oaep, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
	const pair = await crypto.subtle.generateKey(rsa, true, ['encrypt', 'decrypt']);
	const { kty, n, e, d, p, q, dp, dq, qi } = await crypto.subtle.exportKey('jwk', pair.privateKey);
	const jwk = { kty, n, e, d, p, q, dp, dq, qi } as JsonWebKey;
	const seal = (text: string) =>
		crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
	return {
		key,
		mac,
		blob: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, message),
		token: await seal('x'.repeat(300)),
		sealedKey: await seal(JSON.stringify(jwk)),
		wrapped: await crypto.subtle.encrypt(oaep, pair.publicKey, new Uint8Array(32))
	};
}

const built = build();

const yardstick = {
	async encrypt() {
		const { key } = await built;
		const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, message);
		await transaction();
		return bytes;
	},
	async decrypt() {
		const { key, blob } = await built;
		const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, blob);
		await transaction();
		return bytes;
	},
	/** Token, sealed private key, unwrap, fingerprint, import. */
	async import() {
		const { key, mac, token, sealedKey, wrapped } = await built;
		const open = (bytes: ArrayBuffer) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes);
		await open(token);
		const jwk = JSON.parse(new TextDecoder().decode(await open(sealedKey))) as JsonWebKey;
		const privateKey = await crypto.subtle.importKey('jwk', jwk, oaep, false, ['decrypt']);
		const material = await crypto.subtle.decrypt(oaep, privateKey, wrapped);
		await crypto.subtle.sign('HMAC', mac, material);
		await crypto.subtle.importKey('raw', material, 'AES-GCM', false, ['encrypt', 'decrypt']);
		await transaction();
	}
};
export type Yardstick = typeof yardstick;
expose(yardstick);
