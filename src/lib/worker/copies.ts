/** The page asks for the name of a file that may be a private key. The worker has a copy, and overwrites it. */
import type { Diagnostician } from '../diagnosis/diagnosis';

/** @param real is given files that nothing else uses, and may fail */
export const overwritingCopies = (real: Diagnostician): Diagnostician => ({
	diagnose: (...asked) => real.diagnose(...asked),
	name: async (file) => {
		try {
			return await real.name(file);
		} finally {
			file.fill(0);
		}
	}
});
