/** The demos that a page of documentation embeds, each as it is now: there is one, it can be played, it is what it was. */
import { DEMOS } from '../../lib/embed/demos';
import { scenarioDigest } from '../../lib/scenario/digest';
import { linkToFile } from '../../lib/scenario/link';
import { checkFile } from '../scenario-check';
import { findEmbeds, type Embed } from './find-embeds';

interface PageCheck {
	/** How many embeds there are. */
	readonly count: number;
	/** One sentence each, with the line. */
	readonly problems: readonly string[];
}

/** @param isOwnFile whether an address, seen from the page, is a file of the documentation itself */
type CheckPage = (text: string, isOwnFile?: (address: string) => boolean) => Promise<PageCheck>;

/** Remembers what was played: pages speak of the same demo often. */
export function createEmbedChecker(): CheckPage {
	const played = new Map<string, Promise<readonly string[]>>();
	const once = (what: string, play: () => Promise<readonly string[]>) => {
		const answer = played.get(what) ?? play();
		played.set(what, answer);
		return answer;
	};

	async function problemsOf(embed: Embed): Promise<readonly string[]> {
		if ('unreadable' in embed)
			return [
				`which demo it is cannot be read here, write its name or its link into it: ${embed.unreadable.replace(/\s+/g, ' ')}`
			];
		if ('fragment' in embed)
			return once(embed.fragment, async () => {
				const answer = await linkToFile(embed.fragment);
				return answer.ok ? checkFile(answer.file) : [`the link is of no use: ${answer.problem}`];
			});
		const demo = DEMOS.find(({ name }) => name === embed.name);
		if (!demo) return [`there is no demo of the name "${embed.name}"`];
		const problems = await once(embed.name, () =>
			checkFile(new TextEncoder().encode(JSON.stringify(demo.scenario)))
		);
		const isStale = embed.digest !== undefined && embed.digest !== scenarioDigest(demo.scenario);
		return [
			...problems,
			...(isStale
				? [`"${embed.name}" is stale: its scenario has changed since, read it and embed it anew`]
				: [])
		];
	}

	return async (text, isOwnFile = () => false) => {
		const embeds = findEmbeds(text).filter(
			(embed) => !('address' in embed && isOwnFile(embed.address))
		);
		const problems: string[] = [];
		for (const embed of embeds)
			problems.push(
				...(await problemsOf(embed)).map((problem) => `line ${String(embed.line)}: ${problem}`)
			);
		return { count: embeds.length, problems };
	};
}
