/**
 * Which operation is allowed in which state, and the state afterwards: domain.md 1.4 as data. The table is complete by
 * its type: an operation or a state left out does not compile.
 */
import type { Operation, ServiceAct } from './events';
import type { KeyOrigin, KeyState } from './key';
import {
	keyDisabled,
	keyPendingDelete,
	keyPendingImport,
	keyStateInvalid,
	type Refusal
} from './refusals';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings';

/** Operations on one CMK. */
export type KeyOperation = Exclude<Operation, 'CreateCmk' | 'ListKeys'>;

type StateRefusal = 'KeyStateInvalid' | 'KeyDisabled' | 'KeyPendingDelete' | 'KeyPendingImport';

/** P documented, A inherited from the closest relative, D our decision (domain.md 0). */
export type Mark = 'P' | 'A' | 'D';

export interface Marked {
	readonly mark: Mark;
	/** Names in `fidelity.ts`: S of the provider's documents, R of its closest relative's, C of contradictions; or `own`. */
	readonly source: string;
}

/** The mark says what the answer rests on, allowed or refused; `effect` what the state afterwards does, where that differs. */
export type Verdict = Marked &
	(
		| { readonly becomes: KeyState; readonly effect?: Marked }
		/** Where the state afterwards depends on whether the CMK holds material. */
		| {
				readonly becomesWithMaterial: KeyState;
				readonly effectWithMaterial: Marked;
				readonly becomesWithout: KeyState;
				readonly effectWithout: Marked;
		  }
		| { readonly refused: StateRefusal }
	);

const becomes = (state: KeyState, mark: Mark, source: string, effect?: Marked): Verdict => ({
	becomes: state,
	mark,
	source,
	...(effect && { effect })
});
const refused = (code: StateRefusal, mark: Mark, source: string): Verdict => ({
	refused: code,
	mark,
	source
});

type Row = Readonly<Record<KeyState, Verdict>>;

const READ: Row = {
	ENABLED: becomes('ENABLED', 'A', 'R1'),
	DISABLED: becomes('DISABLED', 'A', 'R1'),
	PENDING_IMPORT: becomes('PENDING_IMPORT', 'A', 'R1'),
	PENDING_DELETE: becomes('PENDING_DELETE', 'A', 'R1')
};

/** The relative refuses both with what it says to a cryptographic call. */
const RENAME: Row = { ...READ, PENDING_DELETE: refused('KeyPendingDelete', 'A', 'R1') };

const DELETION: Marked = { mark: 'P', source: 'S7, S14' };

/** @param source the page of the operation itself; the three refusals are on pages of other operations */
const use = (source: string): Row => ({
	ENABLED: becomes('ENABLED', 'P', source),
	DISABLED: refused('KeyDisabled', 'P', 'S15'),
	PENDING_IMPORT: refused('KeyPendingImport', 'P', 'S12'),
	PENDING_DELETE: refused('KeyPendingDelete', 'P', 'S14')
});

export const STATE_TABLE: Readonly<Record<KeyOperation, Row>> = {
	DescribeKey: READ,
	CreateAlias: { ...READ, PENDING_DELETE: refused('KeyStateInvalid', 'A', 'R1') },
	UpdateAlias: RENAME,
	UpdateKeyDescription: RENAME,
	GetParametersForImport: {
		ENABLED: becomes('ENABLED', 'A', 'R1'),
		DISABLED: becomes('DISABLED', 'A', 'R1'),
		PENDING_IMPORT: becomes('PENDING_IMPORT', 'P', 'S2'),
		PENDING_DELETE: refused('KeyStateInvalid', 'D', 'own')
	},
	ImportKeyMaterial: {
		ENABLED: becomes('ENABLED', 'P', 'S12, C1'),
		DISABLED: becomes('DISABLED', 'P', 'S12, C1', { mark: 'D', source: 'own' }),
		PENDING_IMPORT: becomes('ENABLED', 'P', 'S1, S12', { mark: 'A', source: 'R1' }),
		PENDING_DELETE: refused('KeyStateInvalid', 'P', 'S1, S12')
	},
	DeleteKeyMaterial: {
		ENABLED: becomes('PENDING_IMPORT', 'P', 'S3, S13'),
		DISABLED: becomes('PENDING_IMPORT', 'P', 'S3, S13'),
		PENDING_IMPORT: becomes('PENDING_IMPORT', 'A', 'R1'),
		PENDING_DELETE: becomes('PENDING_DELETE', 'P', 'S3, S13')
	},
	EnableKey: {
		ENABLED: becomes('ENABLED', 'A', 'R1'),
		DISABLED: becomes('ENABLED', 'A', 'R1'),
		PENDING_IMPORT: refused('KeyStateInvalid', 'A', 'R1'),
		PENDING_DELETE: refused('KeyStateInvalid', 'A', 'R1')
	},
	DisableKey: {
		ENABLED: becomes('DISABLED', 'P', 'S15'),
		DISABLED: becomes('DISABLED', 'A', 'R1'),
		PENDING_IMPORT: refused('KeyStateInvalid', 'A', 'R1'),
		PENDING_DELETE: refused('KeyStateInvalid', 'A', 'R1')
	},
	ScheduleKeyDeletion: {
		ENABLED: becomes('PENDING_DELETE', 'P', 'S7, S14'),
		DISABLED: becomes('PENDING_DELETE', 'A', 'R1', DELETION),
		PENDING_IMPORT: becomes('PENDING_DELETE', 'A', 'R1', DELETION),
		PENDING_DELETE: refused('KeyStateInvalid', 'A', 'R1')
	},
	CancelKeyDeletion: {
		ENABLED: refused('KeyStateInvalid', 'A', 'R1'),
		DISABLED: refused('KeyStateInvalid', 'A', 'R1'),
		PENDING_IMPORT: refused('KeyStateInvalid', 'A', 'R1'),
		PENDING_DELETE: {
			mark: 'P',
			source: 'S6, S14',
			becomesWithMaterial: 'ENABLED',
			effectWithMaterial: { mark: 'A', source: 'R1' },
			becomesWithout: 'PENDING_IMPORT',
			effectWithout: { mark: 'D', source: 'own' }
		}
	},
	Encrypt: use('S8, S9'),
	GenerateDataKey: use('S16'),
	Decrypt: use('S17')
};

/** The strict reading of C1: the guide names no state but PENDING_IMPORT for an import. */
export const STRICT_REIMPORT: Readonly<Partial<Record<KeyState, Verdict>>> = {
	ENABLED: refused('KeyStateInvalid', 'P', 'S1, S12, C1'),
	DISABLED: refused('KeyStateInvalid', 'P', 'S1, S12, C1')
};

/** Operations that a CMK of origin KMS refuses in every state. */
export const EXTERNAL_ONLY: Readonly<Partial<Record<KeyOperation, Marked>>> = {
	GetParametersForImport: { mark: 'P', source: 'S11' },
	ImportKeyMaterial: { mark: 'P', source: 'S12' },
	DeleteKeyMaterial: { mark: 'P', source: 'S3, S13' }
};

/** The state in which a CMK begins. */
export const FIRST_STATE: Readonly<Record<KeyOrigin, Marked & { readonly becomes: KeyState }>> = {
	KMS: { becomes: 'ENABLED', mark: 'P', source: 'S9' },
	EXTERNAL: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S2' }
};

/** What time alone does to a CMK. `gone`: record, material and every ciphertext are lost. `null`: it cannot happen there. */
export const TIMER_TABLE: Readonly<
	Record<
		Exclude<ServiceAct, 'RemoveKeyMaterial'>,
		Readonly<Record<KeyState, (Marked & { readonly becomes: KeyState | 'gone' }) | null>>
	>
> = {
	ExpireKeyMaterial: {
		ENABLED: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S1, S3' },
		DISABLED: { becomes: 'PENDING_IMPORT', mark: 'P', source: 'S1, S3' },
		PENDING_IMPORT: null,
		PENDING_DELETE: { becomes: 'PENDING_DELETE', mark: 'P', source: 'S3' }
	},
	DeleteCmk: {
		ENABLED: null,
		DISABLED: null,
		PENDING_IMPORT: null,
		PENDING_DELETE: { becomes: 'gone', mark: 'P', source: 'S6, S14' }
	}
};

const refusalByCode: Readonly<Record<StateRefusal, (state: KeyState) => Refusal>> = {
	KeyStateInvalid: keyStateInvalid,
	KeyDisabled: keyDisabled,
	KeyPendingDelete: keyPendingDelete,
	KeyPendingImport: keyPendingImport
};

/** The cell that holds under these settings; only that of ImportKeyMaterial depends on them. */
export function verdictFor(
	operation: KeyOperation,
	state: KeyState,
	{ reimport }: Pick<SandboxSettings, 'reimport'>
): Verdict {
	const strict =
		operation === 'ImportKeyMaterial' && reimport === 'pendingImportOnly'
			? STRICT_REIMPORT[state]
			: undefined;
	return strict ?? STATE_TABLE[operation][state];
}

/** @returns the refusal that this state calls for, or undefined when the operation is allowed */
export function stateRefusal(
	operation: KeyOperation,
	state: KeyState,
	settings: Pick<SandboxSettings, 'reimport'> = DEFAULT_SETTINGS
): Refusal | undefined {
	const verdict = verdictFor(operation, state, settings);
	return 'refused' in verdict ? refusalByCode[verdict.refused](state) : undefined;
}

/** @throws when the operation is not allowed in that state: ask `stateRefusal` first */
export function stateAfter(
	operation: KeyOperation,
	state: KeyState,
	holdsMaterial: boolean
): KeyState {
	const verdict = STATE_TABLE[operation][state];
	if ('refused' in verdict) throw new Error(`${operation} is not allowed in ${state}`);
	if ('becomes' in verdict) return verdict.becomes;
	return holdsMaterial ? verdict.becomesWithMaterial : verdict.becomesWithout;
}
