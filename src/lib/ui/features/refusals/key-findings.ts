/** What was found about a CMK and about a token, in words. */
import type { StateSince } from '$lib/diagnosis/diagnosis';
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';
import { stateName } from '$lib/ui/features/key-facts/state-names';
import { localTime } from '$lib/ui/kit/times';
import { nameKey, span, type Tellers, type Told } from './told';

export const TELL_OF_KEYS: Tellers<
	| 'tokenOfOtherKey'
	| 'tokenDamaged'
	| 'tokenUnknown'
	| 'tokenExpired'
	| 'stateSince'
	| 'neverImported'
	| 'nothingToCancel'
	| 'strictReimport'
	| 'platformKey'
	| 'keyDeleted'
	| 'keyUnknown'
	| 'aliasForKeyId'
	| 'aliasOwner'
	| 'window'
> = {
	tokenOfOtherKey: ({ key, callNumber: call, deleted }) => ({
		found: deleted
			? m.diagnosis_token_of_deleted({ key: nameKey(key) })
			: call === null
				? m.diagnosis_token_of_other({ key: nameKey(key) })
				: m.diagnosis_token_of_other_call({ key: nameKey(key), call }),
		remedy: m.diagnosis_token_of_other_remedy()
	}),

	tokenDamaged: ({ change, bytes, callNumber: call, key }) => ({
		found: {
			altered: m.diagnosis_token_altered({ key: nameKey(key), call }),
			cut: m.diagnosis_token_cut({ key: nameKey(key), call, bytes }),
			longer: m.diagnosis_token_longer({ key: nameKey(key), call, bytes }),
			lineBreaks: m.diagnosis_token_line_breaks({ key: nameKey(key), call }),
			otherwise: m.diagnosis_token_otherwise({ key: nameKey(key), call, bytes })
		}[change],
		remedy: m.diagnosis_try_token_again()
	}),

	tokenUnknown: ({ bytes }) => ({
		found: m.diagnosis_token_unknown({ bytes }),
		remedy: m.diagnosis_get_parameters_again()
	}),

	tokenExpired: ({ callNumber: call, issuedAtMs, expiredAtMs, lateByMs }) => {
		const times = {
			issued: localTime(issuedAtMs),
			expired: localTime(expiredAtMs),
			late: span(lateByMs)
		};
		return {
			found:
				call === null
					? m.diagnosis_token_expired(times)
					: m.diagnosis_token_expired_call({ call, ...times }),
			remedy: m.diagnosis_token_expired_remedy()
		};
	},

	stateSince: tellStateSince,

	neverImported: ({ createdAtMs, calls }) => ({
		found:
			calls > 0
				? m.diagnosis_never_imported_calls({ calls })
				: m.diagnosis_never_imported({ when: localTime(createdAtMs) }),
		remedy: m.diagnosis_never_imported_remedy()
	}),

	nothingToCancel: ({ state }) => ({
		found: m.diagnosis_nothing_to_cancel({ state: stateName(state) })
	}),

	strictReimport: () => ({ found: m.diagnosis_strict(), remedy: m.diagnosis_strict_remedy() }),

	platformKey: () => ({
		found: m.diagnosis_platform_key(),
		remedy: m.diagnosis_platform_key_remedy()
	}),

	keyDeleted: ({ keyId, atMs }) => ({
		found: m.diagnosis_key_deleted({ key: keyId, when: localTime(atMs) }),
		remedy: m.diagnosis_key_deleted_remedy()
	}),

	keyUnknown: ({ inOtherCase }) => ({
		found: inOtherCase ? m.diagnosis_key_other_case() : m.diagnosis_key_unknown(),
		remedy: m.diagnosis_key_unknown_remedy()
	}),

	aliasForKeyId: ({ key }) => ({
		found: m.diagnosis_alias_for_id({ key: nameKey(key) }),
		remedy: m.diagnosis_key_unknown_remedy()
	}),

	aliasOwner: ({ key, own }) =>
		own
			? {
					found: m.diagnosis_alias_own({ key: nameKey(key) }),
					remedy: m.diagnosis_alias_own_remedy()
				}
			: {
					found: m.diagnosis_alias_owner({ key: nameKey(key) }),
					remedy: m.diagnosis_alias_remedy()
				},

	window: ({ days }) => ({ found: windowFound(days), remedy: m.diagnosis_window_remedy() })
};

function tellStateSince(since: StateSince): Told {
	const when = localTime(since.atMs);
	switch (since.by) {
		case 'ExpireKeyMaterial':
			return {
				found: isDefaultLifetime(since.lifetimeMs)
					? m.diagnosis_state_expired_default({ when })
					: m.diagnosis_state_expired({ when }),
				remedy: m.diagnosis_state_expired_remedy()
			};
		case 'DeleteKeyMaterial':
			return {
				found: m.diagnosis_state_material_deleted({ when }),
				remedy: m.diagnosis_state_material_deleted_remedy()
			};
		case 'DisableKey':
			return {
				found: m.diagnosis_state_disabled({ when }),
				remedy: m.diagnosis_state_disabled_remedy()
			};
		case 'ScheduleKeyDeletion':
			return {
				found: m.diagnosis_state_scheduled({ when, delete: localTime(since.deleteAtMs) }),
				remedy: m.diagnosis_state_scheduled_remedy()
			};
	}
}

/** The form's default is 24 hours after it was opened. Some time passes until it is sent. */
const isDefaultLifetime = (lifetimeMs = 0): boolean =>
	lifetimeMs <= DAY_MS && lifetimeMs > DAY_MS - HOUR_MS;

function windowFound(days: number | null): string {
	if (days === null) return m.diagnosis_window_none();
	if (days < 7) return m.diagnosis_window_at_once({ days });
	return days > 30 ? m.diagnosis_window_too_long({ days }) : m.diagnosis_window_fraction({ days });
}
