import type { RuleGroup } from '$lib/domain/fidelity';
import { m } from '$lib/paraglide/messages';

export const GROUP_TITLES: Readonly<Record<RuleGroup, () => string>> = {
	keys: m.fidelity_group_keys,
	import: m.fidelity_group_import,
	use: m.fidelity_group_use,
	time: m.fidelity_group_time,
	answers: m.fidelity_group_answers,
	contradictions: m.fidelity_group_contradictions,
	sandbox: m.fidelity_group_sandbox
};
