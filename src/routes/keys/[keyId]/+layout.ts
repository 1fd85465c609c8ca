// Keys exist only in the visitor's browser: nothing can be rendered ahead.
export const prerender = false;
export const ssr = false;
