/** Short confirmations that need no answer. They are said politely and go by themselves. */
export interface ToastMessage {
	readonly id: number;
	readonly text: string;
}

/** Long enough to be read twice. */
const SHOWN_MS = 6000;

let nextId = 1;
export const toasts = $state<{ list: readonly ToastMessage[] }>({ list: [] });

export function toast(text: string): void {
	const id = nextId++;
	toasts.list = [...toasts.list, { id, text }];
	setTimeout(() => {
		dismiss(id);
	}, SHOWN_MS);
}

export function dismiss(id: number): void {
	toasts.list = toasts.list.filter((message) => message.id !== id);
}
