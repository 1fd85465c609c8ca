/**
 * A frame whose host allows scripts and nothing more gets no `submit`: the browser blocks forms before anybody hears of it.
 * So the click on a form's button, which Enter in a field is as well, is made into that event by hand, everywhere alike.
 */
export function submitByHand(root: HTMLElement): void {
	root.addEventListener(
		'click',
		(event) => {
			const button = (event.target as Element).closest<HTMLButtonElement>('button[type="submit"]');
			if (!button?.form || button.disabled) return;
			event.preventDefault();
			const submit = new SubmitEvent('submit', {
				bubbles: true,
				cancelable: true,
				submitter: button
			});
			button.form.dispatchEvent(submit);
		},
		{ capture: true }
	);
}
