import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  // The page is served by the shell from its own folder, never from a server.
  base: './',
  // Lists, messages and fonts are shared with the core and stand one level up.
  server: { fs: { allow: ['..'] }, host: '127.0.0.1', port: 5183, strictPort: true },
  clearScreen: false,
  build: {
    target: 'safari17',
    // The content security policy of the window allows files of its own only, so
    // nothing may be folded into a data: address or a script in the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
