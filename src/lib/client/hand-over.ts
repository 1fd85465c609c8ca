/** A port that the page gives to the worker: it is handed over, not copied. */
export async function handOver(port: MessagePort | undefined): Promise<MessagePort | undefined> {
	if (!port) return undefined;
	const { transfer } = await import('comlink');
	return transfer(port, [port]);
}
