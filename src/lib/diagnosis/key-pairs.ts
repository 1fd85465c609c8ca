/** Which open key pair opens a file, as what, and how it was padded. */
import { algorithmOf, type Opened, type Padding } from '../crypto/every-padding';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportParametersRecord, ImportTokenClaims } from '../domain/import-parameters';
import { CIPHERTEXT_REPAIRS, type Candidate } from '../recognition/repairs';
import type { Evidence, Finding, PaddingReason } from './diagnosis';
import { countOpenCalls, gaveToken, historyOf, nameOf, openCalls, type Search } from './evidence';
import { isPlausibleMaterial, nameMaterial } from './key-material';
import type { Plaintexts } from './plaintexts';

interface Fit {
	readonly call: ImportParametersRecord;
	readonly padding: Padding;
	readonly candidate: Candidate;
	readonly evidence: Evidence;
	/** What comes out. */
	readonly plaintext: Bytes;
}

interface Tried {
	/** The best one. */
	readonly fit?: Fit | undefined;
	/** How many key pairs were tried to the end. */
	readonly pairs: number;
}

export interface WhyNot {
	/** Empty when the bytes do open as it was asked for. */
	readonly findings: readonly Finding[];
	/** What opened. */
	readonly candidate?: Candidate;
	readonly evidence?: Evidence;
	/** Of the token. */
	readonly callNumber?: number;
}

/**
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
	// the token's own pair first: a file that fits it was meant for it
	const { fit, pairs } = await bestFit(search, [own, ...others], candidates);
	if (!fit) return { findings: [await nothingOpensIt(search, own, pairs, candidates)] };
	const { candidate } = fit;
	const next = await nextOf(search, keyId, fit.plaintext);
	const findings = [...(await whatDiffers(search, own, fit)), ...next];
	return { candidate, evidence: fit.evidence, callNumber: own.callNumber, findings };
}

/** @returns nothing for what was encrypted as it was asked for */
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
		return [{ kind: 'otherCall', ...numbers, ...key, asked, used, isAsked, evidence }];
	}
	if (isAsked) return [];
	const reason = reasonOf(used);
	const algorithm = { callNumber, asked, used, reason, ...(offered && { offered }) };
	return [{ kind: 'otherAlgorithm', ...algorithm, evidence }];
}

function reasonOf(padding: Padding): PaddingReason {
	if (padding.scheme === 'RSAES_PKCS1_V1_5') return 'pkcs1';
	if (padding.scheme === 'none') return 'none';
	if (padding.scheme === 'RSAES_OAEP_OTHER_LABEL') return 'otherLabel';
	const { digest, maskDigest } = padding;
	if (digest === 'SHA-1') return maskDigest === 'SHA-1' ? 'oaepSha1' : 'mgf1Only';
	if (maskDigest === 'SHA-1') return 'mgf1Default';
	return digest === 'SHA-256' && maskDigest === 'SHA-256' ? 'oaepSha256' : 'otherDigests';
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

/** The first one that is proved; without one, the first that has the structure. */
async function bestFit(
	{ store: { db, serviceKeys }, bounds, plaintexts }: Search,
	calls: readonly ImportParametersRecord[],
	candidates: readonly Candidate[]
): Promise<Tried> {
	let fit: Fit | undefined;
	let pairs = 0;
	for (const call of calls) {
		const row = await db.wrappingKeys.get(call.parametersId);
		const privateKey =
			row && (await openPrivateKey(serviceKeys.sealing, call.parametersId, row.sealed));
		if (!privateKey) continue;
		for (const candidate of candidates) {
			if (!bounds.mayTry('privateKey')) return { fit, pairs };
			const opened = plaintexts.openWithEveryPadding(privateKey, candidate.bytes);
			const evidence = opened && evidenceOf(plaintexts, opened, candidate);
			if (!evidence || (fit && evidence === 'structure')) continue;
			fit = { call, candidate, evidence, ...opened };
			if (evidence === 'proof') return { fit, pairs };
		}
		pairs++;
	}
	return { fit, pairs };
}

/** Changes that nothing in the file shows: each is one more try. */
const GUESSES: ReadonlySet<string> = new Set([...CIPHERTEXT_REPAIRS, 'hexZeroCut']);

/** @returns undefined for what may well be chance */
function evidenceOf(
	plaintexts: Plaintexts,
	{ padding, plaintext }: Opened,
	{ layers }: Candidate
): Evidence | undefined {
	if (padding.scheme !== 'RSAES_PKCS1_V1_5') return 'proof';
	if (isPlausibleMaterial(plaintexts, plaintext)) return 'proof';
	return layers.some(({ id }) => GUESSES.has(id)) ? undefined : 'structure';
}

async function nextOf(search: Search, keyId: string, plaintext: Bytes): Promise<Finding[]> {
	return plaintext.length === MATERIAL_BYTES ? [] : [await nameMaterial(search, keyId, plaintext)];
}

/** Whether the call that gave a token was taken back: its row is gone before its time. */
async function isUndone({ store: { db } }: Search, token: ImportTokenClaims): Promise<boolean> {
	const { undone } = await historyOf(db, token.keyId);
	return undone.some((event) => gaveToken(event, token));
}
