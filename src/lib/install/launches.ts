/**
 * Launches of the installed app: by a file, by a shortcut, by its icon. One that finds a window open is handed to it
 * (`launch_handler` in the manifest), so that nothing that was typed there is lost; going where it leads is then up to
 * the page.
 */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { m } from '../paraglide/messages';
import { launchedFiles, launchedKind } from './launched-files.svelte';

/** No type library has these yet. */
interface LaunchParams {
	readonly targetURL?: string | null;
	readonly files?: readonly FileSystemHandle[];
}

interface WithLaunchQueue {
	readonly launchQueue?: { setConsumer(consumer: (launch: LaunchParams) => void): void };
}

/** @returns the end of it, as far as there is one: a consumer cannot be taken back */
export function takeLaunches(): () => void {
	const { launchQueue } = window as WithLaunchQueue;
	if (!launchQueue) return () => undefined;
	/** The address at which something was typed and not sent. */
	let typedAt: string | undefined;
	const typed = () => (typedAt = location.href);
	const sent = () => (typedAt = undefined);
	document.addEventListener('input', typed);
	document.addEventListener('submit', sent);

	launchQueue.setConsumer((launch) => {
		void follow(launch, () => typedAt === location.href);
	});
	return () => {
		document.removeEventListener('input', typed);
		document.removeEventListener('submit', sent);
	};
}

async function follow(
	{ targetURL, files = [] }: LaunchParams,
	isTyped: () => boolean
): Promise<void> {
	const opened = await Promise.all(files.filter(isFile).map((handle) => handle.getFile()));
	launchedFiles.add(opened);
	const [first] = opened;
	const wanted = new URL(first ? pageFor(first) : (targetURL ?? ''), location.href);
	// by its icon: whoever comes back wants to go on
	if (wanted.pathname === resolve('/') || wanted.pathname === location.pathname) return;
	if (isTyped() && !confirm(m.install_leave())) return;
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- the browser only launches addresses in our scope
	await goto(wanted);
}

const pageFor = (file: File): string =>
	launchedKind(file) === 'scenario' ? resolve('/learn/open') : resolve('/sandbox');

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
	return handle.kind === 'file';
}
