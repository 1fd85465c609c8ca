/** Which open key pair opens a file, and how it was padded. The plaintext is looked at and overwritten here. */
import { openWithEveryPadding, type Opened } from '../crypto/every-padding';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { MATERIAL_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportParametersRecord, ImportTokenClaims } from '../domain/import-parameters';
import type { Finding, WrappedAs } from './diagnosis';
import {
	countOpenCalls,
	gaveToken,
	historyOf,
	isBound,
	nameOf,
	openCalls,
	type DiagnosisDeps
} from './evidence';
import { isPlausibleMaterial, lookOfMaterial } from './looks';

interface Fit {
	readonly call: ImportParametersRecord;
	readonly padding: WrappedAs;
	/** What would be wrong next. */
	readonly next: readonly Finding[];
}

/**
 * @param token whose call the service tried
 * @param wrapped 256 bytes
 * @returns why it did not open, or nothing when it does open as it was asked for
 */
export async function whyItDoesNotOpen(
	{ store }: DiagnosisDeps,
	token: ImportTokenClaims,
	wrapped: Bytes
): Promise<Finding[]> {
	const { db } = store;
	const { parametersId, keyId } = token;
	const own = await db.importParameters.get(parametersId);
	if (!own) return (await isUndone({ store }, token)) ? [{ kind: 'callUndone' }] : [];
	const others = (await openCalls(db, keyId)).filter((call) => call.parametersId !== parametersId);
	// the token's own pair first: a file that fits it was meant for it
	const bound = await isBound(db, keyId);
	const fit = await firstFit({ store }, [own, ...others], wrapped, bound);
	const asked = own.wrappingAlgorithm;
	if (!fit) {
		const key = await db.keys.get(keyId);
		const closedCalls = Math.max((key?.importCalls ?? 0) - (await countOpenCalls(db, keyId)), 0);
		const { callNumber } = own;
		const tried = 1 + others.length;
		return [{ kind: 'nothingOpensIt', callNumber, asked, openCalls: tried, closedCalls }];
	}
	const { call, padding: used, next } = fit;
	if (call !== own) {
		const { callNumber } = call;
		const key = call.keyId === keyId ? {} : { key: await nameOf(db, call.keyId) };
		return [
			{
				kind: 'otherCall',
				tokenCallNumber: own.callNumber,
				callNumber,
				...key,
				asked,
				used
			},
			...next
		];
	}
	if (used === asked) return [...next];
	return [{ kind: 'otherAlgorithm', callNumber: own.callNumber, asked, used }, ...next];
}

async function firstFit(
	{ store: { db, serviceKeys } }: Pick<DiagnosisDeps, 'store'>,
	calls: readonly ImportParametersRecord[],
	wrapped: Bytes,
	bound: boolean
): Promise<Fit | undefined> {
	for (const call of calls) {
		const { parametersId } = call;
		const row = await db.wrappingKeys.get(parametersId);
		const privateKey = row && (await openPrivateKey(serviceKeys.sealing, parametersId, row.sealed));
		const opened = privateKey && openWithEveryPadding(privateKey, wrapped);
		if (!opened) continue;
		const { padding, plaintext } = opened;
		try {
			if (isMeant(opened)) return { call, padding, next: lookOf(plaintext, bound) };
		} finally {
			plaintext.fill(0);
		}
	}
	return undefined;
}

const isMeant = ({ padding, plaintext }: Opened): boolean =>
	padding !== 'RSAES_PKCS1_V1_5' || isPlausibleMaterial(plaintext);

function lookOf(plaintext: Bytes, bound: boolean): Finding[] {
	const { length: bytes } = plaintext;
	if (bytes === MATERIAL_BYTES) return [];
	return [{ kind: 'materialLooks', look: lookOfMaterial(plaintext), bytes, bound }];
}

/** Whether the call that gave a token was taken back: its row is gone before its time. */
async function isUndone(
	{ store: { db } }: Pick<DiagnosisDeps, 'store'>,
	token: ImportTokenClaims
): Promise<boolean> {
	const { undone } = await historyOf(db, token.keyId);
	return undone.some((event) => gaveToken(event, token));
}
