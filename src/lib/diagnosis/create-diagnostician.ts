/**
 * The second answer to a refusal, from data that only the sandbox has. It reads and never writes. The stored data may have
 * changed since the refusal, so a finding that contradicts the refusal is left out.
 */
import { blobKeyId } from '../crypto/ciphertext-blob';
import type { Operation } from '../domain/events';
import type { DecryptRequest } from '../domain/operations/use-key';
import type { Refusal } from '../domain/refusals';
import { sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import { startBounds, unlessStopped } from './bounds';
import { checkOutcomes, otherCheck } from './checks';
import { blobDoesNotOpen, damagedName, sameMaterialElsewhere } from './decrypt';
import { diagnoseImport } from './diagnose-import';
import type { Diagnosis, Diagnostician, Finding, RefusedCall } from './diagnosis';
import type { DiagnosisDeps, Search } from './evidence';
import { whyNotThisKey } from './key-state';
import { nameFile } from './name-file';
import { Plaintexts } from './plaintexts';

export function createDiagnostician(deps: DiagnosisDeps): Diagnostician {
	return {
		async diagnose(call, refusal, work) {
			const plaintexts = new Plaintexts();
			const bounds = startBounds(deps.systemNowMs, work);
			try {
				return await diagnoseCall({ ...deps, bounds, plaintexts }, call, refusal);
			} finally {
				plaintexts.overwrite();
				work?.close();
			}
		},

		name: (file) => Promise.resolve(nameFile(file))
	};
}

async function diagnoseCall(
	search: Search,
	call: RefusedCall,
	refusal: Refusal
): Promise<Diagnosis> {
	const { db } = search.store;
	const [clock, latest] = await Promise.all([db.clock.get(0), db.events.toCollection().last()]);
	const nowMs = sandboxNow(clock ?? SYSTEM_CLOCK, search.systemNowMs(), latest?.atMs);
	switch (call.operation) {
		case 'ImportKeyMaterial':
			return diagnoseImport(search, call.request, refusal, nowMs);
		case 'Decrypt':
			return diagnosis('Decrypt', refusal, whyNoDecrypt(search, call.request, refusal, nowMs));
		default: {
			const { operation, request } = call;
			const keyId = typeof request['keyId'] === 'string' ? request['keyId'] : '';
			const asked = { operation, keyId, alias: request['alias'] };
			return diagnosis(operation, refusal, whyNot(search, asked, refusal, nowMs));
		}
	}
}

const diagnosis = (
	operation: Operation,
	refusal: Refusal,
	findings: Promise<Finding[]>
): Promise<Diagnosis> => unlessStopped(checkOutcomes(operation, otherCheck(refusal)), findings);

async function whyNoDecrypt(
	search: Search,
	request: DecryptRequest,
	refusal: Refusal,
	nowMs: EpochMs
): Promise<Finding[]> {
	if (refusal.code === 'InvalidParameter')
		return refusal.details.parameter === 'cipherTextBlob' && request.cipherTextBlob.length > 0
			? blobDoesNotOpen(search, request)
			: [];
	const keyId = blobKeyId(request.cipherTextBlob) ?? '';
	if (refusal.code === 'KeyNotFound') {
		const damaged = await damagedName(search, request);
		if (damaged.length > 0) return damaged;
	}
	const findings = await whyNot(search, { operation: 'Decrypt', keyId }, refusal, nowMs);
	const isGone = ['KeyNotFound', 'KeyPendingImport'].includes(refusal.code);
	return isGone ? [...findings, ...(await sameMaterialElsewhere(search, request))] : findings;
}

interface Asked {
	readonly operation: Operation;
	readonly keyId: string;
	readonly alias?: unknown;
}

async function whyNot(
	{ store: { db } }: DiagnosisDeps,
	{ operation, keyId, alias }: Asked,
	refusal: Refusal,
	nowMs: EpochMs
): Promise<Finding[]> {
	const ofKey = await whyNotThisKey(db, operation, keyId, refusal, nowMs);
	if (ofKey) return ofKey;
	switch (refusal.code) {
		case 'PendingWindowInvalid':
			return [{ kind: 'window', days: refusal.details.days }];
		case 'AliasExists': {
			const taken = refusal.details.alias;
			const owner = await db.keys.where('alias').equals(taken).first();
			if (!owner) return [];
			const key = { keyId: owner.keyId, alias: owner.alias };
			// CreateAlias for a CMK that has an alias is refused with that alias
			return [{ kind: 'aliasOwner', key, own: owner.keyId === keyId && alias !== undefined }];
		}
		default:
			return [];
	}
}
