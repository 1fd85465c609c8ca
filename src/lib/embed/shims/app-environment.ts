/** Stands for `$app/environment`. */
declare const __EMBED_VERSION__: string;

export const browser = true;
export const building = false;
export const dev = false;
/** Filled in by the build. */
export const version = __EMBED_VERSION__;
