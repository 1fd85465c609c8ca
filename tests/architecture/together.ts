/** Pages that ask for live data show it at once, inside `Together`: late content would move what the trainee is about to click. */
import { importsOf, resolveImport, toFile, type Sources } from './sources';

const TOGETHER = 'lib/ui/features/together/Together.svelte';
/** Shown only after an action of the trainee: its answers are not a page's first ones. */
const AFTER_AN_ACTION = 'lib/ui/features/refusals/RefusalPanel.svelte';
const ASKS =
	/import \{[^}]*\b(?:live|awaitFirstAnswer)\b[^}]*\} from '[^']*\/(?:live|first-answers)\.svelte'/;

/** One sentence for each page that asks, by itself or by what it shows, while neither it nor a component in it imports `Together`. */
export function loosePages(sources: Sources): string[] {
	return [...sources.keys()]
		.filter((path) => /^routes\/(?:.*\/)?\+page\.svelte$/.test(path))
		.filter(
			(page) =>
				![page, ...shownBy(sources, page)].some((path) => shownBy(sources, path).includes(TOGETHER))
		)
		.flatMap((page) => {
			const way = wayToQuestion(sources, page, new Set([AFTER_AN_ACTION]));
			return way ? [`${way.join(' → ')} asks outside of Together`] : [];
		});
}

/** Parts that are loaded later are left out: they appear after an action. */
const shownBy = (sources: Sources, path: string): readonly string[] =>
	importsOf(path, sources.get(path) ?? '')
		.filter(({ kind }) => kind === 'value')
		.flatMap((edge) => toFile(sources, resolveImport(edge)) ?? []);

function wayToQuestion(
	sources: Sources,
	path: string,
	seen: Set<string>
): readonly string[] | undefined {
	if (seen.has(path)) return undefined;
	seen.add(path);
	if (ASKS.test(sources.get(path) ?? '')) return [path];
	for (const shown of shownBy(sources, path)) {
		const way = wayToQuestion(sources, shown, seen);
		if (way) return [path, ...way];
	}
	return undefined;
}
