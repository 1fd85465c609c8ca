/** Where the documents contradict themselves or leave a choice: settings of the sandbox, each with its default. */
export interface SandboxSettings {
	/**
	 * May material be imported again while the CMK holds it, which sets a new expiry (domain.md C1)? The notes of the API
	 * page say at any time; the guide names only PENDING_IMPORT.
	 */
	readonly reimport: 'anytime' | 'pendingImportOnly';
	/**
	 * When the bytes of expired material and of deleted CMKs are removed (domain.md C11). They are unusable from the
	 * moment on in either case.
	 */
	readonly removal: 'atOnce' | 'within24Hours';
	/** Whether a refusal is explained beside the service's own words. */
	readonly diagnosis: 'shown' | 'hidden';
}

export const DEFAULT_SETTINGS: SandboxSettings = {
	reimport: 'anytime',
	removal: 'atOnce',
	diagnosis: 'shown'
};

/** The values that each setting can have, the default first. */
export const SETTING_VALUES: {
	readonly [Name in keyof SandboxSettings]: readonly SandboxSettings[Name][];
} = {
	reimport: ['anytime', 'pendingImportOnly'],
	removal: ['atOnce', 'within24Hours'],
	diagnosis: ['shown', 'hidden']
};
