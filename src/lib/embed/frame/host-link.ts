/** Says hello to the page around the frame until that page connects. The frame never listens to its window. */
import type { FromEmbed, Hello } from '../protocol';
import type { HostLink } from './globals';

/** Between one hello and the next, each twice as long as the one before: a page may begin to listen at any time. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;
/** Of what happens before somebody listens. */
const MOST_KEPT = 100;

export function linkToHost(): HostLink {
	const kept: FromEmbed[] = [];
	let port: MessagePort | undefined;
	let tell: ((message: unknown) => void) | undefined;
	const early: unknown[] = [];

	const id = crypto.getRandomValues(new Uint32Array(4)).join('-');

	function connect(line: MessagePort): void {
		port = line;
		line.onmessage = ({ data }) => {
			if (tell) tell(data);
			else if (early.length < MOST_KEPT) early.push(data);
		};
		for (const message of kept.splice(0)) line.postMessage(message);
	}

	function sayHello(waitMs: number): void {
		if (port) return;
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (!port && isConnect(data, id)) connect(port1);
		};
		const hello: Hello = { kms: 'embed', v: 1, type: 'hello', id };
		// who frames it is not known, and nothing in it is a secret
		parent.postMessage(hello, '*', [port2]);
		setTimeout(() => {
			sayHello(Math.min(2 * waitMs, LONGEST_WAIT_MS));
		}, waitMs);
	}

	if (parent !== window) sayHello(FIRST_WAIT_MS);

	return {
		send: (message) => {
			if (port) port.postMessage(message);
			else if (kept.length < MOST_KEPT) kept.push(message);
		},
		listen: (listener) => {
			tell = listener;
			for (const message of early.splice(0)) listener(message);
		}
	};
}

const isConnect = (data: unknown, id: string): boolean => {
	if (typeof data !== 'object' || data === null) return false;
	const { type, id: connectedTo } = data as { readonly type?: unknown; readonly id?: unknown };
	return type === 'connect' && connectedTo === id;
};
