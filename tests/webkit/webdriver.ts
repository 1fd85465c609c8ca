/** The calls of WebDriver that the tests need. @see https://www.w3.org/TR/webdriver2/ */

/** What WebDriver calls a web element: a name that is good until the page goes. */
export type ElementId = string;

/** The one member of an object that stands for an element, a constant of the standard. */
const REFERENCE = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriver {
	private constructor(private readonly address: string) {}

	/** @param port where a driver listens. @throws when it does not yet */
	static async start(port: number): Promise<WebDriver> {
		const driver = `http://127.0.0.1:${String(port)}`;
		const { sessionId } = await send<{ sessionId: string }>('POST', `${driver}/session`, {
			capabilities: {}
		});
		return new WebDriver(`${driver}/session/${sessionId}`);
	}

	/** Ends the browser as well. */
	async quit(): Promise<void> {
		await send('DELETE', this.address);
	}

	async goto(url: string): Promise<void> {
		await this.post('/url', { url });
	}

	/** @param script the body of a function that returns something JSON can say */
	async evaluate(script: string, ...elements: readonly ElementId[]): Promise<unknown> {
		const args = elements.map((element) => ({ [REFERENCE]: element }));
		return this.post('/execute/sync', { script, args });
	}

	/** @returns in the order of the document */
	async elements(css: string, within?: ElementId): Promise<ElementId[]> {
		const of = within === undefined ? '' : `/element/${within}`;
		const question = { using: 'css selector', value: css };
		const found = await this.post<{ [REFERENCE]: ElementId }[]>(`${of}/elements`, question);
		return found.map((reference) => reference[REFERENCE]);
	}

	/**
	 * By itself WebKitGTK scrolls an element below the bar of the page, and then finds the bar there.
	 * @returns where it is in the window after it was scrolled to the middle, in CSS pixels
	 */
	async centre(element: ElementId): Promise<unknown> {
		return this.evaluate(
			"arguments[0].scrollIntoView({ block: 'center' }); return arguments[0].getBoundingClientRect().toJSON()",
			element
		);
	}

	async click(element: ElementId): Promise<void> {
		await this.post(`/element/${element}/click`, {});
	}

	/** Types into a field; for a file input it is the path of a file. */
	async type(element: ElementId, text: string): Promise<void> {
		await this.post(`/element/${element}/value`, { text });
	}

	/** Text as it is rendered; the name and the role as assistive technology gets them. */
	async read(
		element: ElementId,
		what: 'text' | 'computedlabel' | 'computedrole' | 'property/value'
	): Promise<string> {
		return send('GET', `${this.address}/element/${element}/${what}`);
	}

	async isDisplayed(element: ElementId): Promise<boolean> {
		return send('GET', `${this.address}/element/${element}/displayed`);
	}

	/** @returns a PNG of what the window shows */
	async screenshot(): Promise<Buffer> {
		return Buffer.from(await send<string>('GET', `${this.address}/screenshot`), 'base64');
	}

	private post<T>(path: string, body: object): Promise<T> {
		return send('POST', `${this.address}${path}`, body);
	}
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
	const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
	const { value } = (await response.json()) as { value: T | { error: string; message: string } };
	if (!response.ok) {
		const { error, message } = value as { error: string; message: string };
		throw new Error(`${error}: ${message}`);
	}
	return value as T;
}
