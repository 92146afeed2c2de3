/** The same commands as the core's, in memory: for tests, and for developing in a browser.
    It is never part of the program that is shipped. */
import type {
  ApiError,
  AppState,
  BackupState,
  CaseView,
  Commands,
  ErrorCode,
  PracticeView,
  QuickNoteView,
} from '../bindings.gen';
import type { CommandName, Place, Transport } from '../call';
import { caseCommands } from './cases';
import { fileCommands } from './files';
import { cases, organisations, TODAY } from './data';
import { intervisionCommands } from './intervision';
import { reportCommands } from './report';
import { vaultCommands } from './vault';

export interface FakeVault {
  state: AppState;
  practice: PracticeView;
  cases: CaseView[];
  passphrase: string;
  groups: string[];
  recoveryConfirmed: boolean;
  reportTexts: Map<string, Commands['save_report_texts'][0]['texts']>;
  frozen: Set<string>;
  inbox: QuickNoteView[];
  summaries: Map<string, Commands['save_intervision_draft'][0]>;
  rendered: number;
  backup: BackupState;
  filesOfFormerKeys: number;
  otherComputers: boolean;
}

export type Handlers = {
  [N in CommandName]?: (request: Commands[N][0], vault: FakeVault) => Commands[N][1] | null;
};

export function refuse(code: ErrorCode, field: string | null = null, detail: string | null = null): never {
  throw { code, field, detail } satisfies ApiError;
}

export interface Fake extends Transport {
  vault: FakeVault;
  /** Every command that came, in order. */
  calls: { name: CommandName; request: unknown }[];
  /** The next call of a command fails with this. */
  failNext(name: CommandName, error: ApiError, times?: number): void;
  /** Words that could not be saved when the vault was locked. */
  kept: { name: CommandName; request: unknown }[];
  placeAtLock: Place | null;
  /** A command waits this long. */
  delay: number;
}

const empty = (): PracticeView => ({
  adviser: { name: '', certification: '' },
  organisations: [],
  versions: [],
});

export function makeFake(stage: AppState['stage'], options: { demo?: boolean; delay?: number } = {}): Fake {
  const practice = options.demo
    ? {
        adviser: { name: 'A. van der Meer', certification: 'LVV 2021' },
        organisations: organisations(),
        versions: [],
      }
    : empty();
  const vault: FakeVault = {
    state: {
      stage,
      vault_name: stage === 'no_vault' ? '' : 'Luwte-kluis',
      settings: {
        language: 'nl',
        theme: 'light',
        text_size: 100,
        lock_minutes: 10,
        lock_on_sleep: true,
        lock_on_screen_lock: true,
      },
      saved_at: stage === 'no_vault' ? null : '2026-11-21T13:32:00Z',
      findings: [],
      missing_folder: null,
      changing_keys: false,
      today: TODAY,
      version: '0.1.0',
    },
    practice,
    cases: options.demo ? cases(practice.organisations) : [],
    passphrase: 'merel wolk kaars fiets anker tulp',
    groups: [],
    recoveryConfirmed: options.demo ?? false,
    reportTexts: new Map(),
    frozen: new Set(),
    inbox: [],
    summaries: new Map(),
    rendered: 0,
    filesOfFormerKeys: 0,
    otherComputers: false,
    backup: {
      folder: null,
      cloud: false,
      rhythm: 'close',
      keep: 10,
      waiting: false,
      last: null,
      rehearsed: null,
    },
  };
  const handlers: Handlers = {
    ...vaultCommands,
    ...caseCommands,
    ...fileCommands,
    ...reportCommands,
    ...intervisionCommands,
  };
  const failures = new Map<CommandName, { error: ApiError; times: number }>();
  const closedDoor = new Set<CommandName>([
    'app_state',
    'save_settings',
    'suggest_passphrase',
    'rate_passphrase',
    'create_vault',
    'create_demo',
    'use_vault',
    'unlock',
    'recover',
    'quick_note',
    'choose_backup',
    'preview_backup',
    'restore_backup',
  ]);
  const fake: Fake = {
    vault,
    calls: [],
    delay: options.delay ?? 0,
    failNext: (name, error, times = 1) => failures.set(name, { error, times }),
    placeAtLock: null,
    kept: [],
    async call(name, request, last) {
      const sent: unknown = structuredClone(request);
      fake.calls.push({ name, request: sent });
      await new Promise((resolve) => setTimeout(resolve, fake.delay));
      const failure = failures.get(name);
      if (failure && failure.times > 0) {
        failure.times -= 1;
        if (last && name.startsWith('save_')) fake.kept.push({ name, request: sent });
        throw failure.error;
      }
      if (vault.state.stage !== 'open' && !closedDoor.has(name)) refuse('vault-locked');
      const handler = handlers[name] as ((request: unknown, vault: FakeVault) => unknown) | undefined;
      if (!handler) refuse('internal', null, name);
      return structuredClone(handler(sent, vault));
    },
    pageUrl: (page, version) => pageImage(page, version),
    pictureUrl: () => pageImage(1, 1),
    quit: () => Promise.resolve(),
    // In a browser the page plays both processes.
    lock: () => Promise.resolve(globalThis.window?.dispatchEvent(new Event('luwte-lock'))),
    locked: (place) => {
      fake.placeAtLock = structuredClone(place);
      vault.state = { ...vault.state, stage: 'locked' };
      globalThis.window?.location.assign('?stage=locked');
      return Promise.resolve();
    },
    place: () => Promise.resolve(fake.placeAtLock),
    copy: (text) => navigator.clipboard.writeText(text),
    present: () => Promise.resolve(),
  };
  return fake;
}

/** A drawing of a page, so that the preview has something to show. */
function pageImage(page: number, version: number): string {
  const lines = Array.from({ length: 14 }, (_, at) => {
    const width = 380 - ((at * 67 + page * 31) % 150);
    return `<rect x="70" y="${170 + at * 26}" width="${width}" height="8" fill="#c9c6bf"/>`;
  });
  const bars = [180, 120, 70, 40].map(
    (width, at) => `<rect x="70" y="${570 + at * 34}" width="${width}" height="22" fill="#1f5f6b"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="70" y="120" font-family="Inter, sans-serif" font-size="24">Pagina ${page} (${version})</text>${lines.join('')}${bars.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** `?stage=locked|no_vault|empty` in a browser; without it the vault is open and full. */
export function fakeFromAddress(search: string): Fake {
  const stage = new URLSearchParams(search).get('stage');
  if (stage === 'no_vault') return makeFake('no_vault', { delay: 60 });
  if (stage === 'empty') return makeFake('open', { delay: 60 });
  return makeFake(stage === 'locked' ? 'locked' : 'open', { demo: true, delay: 60 });
}
