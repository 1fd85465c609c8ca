/** Stands for the pages of the key list where memory tables stand for the database: a demo shows one CMK, not a list. */
const refuse = (): Promise<never> => Promise.reject(new Error('a demo has no list of CMKs'));

export const preparePage = (): Promise<never> => refuse();
export const readPage = (): Promise<never> => refuse();
