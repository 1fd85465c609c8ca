/** In which state a CMK was after each event, read off the log alone: what the log does not tell stays open. */
import type { AuditEvent } from '$lib/domain/events';
import type { KeyOrigin, KeyState } from '$lib/domain/key';
import { FIRST_STATE, STATE_TABLE, TIMER_TABLE, type KeyOperation } from '$lib/domain/state-table';

/** A state that the CMK may be in: where a cancelled deletion leads depends on the material too. */
interface World {
	readonly state: KeyState | 'gone';
	readonly material: boolean;
}

const ANY: readonly World[] = [
	{ state: 'ENABLED', material: true },
	{ state: 'DISABLED', material: true },
	{ state: 'PENDING_IMPORT', material: false },
	{ state: 'PENDING_DELETE', material: true },
	{ state: 'PENDING_DELETE', material: false }
];

/**
 * @param events of one CMK, oldest first, perhaps not from the beginning
 * @returns the state after each of them, null where it is not certain
 */
export function statesAfter(
	origin: KeyOrigin,
	events: readonly AuditEvent[]
): readonly (World['state'] | null)[] {
	const before = new Map<unknown, readonly World[]>();
	let worlds = ANY;
	return events.map((event) => {
		const next =
			event.operation === 'UndoLastOperation'
				? (before.get(event.request['requestId']) ?? ANY)
				: after(worlds, origin, event);
		if (event.requestId !== null) before.set(event.requestId, worlds);
		worlds = next;
		const states = new Set(worlds.map(({ state }) => state));
		return states.size === 1 ? (worlds[0]?.state ?? null) : null;
	});
}

function after(worlds: readonly World[], origin: KeyOrigin, event: AuditEvent): readonly World[] {
	const { operation, code } = event;
	if (code !== 'SUCCESS') return worlds;
	if (operation === 'CreateCmk')
		return [{ state: FIRST_STATE[origin].becomes, material: origin === 'KMS' }];
	if (operation === 'ExpireKeyMaterial' || operation === 'DeleteCmk')
		return worlds.flatMap(({ state, material }) => {
			const end = state === 'gone' ? null : TIMER_TABLE[operation][state];
			return end ? [{ state: end.becomes, material: material && operation === 'DeleteCmk' }] : [];
		});
	if (!isKeyOperation(operation)) return worlds;
	return worlds.flatMap(({ state, material }) => {
		if (state === 'gone') return [];
		const verdict = STATE_TABLE[operation][state];
		if ('refused' in verdict) return [];
		const becomes =
			'becomes' in verdict
				? verdict.becomes
				: material
					? verdict.becomesWithMaterial
					: verdict.becomesWithout;
		const holds =
			operation === 'ImportKeyMaterial' || (material && operation !== 'DeleteKeyMaterial');
		return [{ state: becomes, material: holds }];
	});
}

function isKeyOperation(name: AuditEvent['operation']): name is KeyOperation {
	return name in STATE_TABLE;
}
