/**
 * What the layout shows when it is asked for. Loaded lazily itself: kit gives every page the styles of what its layout
 * may import, one import() deep.
 */
export const loadDock = async () => (await import('./WorkbenchDock.svelte')).default;
export const loadLessonHost = async () =>
	(await import('../features/learn/LessonHost.svelte')).default;
