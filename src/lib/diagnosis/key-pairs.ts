/** Which valid key pair decrypts a file, which reading of the file, and with which padding. */
import { algorithmOf, type Opened, type Padding } from '../crypto/every-padding';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportParametersRecord, ImportTokenClaims } from '../domain/import-parameters';
import { CIPHERTEXT_REPAIRS, type Candidate } from '../recognition/repairs';
import type { DigestChoice, Evidence, Finding } from './diagnosis';
import { countOpenCalls, gaveToken, historyOf, nameOf, openCalls, type Search } from './evidence';
import { isPlausibleMaterial, nameMaterial } from './key-material';

interface Fit {
	readonly call: ImportParametersRecord;
	readonly padding: Padding;
	readonly candidate: Candidate;
	readonly evidence: Evidence;
	readonly plaintext: Bytes;
}

interface Tried {
	/** The best one. */
	readonly fit?: Fit | undefined;
	/** How many key pairs were tried with all candidates. */
	readonly pairs: number;
}

export interface WhyNot {
	/** Empty if the bytes that were decrypted were encrypted as requested. */
	readonly findings: readonly Finding[];
	readonly opened?: Pick<Fit, 'candidate' | 'evidence'> & {
		/** Of the token. */
		readonly callNumber: number;
	};
}

/**
 * A file that the service could not decrypt.
 *
 * @param token whose call the service tried
 * @param candidates what the file may stand for, likeliest first
 */
export async function whyItDoesNotOpen(
	search: Search,
	token: ImportTokenClaims,
	candidates: readonly Candidate[]
): Promise<WhyNot> {
	const { db } = search.store;
	const { parametersId, keyId } = token;
	const own = await db.importParameters.get(parametersId);
	if (!own) return { findings: (await isUndone(search, token)) ? [{ kind: 'callUndone' }] : [] };
	const others = (await openCalls(db, keyId)).filter((call) => call.parametersId !== parametersId);
	const { fit, pairs } = await bestFit(search, own, others, candidates);
	if (!fit) return { findings: [await nothingOpensIt(search, own, pairs, candidates)] };
	const { candidate, evidence } = fit;
	const opened = { candidate, evidence, callNumber: own.callNumber };
	return { opened, findings: await findingsOf(search, own, fit) };
}

type Decrypted =
	/** By chance: it was encrypted in another way. */
	| { readonly findings: readonly Finding[] }
	| { readonly plaintext: Bytes; readonly evidence: Evidence };

/**
 * A file that the service decrypted. One in 430 files that were encrypted with OAEP is decrypted with PKCS #1 v1.5 by chance,
 * which a try with the same key pair shows. No other pair is tried: see `bestFit`.
 *
 * @param bytes as the service read them
 */
export async function whatWasDecrypted(
	search: Search,
	{ parametersId }: ImportTokenClaims,
	bytes: Bytes
): Promise<Decrypted | undefined> {
	const own = await search.store.db.importParameters.get(parametersId);
	if (!own) return undefined;
	const { fit } = await bestFit(search, own, [], [{ layers: [], bytes }]);
	if (!fit) return undefined;
	const isAsked = algorithmOf(fit.padding) === own.wrappingAlgorithm;
	return isAsked ? fit : { findings: await findingsOf(search, own, fit) };
}

async function findingsOf(
	search: Search,
	own: ImportParametersRecord,
	fit: Fit
): Promise<Finding[]> {
	const { plaintext, evidence } = fit;
	const differences = await whatDiffers(search, own, fit);
	if (plaintext.length === MATERIAL_BYTES) return differences;
	const material = await nameMaterial(search, own.keyId, plaintext);
	return differences.length > 0 ? [...differences, material] : [{ ...material, evidence }];
}

/** @returns nothing if the bytes were encrypted as requested */
async function whatDiffers(
	{ store: { db } }: Search,
	own: ImportParametersRecord,
	{ call, padding: used, evidence }: Fit
): Promise<Finding[]> {
	const { wrappingAlgorithm: asked, callNumber, keyId } = own;
	const offered = algorithmOf(used);
	const isAsked = offered === asked;
	if (call !== own) {
		const key = call.keyId === keyId ? {} : { key: await nameOf(db, call.keyId) };
		const numbers = { tokenCallNumber: callNumber, callNumber: call.callNumber };
		const padding = isAsked ? {} : { otherPadding: used };
		return [{ kind: 'otherCall', ...numbers, ...key, asked, ...padding, evidence }];
	}
	if (isAsked) return [];
	const digests = digestChoice(used);
	const algorithm = { asked, used, ...(digests && { digests }), ...(offered && { offered }) };
	return [{ kind: 'otherAlgorithm', callNumber, ...algorithm, evidence }];
}

function digestChoice(used: Padding): DigestChoice | undefined {
	if (used.scheme !== 'RSAES_OAEP') return undefined;
	const { digest, maskDigest } = used;
	if (digest === 'SHA-1') return maskDigest === 'SHA-1' ? 'sha1' : 'mgf1Only';
	if (maskDigest === 'SHA-1') return 'java';
	return digest === 'SHA-256' && maskDigest === 'SHA-256' ? 'sha256' : 'other';
}

async function nothingOpensIt(
	{ store: { db } }: Search,
	{ keyId, callNumber, wrappingAlgorithm: asked }: ImportParametersRecord,
	tried: number,
	candidates: readonly Candidate[]
): Promise<Finding> {
	const [key, open] = await Promise.all([db.keys.get(keyId), countOpenCalls(db, keyId)]);
	const closedCalls = Math.max((key?.importCalls ?? 0) - open.own, 0);
	const triedAs = CIPHERTEXT_REPAIRS.filter((repair) =>
		candidates.some(({ layers }) => layers.at(-1)?.id === repair)
	);
	const calls = { tried, openCalls: open.all, closedCalls };
	return { kind: 'nothingOpensIt', callNumber, asked, ...calls, triedAs };
}

/**
 * The first one that is proved; without one, the first that has the structure.
 *
 * @param own the token's call. What its key pair decrypts ends the search, even with the structure alone: a file for another
 * pair has that at most once in 50,000 files, and wrong key material is far more frequent
 * @param others of which each is one more chance for the structure, so that the search goes on for a proof
 */
async function bestFit(
	{ store: { db, serviceKeys }, bounds, plaintexts }: Search,
	own: ImportParametersRecord,
	others: readonly ImportParametersRecord[],
	candidates: readonly Candidate[]
): Promise<Tried> {
	let fit: Fit | undefined;
	let pairs = 0;
	for (const call of [own, ...others]) {
		const row = await db.wrappingKeys.get(call.parametersId);
		const privateKey =
			row && (await openPrivateKey(serviceKeys.sealing, call.parametersId, row.sealed));
		if (!privateKey) continue;
		for (const candidate of candidates) {
			if (!bounds.mayTry('privateKey')) return { fit, pairs };
			const opened = plaintexts.openWithEveryPadding(privateKey, candidate.bytes);
			const evidence = opened && evidenceOf(opened, candidate);
			if (!evidence || (fit && evidence === 'structure')) continue;
			fit = { call, candidate, evidence, ...opened };
			if (evidence === 'proof') return { fit, pairs };
		}
		pairs++;
		if (fit?.call === own) return { fit, pairs };
	}
	return { fit, pairs };
}

/** Changes that the file does not show: each is one more try. */
const GUESSES: ReadonlySet<string> = new Set([...CIPHERTEXT_REPAIRS, 'hexZeroCut']);

/** @returns undefined if it may well be chance */
function evidenceOf({ padding, plaintext }: Opened, { layers }: Candidate): Evidence | undefined {
	if (padding.scheme !== 'RSAES_PKCS1_V1_5') return 'proof';
	if (isPlausibleMaterial(plaintext)) return 'proof';
	return layers.some(({ id }) => GUESSES.has(id)) ? undefined : 'structure';
}

/** Whether the call that issued a token was undone. That deletes its row before the token expires. */
async function isUndone({ store: { db } }: Search, token: ImportTokenClaims): Promise<boolean> {
	const { undone } = await historyOf(db, token.keyId);
	return undone.some((event) => gaveToken(event, token));
}
