/**
 * Starts the app from 404.html, which a host sends at any depth below any path: finds the folder that the app is in, then
 * does what kit's own start does. Runs in the page as a text of its own, so it can use nothing outside itself.
 *
 * @param {object} build
 * @param {string} build.global the name of the variable that kit's modules read their base from
 * @param {string[]} build.entries the paths of kit's module and of the app's, from the folder on
 * @param {string} build.version what the version file says
 * @param {string} build.routes a pattern; its one group is the folder, if the rest of an address is a route
 */
export async function bootstrap({ global, entries, version, routes }) {
	const target = document.currentScript?.parentElement;

	// Style sheets come only once their address is known: until then the chosen theme colours the empty page.
	const { theme } = document.documentElement.dataset;
	if (theme) document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', theme);

	/** @param {string} folder */
	async function isHere(folder) {
		try {
			const address = `${location.origin}${folder}/_app/version.json`;
			const response = await fetch(address, { cache: 'no-cache' });
			return (await response.text()) === version;
		} catch {
			return false; // offline, and only a folder above
		}
	}

	async function find() {
		const parts = location.pathname.split('/');
		const folders = parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
		// Two guesses come first, so that no other folder is asked: the network may be gone, and a console reports what is missing.
		folders.unshift(...(new RegExp(routes).exec(location.pathname)?.slice(1) ?? []));
		const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
		if (worker) folders.unshift(new URL('.', worker.scriptURL).pathname.slice(0, -1));
		for (const folder of folders) if (await isHere(folder)) return folder;
		// the host may have another version by now, and the service worker's store be whole but for that file
		return folders[0] ?? '';
	}

	const base = await find();
	Object.assign(globalThis, { [global]: { base } });

	const waiting = [];
	/** @type {NodeListOf<HTMLLinkElement>} */
	const links = document.querySelectorAll('link[data-href]');
	for (const link of links) {
		if (link.rel === 'stylesheet')
			waiting.push(
				new Promise((done) => {
					link.onload = link.onerror = done;
				})
			);
		link.href = `${location.origin}${base}${link.dataset.href ?? ''}`;
		link.rel ||= link.dataset.rel ?? '';
	}
	/** @type {Promise<unknown>[]} */
	const modules = entries.map((path) => import(`${location.origin}${base}${path}`));
	const [kit, app] = await Promise.all(modules);
	await Promise.all(waiting);
	/** @type {{ start: (app: unknown, target: unknown) => void }} */ (kit).start(app, target);
}
