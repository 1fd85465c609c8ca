/** Why a goal is not reached yet, in the language of the page. */
import { shortKeyId } from '$lib/customer/file-names';
import { m } from '$lib/paraglide/messages';
import type { Facts, Missing } from '$lib/scenario/goals';
import { stateName } from '$lib/ui/features/key-facts/state-names';
import { keyName } from '$lib/ui/features/key-facts/key-name';
import { localTime } from '$lib/ui/kit/times';

export function missingText(missing: Missing, { keys }: Pick<Facts, 'keys'>): string {
	const name = (keyId: string) => {
		const record = keys.find((one) => one.keyId === keyId);
		return record ? keyName(record) : shortKeyId(keyId);
	};
	switch (missing.kind) {
		case 'noKey':
			return missing.origin === null
				? m.learn_missing_no_key()
				: m.learn_missing_no_key_origin({ origin: missing.origin });
		case 'keyGone':
			return m.learn_missing_key_gone({ key: name(missing.keyId) });
		case 'keyState':
			return m.learn_missing_key_state({
				key: name(missing.keyId),
				state: stateName(missing.state),
				wanted: stateName(missing.wanted)
			});
		case 'noMaterial':
			return m.learn_missing_no_material({ key: name(missing.keyId) });
		case 'hasMaterial':
			return m.learn_missing_has_material({ key: name(missing.keyId) });
		case 'expires':
			return m.learn_missing_expires({
				key: name(missing.keyId),
				when: localTime(missing.expiresAtMs)
			});
		case 'neverExpires':
			return m.learn_missing_never_expires({ key: name(missing.keyId) });
		case 'alias':
			return m.learn_missing_alias({ key: name(missing.keyId), wanted: missing.wanted });
		case 'noEvent':
			return missing.latest === null
				? m.learn_missing_no_event({ operation: missing.operation })
				: m.learn_missing_other_answer({
						operation: missing.operation,
						latest: missing.latest,
						wanted: missing.wanted
					});
		case 'tooFew':
			return m.learn_missing_too_few(missing);
		case 'noFile':
			return m.learn_missing_no_file({ name: missing.name });
		case 'fileLength':
			return m.learn_missing_file_length({
				name: missing.name,
				bytes: missing.bytes,
				wanted: spanText(missing.from, missing.to)
			});
		case 'notAnswered':
			return m.learn_missing_not_answered();
		case 'wrongAnswer':
			return m.learn_missing_wrong_answer();
		case 'tooEarly':
			return m.learn_missing_too_early({ when: localTime(missing.untilMs) });
		case 'unwanted':
			return m.learn_missing_unwanted();
	}
}

const spanText = (from: number, to: number): string =>
	from === to ? String(from) : `${String(from)}–${String(to)}`;
