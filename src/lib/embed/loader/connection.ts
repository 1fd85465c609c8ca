/** One frame's messages: its hello is waited for, everything else goes through the port that came with it. */
import {
	readFromEmbed,
	readHello,
	type FromEmbed,
	type MethodName,
	type ToEmbed
} from '../protocol';

/** An embed that is slow to start may still be downloading. */
const ANSWER_MS = 30_000;

/** A frame that loads itself again and again is not followed for ever. */
const MOST_LOADS = 1000;

type Answer = Extract<FromEmbed, { readonly type: 'answer' }>;
export type Told = Exclude<FromEmbed, Answer>;

interface Call {
	readonly message: ToEmbed;
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
	readonly timer: ReturnType<typeof setTimeout>;
	sent: boolean;
}

export interface Connection {
	/** @returns what the embed answered. Rejects with an Error that says what to do. */
	readonly call: (method: MethodName, args: readonly unknown[]) => Promise<unknown>;
	readonly close: () => void;
}

export interface Listener {
	/** For every load of the frame that said hello. */
	readonly greet: () => void;
	/** For every event. */
	readonly tell: (event: Told) => void;
}

/** @param origin that messages of this frame must have; `null` as a text for one without an origin */
export function connectTo(
	frame: HTMLIFrameElement,
	origin: string,
	{ greet, tell }: Listener
): Connection {
	const ids = new Set<string>();
	const calls = new Map<number, Call>();
	let port: MessagePort | undefined;
	let isReady = false;
	/** Why there is no demo in the frame, as it said. */
	let fault: string | undefined;
	let lastCall = 0;

	const hear = ({ source, origin: from, data, ports }: MessageEvent<unknown>) => {
		if (!source || source !== frame.contentWindow || from !== origin) return;
		const hello = readHello(data);
		const [given] = ports;
		// the same hello comes again until it is answered, each time with a port of its own
		if (!hello || !given || ports.length > 1 || ids.has(hello.id) || ids.size === MOST_LOADS)
			return;
		ids.add(hello.id);
		leave('The demo was loaded again: repeat the call.', true);
		port = given;
		given.onmessage = (event: MessageEvent<unknown>) => {
			const message = readFromEmbed(event.data);
			if (message && port === given) take(message);
		};
		given.postMessage({ type: 'connect', id: hello.id } satisfies ToEmbed);
		greet();
	};

	const take = (message: FromEmbed) => {
		if (message.type === 'answer') {
			const call = calls.get(message.n);
			if (!call?.sent) return;
			end(message.n, call);
			if (message.ok) call.resolve(message.value);
			else call.reject(new Error(`kms-demo: the demo refused the call: ${message.code}`));
			return;
		}
		if (message.type === 'ready') {
			// once per load
			if (isReady) return;
			isReady = true;
			fault = undefined;
			for (const call of calls.values()) send(call);
		} else if (message.type === 'error' && !isReady) {
			fault = message.message;
			refuseAll(fault);
		}
		tell(message);
	};

	const send = (call: Call) => {
		call.sent = true;
		port?.postMessage(call.message);
	};
	const end = (n: number, { timer }: Call) => {
		clearTimeout(timer);
		calls.delete(n);
	};
	const refuseAll = (reason: string, keepsUnsent = false) => {
		for (const [n, call] of calls) {
			if (keepsUnsent && !call.sent) continue;
			end(n, call);
			call.reject(new Error(`kms-demo: ${reason}`));
		}
	};
	const leave = (reason: string, keepsUnsent = false) => {
		port?.close();
		port = fault = undefined;
		isReady = false;
		refuseAll(reason, keepsUnsent);
	};

	addEventListener('message', hear);
	return {
		call: (method, args) =>
			new Promise((resolve, reject) => {
				if (fault !== undefined) {
					reject(new Error(`kms-demo: ${fault}`));
					return;
				}
				const n = ++lastCall;
				const late = () => {
					calls.delete(n);
					reject(new Error(`kms-demo: ${whatToCheck(new URL(frame.src), ANSWER_MS)}`));
				};
				const message = { type: 'call', n, method, args } as unknown as ToEmbed;
				const timer = setTimeout(late, ANSWER_MS);
				const call: Call = { message, resolve, reject, timer, sent: false };
				calls.set(n, call);
				if (isReady) send(call);
			}),
		close: () => {
			removeEventListener('message', hear);
			leave('The element was removed or changed: repeat the call.');
		}
	};
}

/** For the author of the page around. */
export function whatToCheck({ origin, pathname }: URL, ms: number): string {
	return (
		`No answer from ${origin}${pathname} in ${String(ms / 1000)} s. Check that it opens in a tab, ` +
		`that there is a demo "${pathname.slice(pathname.lastIndexOf('/') + 1, -5)}", ` +
		`that your policy has "frame-src ${origin}", and that "base" is the folder of the demos.`
	);
}
