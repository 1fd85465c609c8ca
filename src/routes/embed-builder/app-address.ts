/** Where the app is published, as somebody types it. */

/** Of the demos, below the app. */
const FOLDER = 'embed/';
/** The page on which this is typed: somebody copies its address from the bar of the browser. */
const OWN_PAGE = /embed-builder\/?$/;
/** A version such as `v1.2` is a folder. */
const FILE = /(?<=\/)[^/]+\.[a-z]+$/i;

/**
 * @param text written by anybody: the address of the app, of its folder of demos, or of a page in either
 * @returns the absolute address of the folder of the demos, with a slash at the end; undefined when no address can be meant
 */
export function demosAt(text: string): string | undefined {
	const typed = text.trim();
	if (!/^https?:\/\/[^/?#]/i.test(typed) || !URL.canParse(typed)) return undefined;
	const { origin, pathname, username, password } = new URL(typed);
	// it would stand in everybody's page
	if (username !== '' || password !== '') return undefined;
	const folder = `${pathname
		.replace(FILE, '')
		.replace(OWN_PAGE, '')
		.replace(/(?<!\/)\/+$/, '')}/`;
	const isOfDemos = folder.endsWith(`/${FOLDER}`);
	return `${origin}${folder}${isOfDemos ? '' : FOLDER}`;
}

/** @param demos as {@link demosAt} has it @returns the address of the app, with a slash at the end */
export const appOf = (demos: string): string => demos.slice(0, -FOLDER.length);
