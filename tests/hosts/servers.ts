/** The web servers of the machine, each with the configuration of docs/hosting, in a folder of its own and without rights. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import { findServer } from '../../src/tools/browsers.js';
import { freePort } from '../../src/tools/free-port.js';
import { serve } from '../../src/tools/serve.js';
import { ask } from '../support/ask';

const ROOT = join(import.meta.dirname, '../..');
const BUILD = join(ROOT, 'build');

/** Debian's user without rights: nginx and Apache start their own processes as another one where they start as root. */
const NOBODY = 65_534;

/** What the configurations are written for. */
const WRITTEN_FOR = { root: '/srv/www', base: '/docs/app' };

export interface Host {
	readonly port: number;
	readonly stop: () => Promise<void>;
}

export interface HostKind {
	readonly name: string;
	/** The encodings that the server sends if the client accepts both, in order of preference. */
	readonly encodings: readonly string[];
	readonly start: (base: string) => Promise<Host>;
}

const debian = (
	name: string,
	encodings: readonly string[],
	configuration: string,
	commandOf: (folder: string, configuration: string, port: number) => readonly string[]
): HostKind => ({
	name,
	encodings,
	async start(base) {
		const folder = mkdtempSync(join(tmpdir(), `${name}-`));
		const build = join(folder, 'www', base);
		mkdirSync(dirname(build), { recursive: true });
		cpSync(BUILD, build, { recursive: true, preserveTimestamps: true });
		const port = await freePort();
		const text = readFileSync(join(ROOT, 'docs/hosting', configuration), 'utf8')
			.replaceAll(WRITTEN_FOR.root, join(folder, 'www'))
			// as the page says of the root of a site
			.replace(base === '' ? /^.*\bredir\b.*$/m : '', '')
			.replaceAll(WRITTEN_FOR.base, base);
		mkdirSync(join(folder, 'tmp'));
		for (const path of [folder, join(folder, 'tmp')]) chmodSync(path, 0o777);
		const [command = '', ...args] = commandOf(folder, text, port);
		const program = findServer(command);
		if (program === undefined) throw new Error(`${command} is not installed`);
		const server = spawn(program, args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, HOME: folder, TMPDIR: join(folder, 'tmp') },
			...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY })
		});
		const stop = async () => {
			await end(server);
			rmSync(folder, { recursive: true });
		};
		await untilItAnswers(server, port);
		return { port, stop };
	}
});

async function end(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null) return;
	server.kill('SIGTERM');
	await once(server, 'exit');
}

async function untilItAnswers(server: ChildProcess, port: number): Promise<void> {
	let said = '';
	for (const stream of [server.stdout, server.stderr])
		stream?.on('data', (text: Buffer) => (said += text.toString()));
	await vi.waitFor(
		async () => {
			if (server.exitCode === null) await ask(port, '/');
		},
		{ timeout: 20_000 }
	);
	if (server.exitCode !== null) throw new Error(`${server.spawnfile} ended: ${said}`);
}

const write = (path: string, text: string): string => {
	writeFileSync(path, text);
	return path;
};

const nginx = debian('nginx', ['gzip'], 'nginx.conf', (folder, configuration, port) => {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	const text = `
		daemon off;
		pid ${folder}/pid;
		events {}
		http {
			include /etc/nginx/mime.types;
			access_log off;
			${temporary.map((name) => `${name}_temp_path ${folder}/tmp/${name};`).join('\n')}
			${configuration.replace('listen 80;', `listen 127.0.0.1:${String(port)}; listen [::1]:${String(port)};`)}
		}`;
	return ['nginx', '-e', 'stderr', '-c', write(join(folder, 'nginx.conf'), text)];
});

const caddy = debian('Caddy', ['br', 'gzip'], 'Caddyfile', (folder, configuration, port) => {
	const text = `{
		admin off
	}
	${configuration.replace(':80 {', `:${String(port)} {`)}`;
	return [
		...['caddy', 'run', '--adapter', 'caddyfile'],
		...['--config', write(join(folder, 'Caddyfile'), text)]
	];
});

/** As Debian has them, and those that its `a2enmod` adds for this configuration. */
const APACHE_MODULES = [
	...[
		'mpm_event',
		'authz_core',
		'dir',
		'mime',
		'deflate',
		'filter',
		'env',
		'setenvif',
		'reqtimeout'
	],
	...['negotiation', 'alias', 'autoindex', 'rewrite', 'headers']
];

/** From Debian's own mime.conf, what bears on the names of a build. */
const DEBIANS_TYPES = `
		AddType application/x-gzip .gz .tgz
		AddLanguage br .br
		AddLanguage en .en
		AddLanguage zh-CN .zh-cn`;

const apache = debian('Apache', ['br', 'gzip'], 'apache.conf', (folder, configuration, port) => {
	const text = `
		ServerRoot ${folder}
		ServerName localhost
		PidFile ${folder}/pid
		DefaultRuntimeDir ${folder}/tmp
		ErrorLog ${folder}/tmp/error.log
		Listen 127.0.0.1:${String(port)}
		Listen [::1]:${String(port)}
		${APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
		TypesConfig /etc/mime.types
		AddOutputFilterByType DEFLATE text/html text/css text/javascript application/javascript
		${DEBIANS_TYPES}
		<VirtualHost *:${String(port)}>
			DocumentRoot ${folder}/www
			DirectoryIndex index.html
			${configuration}
		</VirtualHost>`;
	return ['apache2', '-DFOREGROUND', '-f', write(join(folder, 'apache.conf'), text)];
});

const own: HostKind = {
	name: 'npm start',
	encodings: ['br', 'gzip'],
	async start(base) {
		const server = await serve(BUILD, 0, { base });
		const address = server.address();
		return {
			port: typeof address === 'object' ? (address?.port ?? 0) : 0,
			stop: async () => {
				server.close();
				await once(server, 'close');
			}
		};
	}
};

export const HOSTS: readonly HostKind[] = [own, nginx, caddy, apache];
