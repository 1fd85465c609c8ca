/** The second script of a frame: starts the engine, begins the scenario and shows its parts. */
import { mount } from 'svelte';
import { hydrated } from '$lib/ui/kit/hydrated.svelte';
import { go, setNavigation } from '$lib/ui/kit/navigation';
import { startEngine } from '../engine/start-engine';
import { registerOffline } from '../offline/register';
import Demo from './Demo.svelte';
import { DemoRun } from './demo-run.svelte';
import { showFault } from './fault';
import './frame.css';
import { frameNavigation } from './frame-navigation';
import type { CoreStart } from './globals';
import { HostPort } from './host-port';
import { submitByHand } from './submit-in-sandbox';

setNavigation(frameNavigation);
globalThis.kmsFault = showFault;

globalThis.kmsCore = (start: CoreStart) => {
	const { name, scenario, parameters, target, link, fail } = start;
	const { persist } = parameters;
	const started = startEngine({
		source: globalThis.kmsEngine ?? '',
		plainUrl: 'engine-plain.js',
		...(persist === null
			? {}
			: { persist: { instance: `${name}/${persist}`, storedUrl: 'engine-stored.js' } })
	});
	globalThis.kmsEmbedDoor = started.then(({ engine }) => engine);
	globalThis.kmsEmbedExam = parameters.exam;
	hydrated.done = true;
	submitByHand(target);

	const port = new HostPort(link);
	const run = new DemoRun(name, scenario, parameters, port);
	followLinks(target, run);
	mount(Demo, { target, props: { run, port } });

	const lost = () => {
		fail('Engine');
	};
	started.then(
		() =>
			run.begin(lost).then(
				() => {
					whenIdle(registerOffline);
				},
				(error: unknown) => {
					fail('Scenario');
					throw error;
				}
			),
		(error: unknown) => {
			lost();
			throw error;
		}
	);
};

/** Keeping it for a time without a network must not delay what was asked for. */
function whenIdle(work: () => void): void {
	// not in every browser
	if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
	else setTimeout(work, 1000);
}

/** Links between the parts go to places of the demo, not to addresses of the browser. */
function followLinks(target: HTMLElement, run: DemoRun): void {
	target.addEventListener('click', (event) => {
		const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#/"]');
		const href = link?.getAttribute('href');
		if (typeof href !== 'string' || event.defaultPrevented) return;
		event.preventDefault();
		run.chosenHref = href.split('?')[0];
		void go(href);
	});
}
