import type { CreateInstance } from '../openssl';

declare const createOpenssl: CreateInstance;
export default createOpenssl;
