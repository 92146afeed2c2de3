/** The ways out of a page that a browser has by itself: the clipboard and dragging. */
import { copy } from '../api/call';

/** The words that are selected; those of a passphrase cannot be copied. */
function selected(): string {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    if (field.type === 'password') return '';
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  }
  return document.getSelection()?.toString() ?? '';
}

/** Copies through the shell, which marks the words as secret and takes them back. */
export function copyOut(event: ClipboardEvent): void {
  event.preventDefault();
  const text = selected();
  if (text !== '') void copy(text);
}

export function cutOut(event: ClipboardEvent): void {
  copyOut(event);
  // Removes the selection as a key would: the field notices, and it can be undone.
  if (selected() !== '') document.execCommand('delete');
}

/**
 * Nothing is dragged out of the window, nothing that is dropped on it is opened, and there
 * is no menu of the browser's: one of its choices writes a name in a list of known words.
 */
export function stay(event: Event): void {
  event.preventDefault();
}
