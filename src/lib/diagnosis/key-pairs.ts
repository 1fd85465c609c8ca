/** Which open key pair opens a file, as what, and how it was padded. The plaintext is looked at and overwritten here. */
import {
	algorithmOf,
	openWithEveryPadding,
	type Opened,
	type Padding
} from '../crypto/every-padding';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportParametersRecord, ImportTokenClaims } from '../domain/import-parameters';
import { CIPHERTEXT_REPAIRS, type Candidate } from '../recognition/repairs';
import type { Finding, PaddingReason } from './diagnosis';
import {
	countOpenCalls,
	gaveToken,
	historyOf,
	nameOf,
	openCalls,
	type DiagnosisDeps
} from './evidence';
import { isPlausibleMaterial, nameMaterial } from './key-material';

type Deps = Pick<DiagnosisDeps, 'store'>;

interface Fit {
	readonly call: ImportParametersRecord;
	readonly padding: Padding;
	readonly candidate: Candidate;
	/** What would be wrong next. */
	readonly next: readonly Finding[];
}

export interface WhyNot {
	/** Empty when the bytes do open as it was asked for. */
	readonly findings: readonly Finding[];
	/** What opened. */
	readonly candidate?: Candidate;
	/** Of the token. */
	readonly callNumber?: number;
}

/**
 * @param token whose call the service tried
 * @param candidates what the file may stand for, likeliest first
 */
export async function whyItDoesNotOpen(
	{ store }: Deps,
	token: ImportTokenClaims,
	candidates: readonly Candidate[]
): Promise<WhyNot> {
	const { db } = store;
	const { parametersId, keyId } = token;
	const own = await db.importParameters.get(parametersId);
	if (!own) return { findings: (await isUndone({ store }, token)) ? [{ kind: 'callUndone' }] : [] };
	const others = (await openCalls(db, keyId)).filter((call) => call.parametersId !== parametersId);
	// the token's own pair first: a file that fits it was meant for it
	const fit = await firstFit({ store }, keyId, [own, ...others], candidates);
	if (!fit) return { findings: [await nothingOpensIt({ store }, own, others.length, candidates)] };
	const { call, padding: used, next, candidate } = fit;
	const { wrappingAlgorithm: asked, callNumber } = own;
	const offered = algorithmOf(used);
	const isAsked = offered === asked;
	if (call !== own) {
		const key = call.keyId === keyId ? {} : { key: await nameOf(db, call.keyId) };
		const other = {
			tokenCallNumber: callNumber,
			callNumber: call.callNumber,
			...key,
			asked,
			used,
			isAsked
		};
		return { candidate, callNumber, findings: [{ kind: 'otherCall', ...other }, ...next] };
	}
	const reason = reasonOf(used);
	const padded: readonly Finding[] = isAsked
		? []
		: [{ kind: 'otherAlgorithm', callNumber, asked, used, reason, ...(offered && { offered }) }];
	return { candidate, callNumber, findings: [...padded, ...next] };
}

function reasonOf(padding: Padding): PaddingReason {
	if (padding.scheme === 'RSAES_PKCS1_V1_5') return 'pkcs1';
	if (padding.scheme === 'none') return 'none';
	const { digest, maskDigest, isLabelled } = padding;
	if (isLabelled) return 'label';
	if (digest === 'SHA-1') return maskDigest === 'SHA-1' ? 'oaepSha1' : 'mgf1Only';
	if (maskDigest === 'SHA-1') return 'mgf1Default';
	return digest === 'SHA-256' && maskDigest === 'SHA-256' ? 'oaepSha256' : 'otherDigests';
}

async function nothingOpensIt(
	{ store: { db } }: Deps,
	{ keyId, callNumber, wrappingAlgorithm: asked }: ImportParametersRecord,
	others: number,
	candidates: readonly Candidate[]
): Promise<Finding> {
	const key = await db.keys.get(keyId);
	const closedCalls = Math.max((key?.importCalls ?? 0) - (await countOpenCalls(db, keyId)), 0);
	const triedAs = CIPHERTEXT_REPAIRS.filter((repair) =>
		candidates.some(({ layers }) => layers.at(-1)?.id === repair)
	);
	return { kind: 'nothingOpensIt', callNumber, asked, openCalls: 1 + others, closedCalls, triedAs };
}

async function firstFit(
	{ store }: Deps,
	keyId: string,
	calls: readonly ImportParametersRecord[],
	candidates: readonly Candidate[]
): Promise<Fit | undefined> {
	const { db, serviceKeys } = store;
	for (const call of calls) {
		const row = await db.wrappingKeys.get(call.parametersId);
		const privateKey =
			row && (await openPrivateKey(serviceKeys.sealing, call.parametersId, row.sealed));
		if (!privateKey) continue;
		for (const candidate of candidates) {
			const opened = openWithEveryPadding(privateKey, candidate.bytes);
			if (!opened) continue;
			const { padding, plaintext } = opened;
			try {
				if (isMeant(opened))
					return { call, padding, candidate, next: await nextOf({ store }, keyId, plaintext) };
			} finally {
				plaintext.fill(0);
			}
		}
	}
	return undefined;
}

const isMeant = ({ padding, plaintext }: Opened): boolean =>
	padding.scheme !== 'RSAES_PKCS1_V1_5' || isPlausibleMaterial(plaintext);

async function nextOf({ store }: Deps, keyId: string, plaintext: Bytes): Promise<Finding[]> {
	return plaintext.length === MATERIAL_BYTES ? [] : [await nameMaterial(store, keyId, plaintext)];
}

/** Whether the call that gave a token was taken back: its row is gone before its time. */
async function isUndone({ store: { db } }: Deps, token: ImportTokenClaims): Promise<boolean> {
	const { undone } = await historyOf(db, token.keyId);
	return undone.some((event) => gaveToken(event, token));
}
