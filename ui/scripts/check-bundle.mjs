// The page that is shipped keeps to its content security policy and to its promises:
// no address on the network, no storage, no writing of markup, no style in the page,
// nothing of the fake core.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const dist = new URL('../dist', import.meta.url).pathname;

const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const forbidden = [
  [/\blocalStorage\b|\bsessionStorage\b|\bindexedDB\b/, 'web storage'],
  [/\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b/, 'a network connection'],
  [/\bfetch\(/, 'a network connection'],
  [/\beval\(|new Function\(/, 'made-up code'],
  [/Gemeente Voorbeeldstad|fakeFromAddress/, 'the fake core'],
];
const inPage = [
  [/<script(?![^>]*\bsrc=)/, 'a script in the page'],
  [/<style|\sstyle=/, 'a style in the page'],
  [/(?:src|href)="(?!\.\/)/, 'an address outside the page'],
];

let wrong = 0;
for (const path of files(dist)) {
  const name = path.slice(dist.length + 1);
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const text = readFileSync(path, 'utf8');
  const rules = name.endsWith('.html') ? [...forbidden, ...inPage] : forbidden;
  for (const [pattern, what] of rules) {
    if (pattern.test(text)) {
      wrong += 1;
      process.stderr.write(`${name} holds ${what}: ${pattern}\n`);
    }
  }
  if (name.endsWith('.css') && /url\(["']?(?:data:|https?:)/.test(text)) {
    wrong += 1;
    process.stderr.write(`${name} loads something from outside\n`);
  }
  if (name.endsWith('.js') && /\sstyle="/.test(text)) {
    wrong += 1;
    process.stderr.write(`${name} writes a style attribute in markup\n`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
