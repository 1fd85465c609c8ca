/** Dragging a file of the tray: its number travels under a type of its own, so that nothing else is mistaken for it. */
const TYPE = 'application/x-kms-sandbox-tray-file';

export function startTrayDrag(event: DragEvent, fileId: number, name: string): void {
	event.dataTransfer?.setData(TYPE, String(fileId));
	event.dataTransfer?.setData('text/plain', name);
	if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
}

export function isFileDrag(event: DragEvent): boolean {
	const types = event.dataTransfer?.types ?? [];
	return types.includes('Files') || types.includes(TYPE);
}

export function draggedTrayFileId(event: DragEvent): number | undefined {
	const text = event.dataTransfer?.getData(TYPE);
	return text ? Number(text) : undefined;
}
