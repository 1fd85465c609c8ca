/** Short confirmations that need no answer. They are said politely and go by themselves. */
export interface ToastMessage {
	readonly id: number;
	readonly text: string;
	/** `ok`: done as asked. `info`: nothing was done, and why. */
	readonly tone: 'ok' | 'info';
	/** Whether it offers to take back what it confirms. */
	readonly undo: boolean;
}

export interface ToastOptions {
	readonly tone?: ToastMessage['tone'];
	/** For an operation that changed a CMK: offers to take it back. */
	readonly undo?: boolean;
}

/** Long enough to be read twice, and longer where there is something to decide. */
const SHOWN_MS = 6000;
const SHOWN_WITH_ACTION_MS = 12_000;

let nextId = 1;
const timers: Record<number, ReturnType<typeof setTimeout>> = {};
export const toasts = $state<{ list: readonly ToastMessage[] }>({ list: [] });

export function toast(text: string, { tone = 'ok', undo = false }: ToastOptions = {}): void {
	const message = { id: nextId++, text, tone, undo };
	// only the last operation can be taken back, so only the last toast may offer it
	if (undo) dropUndo();
	toasts.list = [...toasts.list, message];
	resume(message);
}

export function dismiss(id: number): void {
	hold(id);
	toasts.list = toasts.list.filter((message) => message.id !== id);
}

/** No toast offers any longer to take something back. */
export function dropUndo(): void {
	toasts.list = toasts.list.map((message) => ({ ...message, undo: false }));
}

/** It stays while somebody points at it or has the focus in it. */
export function hold(id: number): void {
	clearTimeout(timers[id]);
}

export function resume({ id, undo }: ToastMessage): void {
	hold(id);
	const shownMs = undo ? SHOWN_WITH_ACTION_MS : SHOWN_MS;
	timers[id] = setTimeout(() => {
		dismiss(id);
	}, shownMs);
}
