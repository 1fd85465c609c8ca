/** Which workspace this page works in: the choice of this tab, or else the last one of any tab. */

/** The one that is there from the start. */
const FIRST_ID = 'main';
const CHOICE = 'workspace';
/** What names a database and a worker: anything else was written by nobody here. */
const ID = /^(?:main|learn|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

let own: string | undefined;

/** Asked once, kept for the life of the page; from then on other tabs can see that it works there. */
export function currentWorkspaceId(): string {
	if (own === undefined) {
		own = read('sessionStorage') ?? read('localStorage') ?? FIRST_ID;
		occupy(own);
	}
	return own;
}

/** Loads the page anew at that address, in that workspace. */
export function openWorkspace(workspaceId: string, href: string): void {
	write('sessionStorage', workspaceId);
	write('localStorage', workspaceId);
	location.assign(href);
}

/** A tab that is opened later must not start in a workspace that was removed. */
export function forgetWorkspace(workspaceId: string): void {
	if (read('localStorage') === workspaceId) write('localStorage', currentWorkspaceId());
}

const lockName = (workspaceId: string) => `workspace/${workspaceId}`;

function occupy(workspaceId: string): void {
	// Older browsers and plain HTTP have no locks, and where storage is blocked they are refused: other tabs cannot know.
	const locks = navigator.locks as LockManager | undefined;
	const forAsLongAsThePageLives = new Promise<never>(() => undefined);
	locks
		?.request(lockName(workspaceId), { mode: 'shared' }, () => forAsLongAsThePageLives)
		.catch(() => undefined);
}

export async function isOpenInAnotherTab(workspaceId: string): Promise<boolean> {
	const locks = navigator.locks as LockManager | undefined;
	const held = (await locks?.query().catch(() => undefined))?.held ?? [];
	return held.some(({ name }) => name === lockName(workspaceId));
}

type Place = 'sessionStorage' | 'localStorage';

function read(place: Place): string | undefined {
	try {
		const id = window[place].getItem(CHOICE);
		return id !== null && ID.test(id) ? id : undefined;
	} catch {
		// blocked
		return undefined;
	}
}

function write(place: Place, workspaceId: string): void {
	try {
		window[place].setItem(CHOICE, workspaceId);
	} catch {
		// blocked: then nothing else is stored either, and there is one workspace
	}
}
