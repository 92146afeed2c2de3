// Watches the page for anything that typed words could do to it. It is put in the page
// by tests/payloads.rs, and again after every lock, because each process has a page of
// its own.
(() => {
  // What a payload calls when it runs.
  const runs = [];
  const refused = [];
  window.geraakt = (number) => runs.push(number);
  for (const ask of ['alert', 'confirm', 'prompt', 'open', 'print']) {
    window[ask] = () => runs.push(ask);
  }
  document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));

  // Attributes that say words and do nothing with them.
  const SAYING = ['alt', 'aria-label', 'title', 'value', 'placeholder', 'label'];
  // Elements of which the inside is more than words.
  const INSIDE = 'script, style, template, iframe, noscript, svg, math, title';
  const known = new Set();

  // The kinds of element that the screens have of themselves, seen with plain words.
  const learn = () => {
    for (const element of document.querySelectorAll('*')) known.add(element.localName);
    return known.size;
  };

  // Whatever should not be there.
  const look = () => {
    const wrong = [...runs.map((number) => `ran: ${number}`), ...refused.map((what) => `refused: ${what}`)];
    for (const element of document.querySelectorAll('*')) {
      const name = element.localName;
      if (!known.has(name)) wrong.push(`element: ${name}`);
      for (const { name: attribute, value } of element.attributes) {
        if (attribute.startsWith('on')) wrong.push(`attribute: ${name} ${attribute}`);
        else if (value.includes('geraakt(') && !SAYING.includes(attribute)) {
          wrong.push(`words in: ${name} ${attribute}`);
        }
      }
    }
    for (const element of document.querySelectorAll(INSIDE)) {
      if (element.textContent.includes('geraakt(')) wrong.push(`inside: ${element.localName}`);
    }
    if (location.hash !== '' && location.hash.includes('geraakt')) wrong.push('address');
    return [...new Set(wrong)];
  };

  const forget = () => {
    runs.length = 0;
    refused.length = 0;
  };

  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const FIELDS = 'input:not([type]), input[type=text], input[type=search], input[type=password], textarea';

  // Puts every payload in every field that can be seen, as typing does, and looks after
  // each. What stood there comes back at the end.
  const type = async (payloads, learning) => {
    const wrong = [];
    const typed = [];
    const ids = [...document.querySelectorAll(FIELDS)]
      .filter((field) => field.id !== '' && !field.disabled && !field.readOnly && field.checkVisibility())
      .map((field) => field.id);
    for (const id of ids) {
      const put = (text) => {
        const field = document.getElementById(id);
        if (!field) return false;
        const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
        Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        return true;
      };
      const before = document.getElementById(id)?.value ?? '';
      let done = 0;
      for (const payload of payloads) {
        if (!put(payload)) break;
        done += 1;
        await settle();
        if (learning) {
          // What the core answers to these words belongs to the screen too.
          await new Promise((resolve) => setTimeout(resolve, 400));
          learn();
        } else wrong.push(...look().map((what) => `#${id} with ${payload}: ${what}`));
        if (wrong.length > 20) return { typed, wrong };
      }
      put(before);
      await settle();
      typed.push([id, done]);
    }
    return { typed, wrong };
  };

  // The door, as the pages use it.
  const call = (name, request) => window.__TAURI_INTERNALS__.invoke('call', { name, request, last: false });

  window.watch = { learn, look, forget, type, call, settle };
})();
