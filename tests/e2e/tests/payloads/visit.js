// Puts payloads in everything a vault can hold, through the door, and goes to see them on
// the screens. Needs watch.js.
(() => {
  const { call, look, learn, settle } = window.watch;
  const PATIENCE = 45_000;

  const until = async (what, ready) => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = ready();
      if (found) return found;
      if (Date.now() > end) throw new Error(`never there: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const see = (css) => until(css, () => document.querySelector(css));
  const press = async (css) => (await see(css)).click();
  // Goes to another screen, and waits until the one before is gone and this one is there.
  const go = async (css, sign) => {
    const before = document.querySelector('#content > *');
    await press(css);
    await until(`another screen after ${css}`, () => !before?.isConnected);
    await see(sign);
  };
  const put = async (css, text) => {
    const field = await see(css);
    const kind = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[field.tagName] ?? HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
  };

  // In how many places of the page a payload can be read: pieces of text, and fields.
  // Signs that only mislead the eye are taken out of some texts on purpose.
  const plain = (text) => text.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ').trim();
  const places = (payloads) => {
    const said = [...document.querySelectorAll('input, textarea')].map((field) => plain(field.value));
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) said.push(plain(walk.currentNode.data));
    return payloads.map((payload) => said.filter((text) => text.includes(plain(payload))).length);
  };

  // What was found on the way; `learning` looks with plain words at what screens are made of.
  const tour = (learning) => {
    const found = { wrong: [], looks: 0, fewest: null };
    const stop = (where, payloads = []) => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      found.looks += 1;
      if (learning) learn();
      else found.wrong.push(...look().map((what) => `${where}: ${what}`));
      const fewest = Math.min(...places(payloads));
      if (payloads.length > 0 && (found.fewest === null || fewest < found.fewest)) found.fewest = fewest;
    };
    return { found, stop };
  };

  const organisation = (payload) => ({
    id: null,
    name: payload,
    aliases: [payload],
    places: [payload],
    departments: [payload],
    sector: 'health_care',
    headcount: null,
    adviser_role: 'both',
    accused_policy: 'second_vpo',
    second_adviser: payload,
    year_start_month: 1,
    threshold: 5,
    hidden_tables: ['K8'],
    retention_months: 24,
    active: true,
  });

  // One organisation for each, with the payload in every text it has.
  const organisations = async (payloads) => {
    const known = new Set((await call('practice', {})).organisations.map((one) => one.id));
    let practice;
    for (const payload of payloads) practice = await call('save_organisation', organisation(payload));
    const made = practice.organisations.filter((one) => !known.has(one.id)).map((one) => one.id);
    return { made };
  };

  // One case for some payloads at a time: each in a note, a person, a task and a consent
  // of its own, the first also in the two texts that a case has once.
  const fill = async (payloads, organisation) => {
    const { today } = await call('app_state', {});
    const made = await call('new_case', {});
    const of = { case: made.id };
    const facts = {
      ...made.facts,
      organisation,
      // Of last year, so that there are two years to report on.
      intake: `${Number(today.slice(0, 4)) - 1}-03-02`,
      behaviours: ['bullying'],
      department: '',
      cluster: payloads[0],
      contact_route: payloads[0],
    };
    await call('save_facts', { ...of, facts });
    const filed = await call('file_case', of);
    for (const words of payloads) {
      const body = { date: today, channel: 'phone', minutes: 15, with_whom: words, facts: words, impressions: words };
      await call('save_note', { ...of, entry: null, note: body });
      const person = { entry: null, role: 'reporter', name: words, aliases: words, contact: words, details: words };
      await call('save_person', { ...of, person });
      await call('save_task', { ...of, task: { entry: null, due: today, reason: words, done: null } });
      const consent = { entry: null, kind: 'use_in_intervision', state: 'given', date: today, written: false, scope: words };
      await call('save_consent', { ...of, consent });
    }
    return { id: made.id, number: filed.number, payloads };
  };

  const openCase = async ({ number }) => {
    await go('#menu-cases', '#search');
    await put('#filter-status', 'all');
    await put('#search', number);
    await until(number, () => document.querySelector('#case-row-0')?.textContent.includes(number));
    await go('#case-row-0', '[data-testid=timeline]');
  };

  // The case open, and the case closed.
  const cases = async (all, learning) => {
    const { found, stop } = tour(learning);
    const { today } = await call('app_state', {});
    for (const one of all) {
      await openCase(one);
      await until('its notes', () => document.querySelectorAll('[data-testid=timeline] > li').length >= one.payloads.length);
      stop(one.number, one.payloads);
      const request = { case: one.id, outcome: 'resolved_by_reporter', closing_reason: 'goal_reached', closed: today };
      await call('close_case', { ...request, aftercare_on: null });
      await openCase(one);
      await see('#reopen');
      stop(`${one.number} closed`, one.payloads);
    }
    await go('#menu-cases', '#search');
    await put('#search', '');
    await put('#filter-status', 'open');
    return found;
  };

  // The screens with lists of everything.
  const lists = async (payloads, learning) => {
    const { found, stop } = tour(learning);
    await go('#menu-organisations', '#organisation-name');
    await until('all', () => document.querySelectorAll('[data-testid=organisations] > li').length >= payloads.length);
    stop('organisations', payloads);
    for (const item of document.querySelectorAll('[data-testid=organisations] button')) {
      item.click();
      await settle();
      stop('an organisation');
    }
    await go('#menu-today', '[data-testid=tasks]');
    stop('today');
    await go('#menu-cases', '#search');
    await see('#case-row-0');
    await put('#search', '');
    stop('the list');
    await go('#menu-new-case', '#note');
    stop('a new case');
    return found;
  };

  // Tasks that wait are on the first screen; those of the demo are there too.
  const today = async (payloads, learning) => {
    const { found, stop } = tour(learning);
    await go('#menu-today', '[data-testid=tasks]');
    stop('today', payloads);
    return found;
  };

  const quickNotes = async (payloads, learning) => {
    const { found, stop } = tour(learning);
    for (const text of payloads) await call('quick_note', { text });
    await go('#menu-today', '[data-testid=tasks]');
    await until('quick notes', () => document.querySelectorAll('#quick-notes .note').length >= payloads.length);
    stop('quick notes', payloads);
    for (const { id } of (await call('inbox', {})).notes) await call('discard_quick_note', { id, confirmed: true });
    return found;
  };

  const TEXTS = ['summary', 'activities', 'risk_profile', 'comparison', 'developments', 'evaluation', 'recommendations'];
  const TABS = ['activities', 'figures', 'analysis', 'advice'];

  // Texts of this year's report and of last year's, seen in every part, and rendered.
  const report = async (payloads, organisation, learning) => {
    const { found, stop } = tour(learning);
    const year = Number((await call('app_state', {})).today.slice(0, 4));
    const texts = Object.fromEntries(TEXTS.map((text, at) => [text, payloads[at % payloads.length]]));
    await call('save_report_texts', { organisation, year, texts });
    await call('save_report_texts', { organisation, year: year - 1, texts });
    const pages = await call('preview_report', { organisation, year, language: 'nl' });
    if (!(pages.count > 0)) found.wrong.push('no pages');
    await go('#menu-reports', '#open-annual-report');
    await go('#open-annual-report', '#report-organisation');
    await put('#report-organisation', organisation);
    await until('the year', () => document.querySelector(`#report-year option[value='${year}']`));
    await put('#report-year', String(year));
    await see('[data-testid=pages] img');
    await until('the texts', () => document.querySelector('#report-summary')?.value.includes(payloads[0]));
    for (const tab of TABS) {
      await press(`#report-tab-${tab}`);
      await settle();
      stop(`report ${tab}`);
      if (tab !== 'figures') {
        const here = places(payloads).reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
        if (here === 0) found.wrong.push(`nothing to read in ${tab}`);
      }
    }
    return found;
  };

  // A summary of a case as it was left, four payloads at a time.
  const summary = async (payloads, of, learning) => {
    const { found, stop } = tour(learning);
    const [situation, action = '', dilemma = '', own_role = ''] = payloads;
    const { today } = await call('app_state', {});
    const text = { case: of.id, language: 'nl', month: today.slice(0, 7), traits: [], angle: '', situation, action, dilemma, own_role };
    await call('save_intervision_draft', { text, reason: situation });
    await go('#menu-reports', '#open-annual-report');
    await go('#open-intervision', '#intervision-case');
    await see(`#intervision-case option[value='${of.id}']`);
    await put('#intervision-case', of.id);
    const shown = () => document.querySelector('#intervision-situation')?.value;
    await until('its words', () => plain(shown() ?? '') === plain(situation)).catch((error) => {
      throw new Error(`${error.message}: ${JSON.stringify(shown() ?? null)}, not ${JSON.stringify(situation)}`);
    });
    await until('the check', () => document.querySelector('[data-testid=name-check]:not([data-state=checking])'));
    stop('summary', payloads);
    return found;
  };

  // One look at the screen that is there.
  const stop = (payloads) => {
    const { found, stop } = tour(false);
    stop('here', payloads);
    return found;
  };

  // The pages keep the organisations that they read when the vault was opened; a change on
  // the screen makes them read all of them again.
  const fresh = async () => {
    await go('#menu-organisations', '#organisation-name');
    const field = await see('#organisation-name');
    await put('#organisation-name', `${field.value} `);
    await see('#save-status[data-state=saved]');
  };

  Object.assign(window.watch, { see, press, put, fresh, stop, organisations, fill, cases, lists, today, quickNotes, report, summary });
})();
