import type { AppState, BackupContents, Rating } from '../bindings.gen';
import { cases, GROUPS, organisations, PASSPHRASE, uuid } from './data';
import { refuse, type FakeVault, type Handlers } from './index';

function rate(passphrase: string): Rating {
  const words = passphrase.trim().split(/\s+/).length;
  const strength = passphrase.length < 14 ? 'too_short' : words < 3 ? 'weak' : words < 5 ? 'fair' : 'strong';
  const not_ascii = [...passphrase].some((letter) => letter > '~');
  return { strength, reason: null, not_ascii };
}

function stage(vault: FakeVault, to: AppState['stage']): AppState {
  vault.state = { ...vault.state, stage: to };
  return vault.state;
}

const BACKUP = 'Luwte back-up 6f0c1a2b 2026-11-21 14.40.00.zip';

function backupContents(cases: number): BackupContents {
  const last_change = '2026-11-20T10:00:00Z';
  return { file: BACKUP, size: 4_400_000, cases, attachments: 2, last_change, opened: true, bad: [] };
}

export const vaultCommands: Handlers = {
  app_state: (_, vault) => vault.state,
  save_settings: (settings, vault) => (vault.state = { ...vault.state, settings }),
  suggest_passphrase: () => ({ words: PASSPHRASE.split(' ') }),
  rate_passphrase: ({ passphrase }) => rate(passphrase),
  create_vault: ({ passphrase }, vault) => {
    if (['too_short', 'weak'].includes(rate(passphrase).strength)) refuse('passphrase-weak', 'passphrase');
    vault.passphrase = passphrase;
    vault.groups = [...GROUPS];
    vault.state = { ...vault.state, vault_name: 'Luwte-kluis' };
    stage(vault, 'open');
    return { groups: vault.groups };
  },
  create_demo: (_, vault) => {
    vault.state = { ...vault.state, vault_name: 'Luwte-voorbeeld' };
    vault.practice = {
      adviser: { name: 'A. van der Meer', certification: '' },
      organisations: organisations(),
      versions: [],
    };
    vault.cases = cases(vault.practice.organisations);
    stage(vault, 'open');
    return { words: PASSPHRASE.split(' ') };
  },
  use_vault: (_, vault) => {
    vault.state = { ...vault.state, vault_name: 'Luwte-kluis' };
    return stage(vault, 'locked');
  },
  confirm_recovery: ({ places, groups }, vault) => {
    const known = vault.groups.length > 0 ? vault.groups : GROUPS;
    const wrong = places.filter((place, at) => known[place - 1] !== groups[at]);
    vault.recoveryConfirmed = wrong.length === 0;
    return { wrong };
  },
  prove_recovery: ({ groups }, vault) => {
    const known = vault.groups.length > 0 ? vault.groups : GROUPS;
    const wrong = groups.flatMap((group, at) =>
      /^\d{6}$/.test(group) && Number(group) % 11 === 0 ? [] : [at + 1],
    );
    const opens = wrong.length === 0 && known.every((group, at) => group === groups[at]);
    vault.recoveryConfirmed ||= opens;
    return { wrong, opens };
  },
  preview_sheet: (_, vault) => {
    vault.rendered += 1;
    return { count: 1, version: vault.rendered, figures: null };
  },
  save_sheet: () => ({ file: 'Herstelblad.pdf', folder: 'Documenten' }),
  unlock: ({ passphrase }, vault) => {
    if (passphrase !== vault.passphrase) refuse('wrong-passphrase', 'passphrase');
    return stage(vault, 'open');
  },
  recover: ({ code, passphrase }, vault) => {
    if (code.replace(/\D/g, '') !== GROUPS.join('')) refuse('wrong-recovery-code');
    vault.passphrase = passphrase;
    return stage(vault, 'open');
  },
  lock: (_, vault) => stage(vault, 'locked'),
  change_passphrase: (request, vault) => {
    if (request.old !== vault.passphrase) refuse('wrong-passphrase', 'old');
    vault.passphrase = request.new;
    return {};
  },
  new_recovery_code: (_, vault) => {
    vault.groups = [...GROUPS].reverse();
    vault.recoveryConfirmed = false;
    return { groups: vault.groups };
  },
  prepare_keys: (_, vault) => {
    vault.groups = [...GROUPS].reverse();
    return { groups: vault.groups };
  },
  change_keys: ({ old, new: next, places, groups }, vault) => {
    if (old !== vault.passphrase) refuse('wrong-passphrase', 'old');
    const wrong = places.filter((place, at) => vault.groups[place - 1] !== groups[at]);
    if (wrong.length > 0) return { wrong };
    vault.passphrase = next;
    vault.filesOfFormerKeys = 30;
    vault.state = { ...vault.state, changing_keys: true };
    return { wrong };
  },
  continue_keys: ({ let_go }, vault) => {
    vault.filesOfFormerKeys = Math.max(0, vault.filesOfFormerKeys - 20);
    const left = vault.filesOfFormerKeys;
    const finished = left === 0 && (let_go || !vault.otherComputers);
    if (finished) vault.state = { ...vault.state, changing_keys: false };
    const waiting = left === 0 && !finished;
    return { done: 30 - left, left, kept_back: [], other_computers: vault.otherComputers, waiting, finished };
  },
  backup_state: (_, vault) => vault.backup,
  choose_backup_folder: (_, vault) => (vault.backup = { ...vault.backup, folder: '/media/stick/Luwte' }),
  save_backup_rhythm: ({ rhythm, keep }, vault) => (vault.backup = { ...vault.backup, rhythm, keep }),
  make_backup: (_, vault) => {
    if (vault.backup.folder === null) refuse('backup-not-set');
    const cases = vault.cases.length;
    vault.backup = {
      ...vault.backup,
      last: { at: '2026-11-21T13:40:00Z', file: BACKUP, size: 4_400_000, cases },
    };
    return backupContents(cases);
  },
  make_backup_at: (_, vault) => backupContents(vault.cases.length),
  check_backup: (_, vault) => backupContents(vault.cases.length),
  choose_backup: () => ({ file: BACKUP, size: 4_400_000, cases: 42 }),
  preview_backup: ({ passphrase, code }, vault) => {
    if (passphrase !== null && passphrase !== vault.passphrase) refuse('wrong-passphrase', 'passphrase');
    if (code !== null && code.replace(/\D/g, '') !== GROUPS.join('')) refuse('wrong-recovery-code', 'code');
    return backupContents(42);
  },
  rehearse_backup: ({ code }, vault) => {
    if (code !== null && code.replace(/\D/g, '') !== GROUPS.join('')) refuse('wrong-recovery-code', 'code');
    vault.backup = { ...vault.backup, rehearsed: vault.state.today };
    return backupContents(42);
  },
  restore_backup: (_, vault) => {
    // An open vault stays open until the lock that follows.
    if (vault.state.stage === 'open') return vault.state;
    vault.state = { ...vault.state, vault_name: 'Luwte teruggezet 2026-11-21 14.40' };
    return stage(vault, 'locked');
  },
  check_vault: (_, vault) => ({ good: vault.cases.length + 4, findings: [] }),
  restore_previous: (_, vault) => ({ good: vault.cases.length + 4, findings: [] }),
  choose_version: ({ case: id, entry, version }, vault) => {
    const holder = id === null ? vault.practice : vault.cases.find((view) => view.id === id);
    const versions = holder?.versions.find((one) => one.entry === entry)?.versions;
    if (!holder || !versions) refuse('field-invalid', 'version');
    const chosen = versions.find((one) => one.version === version);
    const view = vault.cases.find((known) => known === holder);
    if (view && version === null) {
      const made = versions
        .slice(1)
        .flatMap(({ version: fresh, note, saved_at }) =>
          note ? [{ entry: fresh, note, saved_at, revisions: 1, two_versions: false }] : [],
        );
      view.notes = [...view.notes, ...made];
    } else if (!chosen) {
      refuse('field-invalid', 'version');
    }
    if (view && chosen) {
      const { removed, note, person, facts, saved_at } = chosen;
      if (facts) view.facts = facts;
      view.notes = view.notes.flatMap((known) => {
        if (known.entry !== entry) return [known];
        return removed || !note ? [] : [{ ...known, note, saved_at, two_versions: false }];
      });
      if (person) view.persons = view.persons.map((known) => (known.entry === entry ? person : known));
    }
    const organisation = chosen?.organisation;
    if (organisation) {
      vault.practice.organisations = vault.practice.organisations.map((known) =>
        known.id === entry ? organisation : known,
      );
    }
    if (chosen?.adviser) vault.practice.adviser = chosen.adviser;
    holder.versions = holder.versions.filter((one) => one.entry !== entry);
    return {};
  },
  practice: (_, vault) => vault.practice,
  save_adviser: (adviser, vault) => (vault.practice = { ...vault.practice, adviser }),
  save_organisation: (organisation, vault) => {
    if (organisation.name.trim() === '') refuse('field-required', 'name');
    const saved = { ...organisation, id: organisation.id ?? uuid() };
    const others = vault.practice.organisations.filter((one) => one.id !== saved.id);
    const organisations = [...others, saved].sort((a, b) => a.name.localeCompare(b.name));
    return (vault.practice = { ...vault.practice, organisations });
  },
  import_year: ({ organisation, dry_run }, vault) => {
    const known = vault.practice.organisations.some((one) => one.name === organisation);
    const problem = {
      line: 7,
      column: 'gender',
      kind: 'unknown-code',
      value: 'vrouw',
      allowed: ['female', 'male', 'non_binary', 'not_disclosed', 'not_recorded'],
      nl: 'Dit woord staat niet in de lijst.',
      en: 'This word is not in the list.',
    };
    const problems = organisation.includes('fout') ? [problem] : [];
    const imported = problems.length > 0 ? 0 : dry_run ? 30 : 30;
    return {
      file: 'jaar-2025.csv',
      new_organisation: !known,
      new_departments: ['AFD1', 'AFD2'],
      imported,
      existing: [],
      continued: [],
      problems,
    };
  },
};
