/** Workspaces as the page manages them. Apart from the service: one page asks for it. */
import type { Workspaces } from '../workspaces/workspaces';
import { forward } from './forward';

export const workspaces: Workspaces = forward('workspaces');
