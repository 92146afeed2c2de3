/** The one way from the window to the core: a typed function over the table of commands. */
import type { ApiError, Commands } from './bindings.gen';

export type CommandName = keyof Commands;

/** Commands before which the shell asks for a file or a folder; cancelling answers `null`. */
export type DialogCommand =
  | 'create_vault'
  | 'create_demo'
  | 'use_vault'
  | 'choose_backup_folder'
  | 'choose_backup'
  | 'make_backup_at'
  | 'restore_backup'
  | 'import_year'
  | 'add_attachment'
  | 'export_attachment'
  | 'save_report'
  | 'save_intervision'
  | 'save_intervision_file';

export type Request<N extends CommandName> = Commands[N][0];
export type Answer<N extends CommandName> = N extends DialogCommand ? Commands[N][1] | null : Commands[N][1];

/** What carries commands to the core, and knows where a rendered page can be seen. */
export interface Transport {
  /** With `last` the core keeps the words for after the lock when it cannot save them. */
  call(name: CommandName, request: unknown, last: boolean): Promise<unknown>;
  pageUrl(page: number, version: number): string;
  /** Where the picture that was made ready can be seen. */
  pictureUrl(id: string): string;
  /** Answers a request to close the window: whether everything is saved. */
  quit(saved: boolean): Promise<unknown>;
  /** Asks for a lock. The shell asks back for the last words, whoever asked. */
  lock(): Promise<unknown>;
  /** The last words are said; the process ends. */
  locked(place: Place): Promise<unknown>;
  /** Where she was when the process before this one was locked. */
  place(): Promise<Place | null>;
  /** Puts words on the clipboard, marked as secret. */
  copy(text: string): Promise<unknown>;
  /** Tells the shell that somebody is at work. */
  present(): Promise<unknown>;
}

/** Where she was: a screen with its ids and the id of a field, never words of a case. */
export interface Place {
  screen: Record<string, string | number | boolean>;
  field: string | null;
}

let transport: Transport | undefined;
let last = false;

export function connect(to: Transport): void {
  transport = to;
  last = false;
}

/** From now on every save is the last chance of what it carries. */
export function sayLastWords(): void {
  last = true;
}

function connected(): Transport {
  if (!transport) throw new Error('main.ts connects before anything is shown');
  return transport;
}

export async function call<N extends CommandName>(name: N, request: Request<N>): Promise<Answer<N>> {
  try {
    return (await connected().call(name, request, last)) as Answer<N>;
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

export function pageUrl(page: number, version: number): string {
  return connected().pageUrl(page, version);
}

export function pictureUrl(id: string): string {
  return connected().pictureUrl(id);
}

export async function quit(saved: boolean): Promise<void> {
  await connected().quit(saved);
}

export async function lock(): Promise<void> {
  await connected().lock();
}

export async function locked(place: Place): Promise<void> {
  await connected().locked(place);
}

export function placeBeforeLock(): Promise<Place | null> {
  return connected().place();
}

export async function copy(text: string): Promise<void> {
  await connected().copy(text);
}

export async function present(): Promise<void> {
  await connected().present();
}

/** Whatever went wrong, as the door would say it; text of an unknown error is never shown. */
export function asApiError(thrown: unknown): ApiError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    return thrown as ApiError;
  }
  return { code: 'internal', field: null, detail: 'window' };
}
