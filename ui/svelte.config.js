/** @type {{ compilerOptions: import('svelte/compiler').CompileOptions }} */
export default {
  compilerOptions: {
    runes: true,
    // Elements are made one by one instead of from strings of markup.
    fragments: 'tree',
  },
};
