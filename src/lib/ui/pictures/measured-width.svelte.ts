/**
 * The width that a picture has, in CSS pixels. What it is drawn anew for changes its height, and a change within the
 * observer's own turn is reported by browsers as an error ("ResizeObserver loop …"): so it is told a frame later.
 */
import type { Attachment } from 'svelte/attachments';

export class MeasuredWidth {
	#px = $state(0);

	/** 0 until the element is there. */
	get px(): number {
		return this.#px;
	}

	readonly follow: Attachment<HTMLElement> = (element) => {
		let frame: number | undefined;
		const observer = new ResizeObserver(() => {
			frame ??= requestAnimationFrame(() => {
				frame = undefined;
				this.#px = element.clientWidth;
			});
		});
		observer.observe(element);
		return () => {
			observer.disconnect();
			if (frame !== undefined) cancelAnimationFrame(frame);
		};
	};
}
