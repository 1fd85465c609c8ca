/** One request as it stands on the wire: nothing is added to it, followed, decoded or cached. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

interface Question {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** @param path as it is sent, also where no browser would send it */
export async function ask(
	port: number,
	path: string,
	{ method = 'GET', headers = {} }: Question = {}
): Promise<Answer> {
	const sent = request({ host: 'localhost', port, path, method, headers, agent: false }).end();
	const [response] = (await once(sent, 'response')) as [IncomingMessage];
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		body: await buffer(response)
	};
}
