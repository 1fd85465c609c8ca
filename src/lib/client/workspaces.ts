/** Workspaces as the page manages them. A separate module, because only one page needs it. */
import type { Workspaces } from '../workspaces/workspaces';
import { forward } from './forward';

export const workspaces: Workspaces = forward('workspaces');
