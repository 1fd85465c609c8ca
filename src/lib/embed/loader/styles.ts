/**
 * What the host page hands down to its elements is set back for all that is drawn here, but not for the fallback, which is the
 * page's own. How the element lies in its page (margin, width) is the page's to say. The frame's border lies on it: one around it
 * would take room that the demo has measured. A demo may be higher than a screen, so what its poster says stands at the top.
 */
const RULES = `
:host{display:block!important}
:host([hidden]){display:none!important}
.box{display:grid;position:relative;overflow:auto}
:where(.box>:not(slot)){all:initial;color-scheme:inherit;direction:ltr;visibility:inherit;grid-area:1/1;min-width:0;
color:light-dark(#171720,#f1f0ed);font:16px/1.5 system-ui,sans-serif}
iframe{width:100%;height:100%;position:relative;border-radius:10px;outline:1px solid light-dark(#dad9d5,#2f2f37);outline-offset:-1px}
.wait iframe{opacity:0}
button,p{display:grid;place-content:start center;box-sizing:border-box;padding:32px 16px;text-align:center;overflow-wrap:anywhere;
border:1px solid light-dark(#dad9d5,#2f2f37);border-radius:10px;background:light-dark(#fffefe,#19191e)}
button{justify-items:center;gap:8px;cursor:pointer}
span{padding:4px 16px;border-radius:6px;background:var(--accent,light-dark(#171720,#f1f0ed));
color:var(--on-accent,light-dark(#fcfcfa,#111116))}
button:focus-visible{outline:3px solid light-dark(#006ce7,#70c6ff);outline-offset:-6px}
slot{display:none}
.failed{display:block;color-scheme:inherit!important}
.failed p{display:block;border:0;background:none;color:inherit}
.failed slot{display:block}
.failed iframe{display:none}
@media print{.box{all:unset!important;display:contents!important}.box>:not(slot){display:none!important}
slot{display:block!important}}
`;

let sheet: CSSStyleSheet | undefined;

/** Adopted, since a host's policy may forbid style elements. */
export function styles(): CSSStyleSheet {
	if (!sheet) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(RULES);
	}
	return sheet;
}

/** Black or white, whichever can be read on a colour. @param accent `#rrggbb` */
export function readableOn(accent: string): string {
	const [r = 0, g = 0, b = 0] = [1, 3, 5]
		.map((at) => parseInt(accent.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	// where black and white contrast equally
	return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
