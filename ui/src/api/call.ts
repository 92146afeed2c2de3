/** The one way from the window to the core: a typed function over the table of commands. */
import type { ApiError, Commands } from './bindings.gen';

export type CommandName = keyof Commands;

/** Commands before which the shell asks for a file or a folder; cancelling answers `null`. */
export type DialogCommand =
  | 'create_vault'
  | 'create_demo'
  | 'use_vault'
  | 'import_year'
  | 'save_report'
  | 'save_intervision'
  | 'save_intervision_file';

export type Request<N extends CommandName> = Commands[N][0];
export type Answer<N extends CommandName> = N extends DialogCommand ? Commands[N][1] | null : Commands[N][1];

/** What carries commands to the core, and knows where a rendered page can be seen. */
export interface Transport {
  call(name: CommandName, request: unknown): Promise<unknown>;
  pageUrl(page: number, version: number): string;
  /** Answers a request to close the window: whether everything is saved. */
  quit(saved: boolean): Promise<unknown>;
}

let transport: Transport | undefined;

export function connect(to: Transport): void {
  transport = to;
}

function connected(): Transport {
  if (!transport) throw new Error('main.ts connects before anything is shown');
  return transport;
}

export async function call<N extends CommandName>(name: N, request: Request<N>): Promise<Answer<N>> {
  try {
    return (await connected().call(name, request)) as Answer<N>;
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

export function pageUrl(page: number, version: number): string {
  return connected().pageUrl(page, version);
}

export async function quit(saved: boolean): Promise<void> {
  await connected().quit(saved);
}

/** Whatever went wrong, as the door would say it; text of an unknown error is never shown. */
export function asApiError(thrown: unknown): ApiError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    return thrown as ApiError;
  }
  return { code: 'internal', field: null, detail: 'window' };
}
