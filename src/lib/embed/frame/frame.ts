/**
 * The first script of a frame, at the end of its page. It reads what the page is asked for, makes the page look so before it
 * is painted, and loads the rest: the parts in the visitor's language, the engine and the scenario, all at once.
 */
import { m } from '$lib/paraglide/messages';
import type { Scenario } from '../../scenario/format';
import { scriptUrl } from '../engine/script-url';
import { ALLOW_LIST, mayBeFramed } from '../framing';
import { DEFAULT_PARAMETERS, readParameters, type EmbedParameters } from '../parameters';
import { FROM_LINK, type Fail, type HostLink, type Locale, type ReaderAnswer } from './globals';
import { linkToHost } from './host-link';

const root = document.documentElement;
const target = document.createElement('div');
document.body.prepend(target);
target.id = 'embed';
const asked = readParameters(location.search);
const parameters = asked.ok ? asked.value : DEFAULT_PARAMETERS;
const locale = localeOf(parameters);

/** What the page says without a script; it is shown again when there is no demo. */
const fallback = [...document.body.children].filter(
	(element): element is HTMLElement => element instanceof HTMLElement && element !== target
);

const failTo =
	(link: HostLink): Fail =>
	(code, detail = '') => {
		for (const element of fallback) element.hidden = false;
		// its own text is for where even the texts could not be loaded
		const message =
			globalThis.kmsFault?.(target, code, detail) ??
			(target.textContent = m.embed_fault_load({}, { locale }));
		link.send({ type: 'error', code, message });
		link.send({ type: 'resize', height: document.body.offsetHeight });
	};

function localeOf({ lang }: EmbedParameters): Locale {
	if (lang !== 'auto') return lang;
	const wanted = navigator.languages.find((tag) => /^(?:en|zh)\b/i.test(tag)) ?? 'en';
	return /^zh/i.test(wanted) ? 'zh-CN' : 'en';
}

function dress({ theme, accent }: EmbedParameters): void {
	root.lang = locale;
	// the style sheet is not there yet, and what is behind the page would be white
	root.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
	if (theme !== 'auto') root.dataset['theme'] = theme;
	if (accent !== null) {
		root.dataset['accent'] = '';
		root.style.setProperty('--embed-accent', accent);
	}
}

function load(file: string): Promise<void> {
	const script = document.createElement('script');
	script.src = scriptUrl(file);
	return loaded(script);
}

function loadStyles(file: string): Promise<void> {
	const sheet = document.createElement('link');
	sheet.rel = 'stylesheet';
	sheet.href = file;
	return loaded(sheet);
}

function loaded(element: HTMLElement): Promise<void> {
	return new Promise((resolve, reject) => {
		element.onload = () => {
			resolve();
		};
		element.onerror = reject;
		document.head.append(element);
	});
}

async function readLink(): Promise<ReaderAnswer> {
	// a page that changes what comes after the # loads nothing
	addEventListener('hashchange', () => {
		location.reload();
	});
	await load('reader.js');
	return (await globalThis.kmsReader?.(location.hash)) ?? { ok: false, code: 'Scenario' };
}

async function loadScenario(name: string): Promise<ReaderAnswer> {
	let found: Scenario | undefined;
	globalThis.kmsScenario = (_, scenario) => {
		found = scenario;
	};
	await load(`scenarios/${name}.${locale}.js`);
	return found ? { ok: true, scenario: found } : { ok: false, code: 'Scenario' };
}

async function start(link: HostLink): Promise<void> {
	const fail = failTo(link);
	for (const element of fallback) element.hidden = true;
	const [, name = ''] = /(?<![a-z0-9-])([a-z0-9-]+)(?:\.html)?$/.exec(location.pathname) ?? [];
	const texts = Promise.all([loadStyles('core.css'), load(`core.${locale}.js`)]);
	// a demo that will not be needs no more than its texts
	const engine = asked.ok ? load('engine.js') : undefined;
	engine?.catch(() => undefined);
	const scenario = (name === FROM_LINK ? readLink() : loadScenario(name)).catch(
		(): ReaderAnswer => ({ ok: false, code: 'Scenario' })
	);
	try {
		await texts;
		await engine;
	} catch {
		fail('Engine');
		return;
	}
	if (!asked.ok) {
		fail('Parameters', asked.key);
		return;
	}
	const read = await scenario;
	if (!read.ok) fail(read.code);
	else
		globalThis.kmsCore?.({
			name,
			scenario: read.scenario,
			parameters,
			link,
			target,
			fail
		});
}

dress(parameters);
const allowList = document.querySelector<HTMLMetaElement>(`meta[name="${ALLOW_LIST}"]`)?.content;
// in other people's pages the demo stays the text that it is, and says nothing to them
if (mayBeFramed(allowList, location)) void start(linkToHost());
else void loadStyles('transcript.css');
