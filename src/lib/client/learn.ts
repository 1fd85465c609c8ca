/** Scenarios as the page plays them. A separate module, because most pages don't need it. */
import type { Learn } from '../learn/learn';
import { forward } from './forward';

export const learn: Learn = forward('learn');
