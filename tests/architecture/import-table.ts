/**
 * Who may import whom, as data. A name is a folder below src/lib (or below src), a module in it, or a package;
 * it allows everything that begins with it. A folder may always import itself.
 */
export interface Row {
	/** Allowed in any form. */
	readonly imports: readonly string[];
	/** Allowed as `import()` and as types: kept out of the first view or of the usual start. */
	readonly lazily?: readonly string[];
	/** Allowed as types alone, which leave nothing in the build. */
	readonly types?: readonly string[];
	/** Names of the platform that its modules may use directly; absent: not looked at. */
	readonly platform?: readonly string[];
}

/** What every feature may use. The features that one of them may use stand in its row. */
const FEATURE = ['ui/kit', 'client', 'domain', 'paraglide', 'svelte'] as const;

/** What every page may use. */
const PAGE = ['ui', 'client', 'domain', 'paraglide', '$app', 'svelte'] as const;

export const IMPORT_TABLE: Readonly<Record<string, Row>> = {
	/** The rule book. Its own tsconfig.json gives it the ES library and nothing else. */
	domain: { imports: [], platform: [] },
	crypto: { imports: ['domain', '@noble/hashes'], platform: ['crypto'] },
	storage: {
		imports: ['domain', 'crypto/sha256'],
		lazily: ['dexie', 'fake-indexeddb'],
		platform: []
	},
	/** The service. Clock and identifiers are handed to it; its sweeper waits for the next deadline. */
	engine: {
		imports: ['domain', 'crypto', 'storage'],
		platform: ['setTimeout', 'clearTimeout', 'queueMicrotask']
	},
	/** The other party: it shares the rule book and the wrapping code with the service, and no data. */
	customer: { imports: ['domain', 'crypto/wrap'], lazily: ['dexie'], platform: ['crypto'] },
	/** What the sandbox alone can know of a refusal. It reads what the service stores and writes nothing. */
	diagnosis: { imports: ['domain', 'crypto', 'storage', 'recognition'], platform: [] },
	recognition: { imports: ['domain'], platform: [] },
	/** Both parties' data as one whole: to be copied, emptied, carried away and brought back. */
	workspaces: {
		imports: ['domain', 'crypto', 'storage', 'customer'],
		lazily: ['dexie'],
		platform: ['setTimeout', 'Date.now']
	},
	/** Scenarios: the file format, its goals, and its actions as calls of either party. */
	scenario: {
		imports: ['domain', 'customer', 'crypto/sha256', 'crypto/wrap-like-java', 'valibot'],
		platform: []
	},
	/** Runs of scenarios: brings a sandbox to a start state, keeps what the learner did, replays it. */
	learn: {
		imports: ['scenario', 'domain', 'crypto', 'storage', 'engine', 'customer', 'valibot'],
		lazily: ['dexie', 'course/digests.json'],
		platform: ['crypto']
	},
	/** The app's own scenarios: data. */
	course: { imports: [], lazily: ['(computed)'], types: ['scenario/format'] },
	worker: {
		imports: [
			'engine',
			'customer',
			'storage',
			'crypto',
			'domain',
			'comlink',
			'diagnosis/diagnosis',
			'workspaces/workspaces'
		],
		lazily: ['diagnosis', 'workspaces', 'worker/learning'],
		types: ['learn/learn']
	},
	'worker/learning': {
		imports: ['learn', 'storage', 'customer', 'worker/watch']
	},
	/** A shell and OpenSSL, over copies of the customer's files: apart from both parties. */
	terminal: {
		imports: ['domain', 'crypto/sha256', 'customer/file-names', 'comlink'],
		types: ['customer/workbench'],
		platform: ['fetch', 'crypto']
	},
	/** The page's door. Of what lies behind the worker it knows the types and one address. */
	client: {
		imports: [
			'domain',
			'worker/kms.worker?worker&url',
			'terminal/terminal.worker?worker&url',
			'svelte'
		],
		lazily: ['comlink'],
		types: [
			'worker',
			'customer',
			'storage',
			'diagnosis',
			'workspaces',
			'learn',
			'scenario',
			'terminal'
		]
	},
	/** The page's half of working offline … */
	'offline/status.svelte': { imports: [] },
	'offline/draft.svelte': { imports: [] },
	'offline/register': {
		imports: [
			'client/trusted-urls',
			'offline/draft.svelte',
			'offline/nudge',
			'offline/status.svelte',
			'offline/version-lock',
			'workbox-window',
			'$app'
		],
		types: ['offline/messages']
	},
	'offline/nudge': { imports: ['client/live.svelte', 'domain/time'] },
	/** … the service worker's … */
	'offline/precache': {
		imports: ['offline/version-lock', 'tools/headers'],
		types: ['offline/messages']
	},
	/** … and what both share. */
	'offline/version-lock': { imports: [] },
	'offline/messages': { imports: [], types: ['domain/sandbox'] },
	/** A script in another site's page, which contains everything it needs. */
	'embed/loader': { imports: ['embed/protocol'] },
	/** An embed has the service, the customer and their runs in one worker … */
	'embed/engine': {
		imports: [
			'worker/copies',
			'worker/later',
			'worker/parties',
			'worker/watch',
			'learn',
			'customer/tray',
			'storage/open-store',
			'domain/load-failure',
			'domain/storage-full',
			'crypto/service-keys',
			'scenario/digest',
			'comlink',
			'$app'
		],
		lazily: ['dexie'],
		types: ['domain', 'scenario', 'storage', 'diagnosis', 'worker', 'embed/engine/engine-later']
	},
	'embed/engine/engine-later': {
		imports: ['diagnosis', 'learn', '$app'],
		types: ['scenario', 'storage']
	},
	/** … or memory tables in the place of the database … */
	'embed/engine/memory': { imports: [], platform: ['MessageChannel'] },
	'embed/engine/memory-tables': { imports: ['embed/engine/memory'], platform: [] },
	/** … and the page has but the door to it. */
	'embed/engine/start-engine': {
		imports: ['embed/engine/script-url', 'comlink'],
		types: ['embed/engine/api']
	},
	'embed/engine/script-url': { imports: [] },
	/** What stands for SvelteKit, Paraglide and the console's door in the parts that a demo takes from the console. */
	'embed/shims': {
		imports: ['svelte', 'embed/frame/Later.svelte'],
		types: ['embed/engine/api', 'comlink', 'diagnosis/diagnosis', 'domain']
	},
	'embed/parameters': { imports: ['domain/time'], platform: [] },
	'embed/protocol': { imports: [], platform: [] },
	/** The list of all demos, and what is written of each by the build. */
	'embed/demos': {
		imports: ['course/catalogue', 'embed/parameters'],
		lazily: ['(computed)'],
		types: ['scenario/format']
	},
	'embed/heights': { imports: [], types: ['embed/demos'] },
	'embed/transcript': { imports: ['domain', 'learn', 'scenario', 'paraglide'] },
	/** Who may frame an embed, as the frame sees it. */
	'embed/framing': { imports: [] },
	/** The frame's half of working without a network … */
	'embed/offline/register': {
		imports: ['embed/engine/script-url'],
		types: ['embed/offline/messages']
	},
	/** … and the half of its service worker, which has nothing of the console's. */
	'embed/offline/keep': { imports: ['tools/headers'] },
	'embed/offline/sw': { imports: ['embed/offline/keep'], types: ['embed/offline/messages'] },
	'embed/offline/messages': { imports: [] },
	/** The page as an installed app. */
	install: { imports: ['client', 'domain', 'paraglide', '$app', 'svelte'] },
	/** Controls, styles, words for times and sizes: parts that know no key, no service and no other part of the page. */
	'ui/kit': {
		imports: ['domain/bytes', 'domain/display-name', 'domain/time', 'paraglide', 'svelte'],
		types: ['$app', '@sveltejs/kit']
	},
	/** What is known of a CMK in words: its state, name, deadlines, files. */
	'ui/features/key-facts': {
		imports: [...FEATURE, 'customer/file-names'],
		types: ['diagnosis/diagnosis', 'recognition']
	},
	/** Shows a part of a page once all of its first answers are there. */
	'ui/features/together': { imports: FEATURE },
	/** The two answers to a refused call: the service's and the sandbox's. */
	'ui/features/refusals': {
		imports: [
			...FEATURE,
			'ui/features/key-facts',
			'customer/file-names',
			'customer/posix',
			'customer/shell'
		],
		types: ['crypto/every-padding', 'customer/file-actions', 'diagnosis/diagnosis', 'recognition']
	},
	'ui/features/clock': {
		imports: [...FEATURE, 'ui/features/key-facts', 'ui/features/together', 'customer/file-names']
	},
	'ui/features/pictures': { imports: [...FEATURE, 'ui/features/key-facts'] },
	'ui/features/audit': { imports: FEATURE, types: ['storage/queries'] },
	'ui/features/terminal': {
		imports: [...FEATURE, 'terminal/command-names', 'terminal/limits'],
		types: ['terminal/shell']
	},
	/** The customer's machine: files, tools, commands. A file has the same name there as in a diagnosis. */
	'ui/features/workbench': {
		imports: [
			...FEATURE,
			'ui/features/refusals',
			'customer/commands',
			'customer/file-names',
			'customer/workbench'
		],
		lazily: ['ui/features/terminal'],
		types: ['diagnosis/diagnosis']
	},
	'ui/features/use': { imports: [...FEATURE, 'ui/features/refusals'] },
	'ui/features/keys': {
		imports: [...FEATURE, 'ui/features/audit', 'ui/features/key-facts', 'ui/features/refusals']
	},
	'ui/features/import': {
		imports: [
			...FEATURE,
			'ui/features/key-facts',
			'ui/features/refusals',
			'ui/features/together',
			'ui/features/workbench',
			'customer/file-names',
			'customer/public-key-pem'
		],
		types: ['customer/workbench', 'diagnosis/diagnosis', 'recognition']
	},
	/** The scenario that is being played: its steps, goals, hints and questions. */
	'ui/features/learn': {
		imports: [
			...FEATURE,
			'ui/features/key-facts',
			'customer/file-names',
			'scenario/goals',
			'scenario/names',
			'scenario/shown-text'
		],
		lazily: ['course/catalogue'],
		types: ['$app', 'learn/learn', 'scenario']
	},
	/** For pages that have the catalogue anyway. */
	'ui/features/learn/ScenarioTitle.svelte': {
		imports: [...FEATURE, 'ui/features/learn', 'course/catalogue'],
		types: ['scenario']
	},
	/** Reads what others have written: the format and its checks come with it. */
	'ui/features/author': {
		imports: [
			...FEATURE,
			'ui/features/learn',
			'install/launched-files.svelte',
			'course/catalogue',
			'scenario/editable',
			'scenario/format',
			'scenario/limits',
			'scenario/link',
			'scenario/lint',
			'scenario/names',
			'scenario/shown-text',
			'scenario/digest',
			'scenario/read-scenario'
		],
		lazily: ['course/digests.json']
	},
	/** What stands around every page. */
	'ui/shell': {
		imports: [
			...FEATURE,
			'ui/features',
			'offline/draft.svelte',
			'offline/register',
			'offline/status.svelte',
			'$app'
		],
		types: ['offline/messages']
	},
	/** What stands in the frame of an embed: the console's parts, over an engine of its own. */
	'embed/frame': {
		imports: [
			'embed/engine/start-engine',
			'embed/engine/script-url',
			'embed/framing',
			'embed/offline/register',
			'embed/parameters',
			'embed/protocol',
			'ui/features',
			'ui/kit',
			'client',
			'domain',
			'diagnosis/diagnosis',
			'scenario/goals',
			'scenario/link',
			'scenario/read-scenario',
			'paraglide',
			'$app',
			'svelte'
		],
		types: ['embed/engine/api', 'learn/learn', 'scenario']
	},
	/** Pages, and beside each what no other page uses. */
	routes: {
		imports: [...PAGE, 'offline/status.svelte', 'routes/sandbox/NewerDatabase.svelte'],
		lazily: ['install/install.svelte', 'offline/register'],
		types: ['worker']
	},
	'routes/learn': {
		imports: [...PAGE, 'course/catalogue', 'scenario/names'],
		types: ['learn/learn', 'scenario']
	},
	'routes/learn/exam': {
		imports: [...PAGE, 'course/catalogue', 'learn/exam'],
		types: ['learn/learn', 'scenario']
	},
	/** Its fingerprint is computed with the hash that answers at once: no WebCrypto in the page. */
	'routes/learn/certificate': {
		imports: [
			...PAGE,
			'course/catalogue',
			'learn/exam',
			'learn/progress-file',
			'learn/transcript-fingerprint'
		],
		types: ['learn/learn', 'scenario']
	},
	'routes/learn/verify': { imports: [...PAGE, 'routes/learn/certificate'] },
	/** Chooses among all demos and writes what is copied into other people's pages. */
	'routes/embed-builder': {
		imports: [
			...PAGE,
			'embed/demos',
			'embed/heights',
			'embed/parameters',
			'scenario/digest',
			'scenario/limits',
			'scenario/names',
			'scenario/shown-text'
		],
		lazily: ['scenario/link', 'scenario/read-scenario'],
		types: ['scenario/format']
	},
	'routes/proof': { imports: PAGE, types: ['diagnosis/diagnosis', 'recognition'] },
	'routes/sandbox': {
		imports: [
			...PAGE,
			'install',
			'offline/register',
			'offline/status.svelte',
			'workspaces/limits',
			'workspaces/workspaces'
		],
		types: ['worker']
	},
	hooks: { imports: ['ui/shell/decoded-address'], types: ['@sveltejs/kit'] },
	'hooks.server': { imports: [], types: ['@sveltejs/kit'] },
	'hooks.client': { imports: ['ui/shell/decoded-address'], types: ['@sveltejs/kit'] },
	'service-worker': {
		imports: ['offline/precache', 'engine/waking-sweeper', 'dexie', '$service-worker'],
		types: ['offline/messages']
	}
};
