// Ports of this machine. Node built-ins only: start.js looks for one before anything is installed.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The first port that npm start tries, and the number of ports it tries. */
const USUAL = 4173;
const TRIES = 100;

/** The two addresses of "localhost". */
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * @param {import('node:net').Server} server
 * @param {number} port 0 for any free one
 * @returns {Promise<number>} the port in use
 * @throws {NodeJS.ErrnoException} if the server can't listen
 */
export async function listen(server, port) {
	server.listen(port, 'localhost');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('not a port');
	return address.port;
}

/**
 * @param {import('node:net').Server} server
 * @param {string | undefined} wanted the value of `PORT`: only this port; undefined: the default port or the next free one
 * @param {(text: string) => void} tell called with a message if the default port is in use
 * @param {number} [usual]
 * @returns {Promise<number>} the port in use
 * @throws {Error} with a message for the user
 */
export async function listenWhereFree(server, wanted, tell, usual = USUAL) {
	if (wanted !== undefined && wanted !== '') return listenOn(server, wanted);
	for (let port = usual; port < usual + TRIES; port += 1) {
		if (!(await isFree(port))) continue;
		if (port !== usual) tell(`Port ${String(usual)} is taken: ${String(port)} is used instead.`);
		return listen(server, port);
	}
	throw new Error(
		`Ports ${String(usual)} to ${String(usual + TRIES - 1)} are taken. Name another one: PORT=8080 npm start`
	);
}

/**
 * @param {import('node:net').Server} server
 * @param {string} wanted
 */
async function listenOn(server, wanted) {
	const port = Number(wanted);
	if (!/^\d+$/.test(wanted) || port > 65_535)
		throw new Error(
			`PORT=${wanted} is not a port. Give a number from 0 to 65535: PORT=8080 npm start`
		);
	try {
		if (await isFree(port)) return await listen(server, port);
	} catch (cause) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
		if (code !== 'EADDRINUSE')
			throw new Error(
				`Port ${wanted} (PORT) cannot be used: ${String(code)}. Name another one: PORT=8080 npm start`,
				{ cause }
			);
	}
	throw new Error(
		`Port ${wanted} (PORT) is taken by another program. End that program, or name another port: PORT=8080 npm start`
	);
}

/**
 * Listens on both addresses, because a browser may use either for "localhost".
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 * @throws {NodeJS.ErrnoException} if the port can't be used at all
 */
async function isFree(port) {
	for (const host of LOOPBACK) {
		const probe = createServer().listen(port, host);
		try {
			await once(probe, 'listening');
		} catch (error) {
			const { code } = /** @type {NodeJS.ErrnoException} */ (error);
			if (code === 'EADDRINUSE') return false;
			// a machine without IPv6 has no ::1
			if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') continue;
			throw error;
		}
		probe.close();
		await once(probe, 'close');
	}
	return true;
}
