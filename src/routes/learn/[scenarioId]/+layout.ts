// Some are in the visitor's browser alone: nothing can be rendered ahead.
export const prerender = false;
export const ssr = false;
