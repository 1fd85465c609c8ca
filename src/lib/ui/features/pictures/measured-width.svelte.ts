/**
 * The width that a picture has, in CSS pixels. What it is drawn anew for changes its height, and a change within the
 * observer's own turn is reported by browsers as an error ("ResizeObserver loop …"): so it is told a frame later.
 */
import type { Attachment } from 'svelte/attachments';
import { firstAnswers } from '$lib/client/first-answers.svelte';

export class MeasuredWidth {
	#px = $state(0);
	readonly #answers = firstAnswers();

	/** 0 until the element is there. */
	get px(): number {
		return this.#px;
	}

	readonly follow: Attachment<HTMLElement> = (element) => {
		const arrived = this.#answers?.await();
		let frame: number | undefined;
		const observer = new ResizeObserver(() => {
			frame ??= requestAnimationFrame(() => {
				frame = undefined;
				this.#px = element.clientWidth;
				arrived?.();
			});
		});
		observer.observe(element);
		return () => {
			observer.disconnect();
			if (frame !== undefined) cancelAnimationFrame(frame);
			arrived?.();
		};
	};
}
