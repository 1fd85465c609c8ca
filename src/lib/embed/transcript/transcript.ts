/** What a demo is and what is done in it, as text: for print, for readers without scripts, for whoever reads first. */
import type { KeyRecord } from '../../domain/key';
import { m } from '../../paraglide/messages';
import { scenarioDigest } from '../../scenario/digest';
import type { LocalizedText, Scenario } from '../../scenario/format';
import { shownText } from '../../scenario/shown-text';
import type { Performed } from './perform';
import { actOf, instant, type Act, type Locale } from './sentences';

/** Texts in one language, names filled in; `code` between backticks and **strong** between double asterisks. */
export interface Transcript {
	readonly locale: Locale;
	readonly title: string;
	readonly summary: string;
	readonly clock: string;
	readonly start: readonly Act[];
	readonly steps: readonly string[];
	readonly goals: readonly string[];
	readonly questions: readonly QuestionText[];
	readonly solution: readonly Act[];
	/** The CMKs at the end, a sentence for each. */
	readonly keys: readonly string[];
	/** The files at the end, each with its length. */
	readonly files: readonly string[];
	/** Of the scenario as it was told here. */
	readonly digest: string;
}

interface QuestionText {
	readonly text: string;
	/** The choice that the solution takes. */
	readonly answer: string;
	readonly explanation: string;
}

export function tell(scenario: Scenario, performed: Performed, locale: Locale): Transcript {
	const { names, lengths, keys, files } = performed;
	const text = (localized: LocalizedText) => shownText(localized, names, locale).text;
	const choiceText = (question: string, choice: string) => {
		const found = scenario.questions
			.find(({ id }) => id === question)
			?.choices.find(({ id }) => id === choice);
		return found ? text(found.text) : choice;
	};
	const teller = { locale, performed, choiceText };
	const chosen = new Map(
		scenario.solution.flatMap((action) =>
			action.do === 'Answer' ? [[action.question, action.choice] as const] : []
		)
	);
	const when = instant(Date.parse(scenario.clock.startsAt));
	return {
		locale,
		title: text(scenario.title),
		summary: text(scenario.summary),
		clock: m.transcript_start_clock({ when }, { locale }),
		start: scenario.start.map((action) => actOf(action, teller)),
		steps: scenario.steps.map((step) => text(step.text)),
		goals: scenario.goals.map((goal) => text(goal.text)),
		questions: scenario.questions.map((question) => ({
			text: text(question.text),
			answer: choiceText(question.id, chosen.get(question.id) ?? question.answer ?? ''),
			explanation: text(question.explanation)
		})),
		solution: scenario.solution.map((action) => actOf(action, teller)),
		keys: keys.map((key) => keyAtEnd(key, names, locale)),
		files: files.map((name) => m.transcript_bytes({ name, bytes: lengths[name] ?? 0 }, { locale })),
		digest: scenarioDigest(scenario)
	};
}

function keyAtEnd(record: KeyRecord, names: Performed['names'], locale: Locale): string {
	const { keyId, alias, state, origin, material } = record;
	// as the texts of the scenario name it; who made it here is named by its first digits too
	const key = Object.values(names).find((name) => keyId.startsWith(name)) ?? keyId.slice(0, 8);
	return m.transcript_key_at_end(
		{
			key:
				alias === null
					? m.transcript_cmk({ key }, { locale })
					: m.transcript_cmk_alias({ key, alias }, { locale }),
			state: STATES[state]({}, { locale }),
			origin:
				origin === 'EXTERNAL'
					? m.keys_origin_external({}, { locale })
					: m.keys_origin_kms({}, { locale }),
			material: materialAtEnd(material, locale)
		},
		{ locale }
	);
}

const STATES: Readonly<Record<KeyRecord['state'], typeof m.keys_state_enabled>> = {
	ENABLED: m.keys_state_enabled,
	DISABLED: m.keys_state_disabled,
	PENDING_IMPORT: m.keys_state_pending_import,
	PENDING_DELETE: m.keys_state_pending_delete
};

function materialAtEnd(material: KeyRecord['material'], locale: Locale): string {
	if (!material) return m.transcript_material_absent({}, { locale });
	const { expiresAtMs } = material;
	return expiresAtMs === null
		? m.transcript_material_never({}, { locale })
		: m.transcript_material_until({ when: instant(expiresAtMs) }, { locale });
}
