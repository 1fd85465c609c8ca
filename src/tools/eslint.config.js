import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import regexp from 'eslint-plugin-regexp';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import { join } from 'node:path';
import ts from 'typescript-eslint';
import svelteConfig from '../../svelte.config.js';
import { noLookupByText } from './no-lookup-by-text.js';

/**
 * The parser computes the types of the whole project again for each component, which takes two thirds of the time.
 * `npm test` checks components without types; `npm run lint` and `npm run test:all` check them with types.
 */
const COMPONENTS_WITHOUT_TYPES =
	process.env['LINT'] === 'quick'
		? [
				{
					...ts.configs.disableTypeChecked,
					files: ['**/*.svelte'],
					rules: {
						...ts.configs.disableTypeChecked.rules,
						// the rule recognises a resolved address by its type
						'svelte/no-navigation-without-resolve': /** @type {const} */ ('off')
					}
				}
			]
		: [];

// Patterns are relative to the folder that eslint runs in, not to this file.
export default defineConfig(
	globalIgnores([
		'build/',
		'dist/',
		'.svelte-kit/',
		'test-results/',
		'src/lib/paraglide/',
		'src/lib/terminal/openssl/'
	]),
	js.configs.recommended,
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: join(import.meta.dirname, '../..')
			}
		},
		rules: { 'no-undef': 'off' }
	},
	{
		// text from users, links and files must be looked up in maps
		files: [
			'src/lib/{customer,diagnosis,domain,engine,learn,scenario,storage,terminal,workspaces}/**/*.ts'
		],
		plugins: { own: { rules: { 'no-lookup-by-text': noLookupByText } } },
		rules: { 'own/no-lookup-by-text': 'error' }
	},
	{
		// a text of 64 KiB must not cost its square in steps
		files: ['src/**', 'static/**'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': 'error',
			'regexp/no-super-linear-move': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		// Components and their instances are `any` to this parser; svelte-check knows their types and checks them.
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		files: ['tests/e2e/**'],
		rules: {
			'no-restricted-properties': [
				'error',
				{
					property: 'setOffline',
					message: 'Stop the host, in a browser of the test’s own: tests/README.md'
				},
				...['route', 'routeFromHAR', 'routeWebSocket'].map((property) => ({
					property,
					message: 'Let the host answer otherwise (`ownApp`): tests/README.md'
				}))
			]
		}
	},
	{
		// Addresses in a demo are places created by frame/places.ts; the rule knows only SvelteKit's addresses.
		files: ['src/lib/embed/frame/**'],
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	...COMPONENTS_WITHOUT_TYPES
);
