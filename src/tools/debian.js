// Downloads Debian packages of any release from the machine's mirror. The caller gives a folder for the package lists, so the
// machine's apt settings stay unchanged. apt checks the signature of each release and the checksum of each file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
export const answer = (program, args, cwd) =>
	execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/**
 * Downloads the package lists of these releases.
 *
 * @param {string} folder for the lists
 * @param {'deb' | 'deb-src'} kind
 * @param {readonly string[]} suites such as `trixie`, `trixie-updates`, `trixie-security`
 * @returns {string[]} options that make apt use only these releases
 */
export function openReleases(folder, kind, suites) {
	const apt = join(folder, 'apt');
	mkdirSync(join(apt, 'lists/partial'), { recursive: true });
	mkdirSync(join(apt, 'archives/partial'), { recursive: true });
	writeFileSync(join(apt, 'sources.list'), suites.map((suite) => lineOf(kind, suite)).join(''));
	const options = Object.entries({
		'Dir::State::lists': join(apt, 'lists'),
		'Dir::Cache': apt,
		'Dir::Etc::sourcelist': join(apt, 'sources.list'),
		'Dir::Etc::sourceparts': '-',
		'Acquire::Languages': 'none',
		'APT::Sandbox::User': 'root'
	}).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
	execFileSync('apt-get', ['-qq', ...options, 'update'], {
		stdio: ['ignore', 'inherit', 'inherit']
	});
	return options;
}

/**
 * @param {'deb' | 'deb-src'} kind
 * @param {string} suite
 * @returns {string} empty if the machine has no such mirror
 */
function lineOf(kind, suite) {
	const isSecurity = suite.endsWith('-security');
	const mirror = isSecurity
		? mirrors().find(({ codename }) => codename.endsWith('-security'))
		: mirrors().find(({ codename }) => !codename.includes('-'));
	if (mirror) return `${kind} [signed-by=${KEYRING}] ${mirror.address} ${suite} main\n`;
	if (isSecurity) return '';
	throw new Error("apt knows no mirror of Debian: run 'apt-get update'");
}

/** The sources that this machine's apt uses. */
function mirrors() {
	const format = '$(REPO_URI) $(CODENAME) $(ORIGIN)';
	return answer('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
		.split('\n')
		.map((line) => line.split(' '))
		.filter(([, , origin]) => origin === 'Debian')
		.map(([address = '', codename = '']) => ({ address, codename }));
}
