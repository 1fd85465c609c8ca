/** Scenarios as the page plays them. Apart from the service: most pages never ask for it. */
import type { Learn } from '../learn/learn';
import { forward } from './forward';

export const learn: Learn = forward('learn');
