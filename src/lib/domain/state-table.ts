/**
 * Which operation is allowed in which state, and the state afterwards. The table is complete by its type:
 * an operation or a state left out does not compile.
 */
import type { Operation } from './events';
import type { KeyState } from './key';
import {
	keyDisabled,
	keyPendingDelete,
	keyPendingImport,
	keyStateInvalid,
	type Refusal
} from './refusals';

/** Operations on one CMK whose outcome depends on its state. */
export type KeyOperation = Exclude<Operation, 'CreateCmk' | 'DescribeKey' | 'ListKeys'>;

type StateRefusal = 'KeyStateInvalid' | 'KeyDisabled' | 'KeyPendingDelete' | 'KeyPendingImport';

/** P documented, A inherited from the closest relative, D our decision (domain.md 0). */
type Mark = 'P' | 'A' | 'D';

export type Verdict = { readonly mark: Mark; readonly source: string } & (
	{ readonly becomes: KeyState } | { readonly refused: StateRefusal }
);

const becomes = (state: KeyState, mark: Mark, source: string): Verdict => ({
	becomes: state,
	mark,
	source
});
const refused = (code: StateRefusal, mark: Mark, source: string): Verdict => ({
	refused: code,
	mark,
	source
});

const USE: Readonly<Record<KeyState, Verdict>> = {
	ENABLED: becomes('ENABLED', 'P', 'S12'),
	DISABLED: refused('KeyDisabled', 'P', 'S15'),
	PENDING_IMPORT: refused('KeyPendingImport', 'P', 'S12'),
	PENDING_DELETE: refused('KeyPendingDelete', 'P', 'S14')
};

/** @see domain.md 1.4; the sources S1 to S15 are its documents */
export const STATE_TABLE: Readonly<Record<KeyOperation, Readonly<Record<KeyState, Verdict>>>> = {
	GetParametersForImport: {
		ENABLED: becomes('ENABLED', 'A', '2.1'),
		DISABLED: becomes('DISABLED', 'A', '2.1'),
		PENDING_IMPORT: becomes('PENDING_IMPORT', 'P', 'S2'),
		PENDING_DELETE: refused('KeyStateInvalid', 'D', '1.4')
	},
	ImportKeyMaterial: {
		ENABLED: becomes('ENABLED', 'P', 'S12, C1'),
		DISABLED: becomes('DISABLED', 'D', '1.4'),
		PENDING_IMPORT: becomes('ENABLED', 'P', 'S1, S12'),
		PENDING_DELETE: refused('KeyStateInvalid', 'A', '2.1')
	},
	DeleteKeyMaterial: {
		ENABLED: becomes('PENDING_IMPORT', 'P', 'S3, S13'),
		DISABLED: becomes('PENDING_IMPORT', 'P', 'S3, S13'),
		PENDING_IMPORT: becomes('PENDING_IMPORT', 'A', '2.1'),
		PENDING_DELETE: becomes('PENDING_DELETE', 'A', '2.1')
	},
	Encrypt: USE,
	Decrypt: USE
};

const refusalByCode: Readonly<Record<StateRefusal, (state: KeyState) => Refusal>> = {
	KeyStateInvalid: keyStateInvalid,
	KeyDisabled: keyDisabled,
	KeyPendingDelete: keyPendingDelete,
	KeyPendingImport: keyPendingImport
};

/** @returns the refusal that this state calls for, or undefined when the operation is allowed */
export function stateRefusal(operation: KeyOperation, state: KeyState): Refusal | undefined {
	const verdict = STATE_TABLE[operation][state];
	return 'refused' in verdict ? refusalByCode[verdict.refused](state) : undefined;
}

/** @throws when the operation is not allowed in that state: ask `stateRefusal` first */
export function stateAfter(operation: KeyOperation, state: KeyState): KeyState {
	const verdict = STATE_TABLE[operation][state];
	if ('refused' in verdict) throw new Error(`${operation} is not allowed in ${state}`);
	return verdict.becomes;
}
