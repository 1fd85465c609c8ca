/** The element `<kms-demo>` for other people's pages: docs/embed.md, types/kms-demo.d.ts. */
import {
	count,
	isClockMove,
	readState,
	type ClockMove,
	type EmbedState,
	type MethodName
} from '../protocol';
import { ownFolder, pageAddress } from './address';
import { connectTo, whatToCheck, type Connection, type Told } from './connection';
import { make, poster } from './parts';
import { readableOn, styles } from './styles';
import { textsFor } from './texts';
import { warnOf } from './warnings';

const NAME = 'kms-demo';
const HEIGHT = 480;
const MOST_HEIGHT = 20_000;
const HELLO_MS = 20_000;
/** Once the frame is loaded; a browser's own page for an error is loaded too. */
const LOADED_MS = 4000;

const NO_SCENARIO = 'set "scenario" to the name of a demo, and "base" to the folder of the demos.';
/** A demo that began again is measured after it has answered. */
const SETTLE_MS = 1000;

/** As properties too; `lang` and `title` are properties of every element. */
const STRINGS = [
	...['scenario', 'src', 'parts', 'theme', 'accent', 'clock', 'start', 'base', 'sandbox'],
	'persist'
] as const;
const ALL = [...STRINGS, 'exam', 'height', 'lang', 'title'];

/** On a server that renders pages there is neither a page nor such a class. */
const IS_PAGE = 'document' in globalThis;
const FOLDER = IS_PAGE ? ownFolder() : '';
const Base = IS_PAGE ? HTMLElement : (Object as unknown as typeof HTMLElement);

class KmsDemo extends Base {
	static readonly observedAttributes = ALL;

	readonly #box = make('div');
	readonly #fallback = make('slot');
	/** Asked to start by anybody: it starts again where the element is put back. */
	#isWanted = false;
	#isDrawn = false;
	#redraws = false;
	/** Needed by what was reported since the start or the last reset. */
	#needed = 0;
	/** As it was reported last. */
	#reported = 0;
	/** Until then it becomes lower too, by `performance.now()`. */
	#fitsUntil = 0;
	#frame: HTMLIFrameElement | undefined;
	#notice: HTMLElement | undefined;
	#connection: Connection | undefined;
	#stop = new AbortController();

	constructor() {
		super();
		const root = this.attachShadow({ mode: 'open' });
		root.adoptedStyleSheets = [styles()];
		this.#box.className = 'box';
		this.#box.append(this.#fallback);
		root.append(this.#box);
	}

	get exam(): boolean {
		return this.hasAttribute('exam');
	}

	// some frameworks set the property to what the attribute would be
	set exam(value: boolean | '' | null | undefined) {
		this.toggleAttribute('exam', value === '' || Boolean(value));
	}

	/** In CSS pixels. */
	get height(): number {
		const height = Number(this.getAttribute('height'));
		return height > 0 ? Math.min(height, MOST_HEIGHT) : HEIGHT;
	}

	set height(value: number | null | undefined) {
		put(this, 'height', value);
	}

	connectedCallback(): void {
		for (const name of ALL) {
			// set before the class was there, it would hide the property
			if (!Object.hasOwn(this, name)) continue;
			const value: unknown = Reflect.get(this, name);
			Reflect.deleteProperty(this, name);
			Reflect.set(this, name, value);
		}
		this.#draw();
	}

	disconnectedCallback(): void {
		this.#erase();
	}

	/** Moved without leaving the page (`moveBefore`): everything goes on. */
	connectedMoveCallback(): void {
		this.#reserve();
	}

	attributeChangedCallback(name: string, before: string | null, after: string | null): void {
		if (!this.#isDrawn || before === after) return;
		if (name === 'height') {
			this.#reserve();
		} else if (name === 'title' && this.#frame) {
			this.#frame.title = this.#title;
		} else if (!this.#redraws && !(name === 'start' && this.#frame)) {
			this.#redraws = true;
			// once for all that are changed together
			queueMicrotask(() => {
				this.#redraws = false;
				if (!this.#isDrawn) return;
				this.#erase();
				this.#draw();
			});
		}
	}

	async reset(): Promise<void> {
		await this.#call('reset');
		this.#fitsUntil = performance.now() + SETTLE_MS;
		this.#needed = this.#reported;
		this.#reserve();
	}

	async goTo(step: number): Promise<void> {
		check(count(step), 'goTo', 'the number of a step, from 0');
		await this.#call('goTo', step);
	}

	async setClock(move: ClockMove): Promise<void> {
		check(isClockMove(move), 'setClock', '{ to } (ISO 8601), { hours } or { system: true }');
		await this.#call('setClock', move);
	}

	async getState(): Promise<EmbedState> {
		const state = readState(await this.#call('getState'));
		if (!state)
			throw new Error('kms-demo: the demo has another version than this script: load both anew.');
		return state;
	}

	/** A demo that is asked for something starts. */
	#call(method: MethodName, ...args: readonly unknown[]): Promise<unknown> {
		if (!this.#isDrawn)
			return Promise.reject(new Error('kms-demo: put the element into the page first.'));
		this.#begin();
		return (
			this.#connection?.call(method, args) ?? Promise.reject(new Error(`kms-demo: ${NO_SCENARIO}`))
		);
	}

	get #title(): string {
		return this.title || textsFor(this).title;
	}

	#draw(): void {
		this.#isDrawn = true;
		this.#stop = new AbortController();
		this.#needed = this.#reported = 0;
		const { style } = this.#box;
		const scheme = this.getAttribute('theme');
		style.colorScheme = scheme === 'light' || scheme === 'dark' ? scheme : 'light dark';
		const accent = this.getAttribute('accent') ?? '';
		const isColour = /^#[0-9a-f]{6}$/i.test(accent);
		style.setProperty('--accent', isColour ? accent : null);
		style.setProperty('--on-accent', isColour ? readableOn(accent) : null);
		this.#reserve();
		warnOf(this);
		if (!pageAddress(this, FOLDER)) {
			this.#fill();
			const { signal } = this.#stop;
			// later, for who listens only after the element is in the page
			setTimeout(() => {
				if (!signal.aborted) this.#fail(NO_SCENARIO);
			});
			return;
		}
		const start = this.getAttribute('start');
		if (this.#isWanted || start === 'now') {
			this.#begin();
			return;
		}
		const { begin } = textsFor(this);
		this.#fill(
			poster(this.#title, begin, () => {
				this.#begin();
				// to where the button was
				this.#frame?.focus({ preventScroll: true });
			})
		);
		if (start === 'visible') this.#beginWhenSeen();
	}

	#beginWhenSeen(): void {
		const eye = new IntersectionObserver((entries) => {
			if (entries.some((entry) => entry.isIntersecting)) this.#begin();
		});
		eye.observe(this);
		this.#stop.signal.addEventListener('abort', () => {
			eye.disconnect();
		});
	}

	/** Ends everything that would outlive the element. */
	#erase(): void {
		this.#isDrawn = false;
		this.#stop.abort();
		this.#connection?.close();
		this.#connection = this.#frame = undefined;
		this.#fill();
	}

	#begin(): void {
		if (this.#frame) return;
		this.#isWanted = true;
		const address = pageAddress(this, FOLDER);
		if (!address) return;
		const frame = make('iframe');
		this.#frame = frame;
		frame.title = this.#title;
		frame.referrerPolicy = 'no-referrer';
		frame.allow = 'clipboard-write';
		const sandbox = this.getAttribute('sandbox');
		if (sandbox !== null) frame.setAttribute('sandbox', `allow-scripts ${sandbox}`);
		const isOpaque = sandbox !== null && !/\ballow-same-origin\b/i.test(sandbox);
		frame.src = address.href;
		const loading = make('p', textsFor(this).loading);
		loading.role = 'status';
		const greeted = this.#expect(frame, address);
		this.#connection = connectTo(frame, isOpaque ? 'null' : address.origin, {
			greet: () => {
				greeted();
				this.#recover();
			},
			tell: (event) => {
				this.#tell(event);
			}
		});
		this.#fill(loading, frame);
		// gone at the first hello, or when it fails
		this.#notice = loading;
		this.#box.className = 'box wait';
	}

	/** Says so when no hello comes. @returns to be called when it came */
	#expect(frame: HTMLIFrameElement, address: URL): () => void {
		let timer: ReturnType<typeof setTimeout>;
		const wait = (ms: number) => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				stop();
				this.#fail(whatToCheck(address, ms), address);
			}, ms);
		};
		const refused = (event: SecurityPolicyViolationEvent) => {
			if (
				event.disposition === 'enforce' &&
				event.effectiveDirective === 'frame-src' &&
				event.blockedURI.startsWith(address.origin)
			)
				wait(0);
		};
		wait(HELLO_MS);
		frame.onload = () => {
			wait(LOADED_MS);
		};
		document.addEventListener('securitypolicyviolation', refused);
		const stop = () => {
			clearTimeout(timer);
			frame.onload = null;
			document.removeEventListener('securitypolicyviolation', refused);
		};
		this.#stop.signal.addEventListener('abort', stop);
		return stop;
	}

	#tell({ type, ...detail }: Told): void {
		if ('height' in detail) {
			const height = (this.#reported = Math.min(detail.height, MOST_HEIGHT));
			// a page that shrinks under its reader is worse than some room below
			this.#needed = performance.now() < this.#fitsUntil ? height : Math.max(this.#needed, height);
			this.#reserve();
		}
		this.dispatchEvent(new CustomEvent(type, { detail }));
	}

	#reserve(): void {
		this.#box.style.height = `${String(Math.max(this.height, this.#needed))}px`;
	}

	/** The fallback takes the place of the demo, in the room that is there. */
	#fail(message: string, address?: URL): void {
		const texts = textsFor(this);
		const notice = make('p', texts.failed);
		notice.role = 'alert';
		if (address) {
			const link = make('a', texts.open);
			link.href = address.href;
			link.target = '_blank';
			link.rel = 'noopener noreferrer';
			notice.append(' ', link);
		}
		this.#box.className = 'box failed';
		this.#notice?.remove();
		this.#notice = notice;
		this.#box.prepend(notice);
		this.#tell({ type: 'error', code: address ? 'Unsupported' : 'Parameters', message });
	}

	/** A demo that was late after all. */
	#recover(): void {
		this.#notice?.remove();
		this.#box.className = 'box';
	}

	#fill(...content: readonly Node[]): void {
		this.#recover();
		this.#box.replaceChildren(...content, this.#fallback);
	}
}

/** The demo would take a wrong argument for nobody's message, and not answer. */
function check(isRight: boolean, method: MethodName, takes: string): void {
	// in an async method: its promise rejects
	if (!isRight) throw new TypeError(`kms-demo: ${method} takes ${takes}.`);
}

/** Frameworks say null or undefined for an attribute that is not there. */
function put(element: Element, name: string, value: number | string | null | undefined): void {
	if (value === null || value === undefined) element.removeAttribute(name);
	else element.setAttribute(name, String(value));
}

for (const name of STRINGS)
	Object.defineProperty(KmsDemo.prototype, name, {
		configurable: true,
		enumerable: true,
		get(this: KmsDemo) {
			return this.getAttribute(name) ?? '';
		},
		set(this: KmsDemo, value: string | null | undefined) {
			put(this, name, value);
		}
	});

// a second copy of the script changes nothing
if (IS_PAGE && !customElements.get(NAME)) customElements.define(NAME, KmsDemo);
