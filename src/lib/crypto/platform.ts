/** The one place that knows how WebCrypto says "this cannot be opened". */
import type { Bytes } from '../domain/bytes';

/**
 * WebCrypto answers wrong padding, a wrong key and a failed tag with the same OperationError and no message.
 * Anything else, such as a key of the wrong kind, is a defect and goes on.
 */
export async function undefinedWhenRefused(
	decryption: Promise<ArrayBuffer>
): Promise<Bytes | undefined> {
	try {
		return new Uint8Array(await decryption);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'OperationError') return undefined;
		throw error;
	}
}
