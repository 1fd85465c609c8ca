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
			'worker/later',
			'worker/parties',
			'worker/watch',
			'learn',
			'customer/tray',
			'storage/open-store',
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
	ui: {
		imports: [
			'client',
			'domain',
			'install',
			'customer/commands',
			'customer/file-actions',
			'customer/file-names',
			'customer/posix',
			'customer/public-key-pem',
			'customer/shell',
			'customer/workbench',
			'diagnosis/diagnosis',
			'workspaces/workspaces',
			'terminal/limits',
			'workspaces/limits',
			'terminal/command-names',
			'scenario/goals',
			'scenario/names',
			'scenario/shown-text',
			'offline/draft.svelte',
			'offline/register',
			'offline/status.svelte',
			'paraglide',
			'$app',
			'svelte'
		],
		lazily: ['course/catalogue'],
		types: [
			'crypto/every-padding',
			'recognition',
			'customer',
			'worker',
			'storage',
			'offline/messages',
			'learn/learn',
			'scenario',
			'terminal'
		]
	},
	/** Pages of their own, which nothing else asks for. */
	'ui/learn/Course.svelte': {
		imports: ['ui', 'client', 'course/catalogue', 'paraglide', '$app', 'svelte'],
		types: ['learn/learn', 'scenario']
	},
	'ui/learn/ScenarioIntro.svelte': {
		imports: ['ui', 'client', 'course/catalogue', 'scenario/names', 'paraglide', '$app', 'svelte'],
		types: ['learn/learn', 'scenario']
	},
	'ui/exam': {
		imports: [
			'ui',
			'client',
			'domain',
			'course/catalogue',
			'learn/exam',
			'paraglide',
			'$app',
			'svelte'
		],
		types: ['learn/learn', 'scenario']
	},
	/** Its fingerprint is computed with the hash that answers at once: no WebCrypto in the page. */
	'ui/certificate': {
		imports: [
			'ui',
			'client',
			'domain',
			'course/catalogue',
			'learn/exam',
			'learn/progress-file',
			'learn/transcript-fingerprint',
			'paraglide',
			'$app',
			'svelte'
		],
		types: ['learn/learn', 'scenario']
	},
	/** Reads what others have written: the format and its checks come with it. */
	'ui/author': {
		imports: [
			'ui',
			'client',
			'domain',
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
			'scenario/read-scenario',
			'paraglide',
			'$app',
			'svelte'
		],
		lazily: ['course/digests.json']
	},
	/** Chooses among all demos and writes what is copied into other people's pages. */
	'ui/embed': {
		imports: [
			'ui',
			'client/first-answers.svelte',
			'embed/demos',
			'embed/heights',
			'embed/parameters',
			'scenario/digest',
			'scenario/limits',
			'scenario/names',
			'scenario/shown-text',
			'paraglide',
			'$app',
			'svelte'
		],
		lazily: ['scenario/link', 'scenario/read-scenario'],
		types: ['scenario/format']
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
			'ui',
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
	routes: {
		imports: ['ui', 'client', 'domain', 'offline/status.svelte', 'paraglide', '$app', 'svelte'],
		lazily: ['install/install.svelte', 'offline/register'],
		types: ['worker']
	},
	hooks: { imports: ['ui/shell/decoded-address'], types: ['@sveltejs/kit'] },
	'hooks.client': { imports: ['ui/shell/decoded-address'], types: ['@sveltejs/kit'] },
	'service-worker': {
		imports: ['offline/precache', 'engine/waking-sweeper', 'dexie', '$service-worker'],
		types: ['offline/messages']
	}
};
