/** Which workspace this page works in. */
export function currentWorkspaceId(): string {
	return 'main';
}
