/** Hands bytes to the browser as a download. */
import type { Bytes } from '$lib/domain/bytes';
import { safeFileName } from '$lib/domain/display-name';

/** Some browsers read the object URL only after the click has returned. */
const KEEP_URL_MS = 10_000;

export function saveFile(name: string, bytes: Bytes): void {
	const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = safeFileName(name);
	link.click();
	setTimeout(() => {
		URL.revokeObjectURL(url);
	}, KEEP_URL_MS);
}
