import { mount } from 'svelte';
import App from './app/App.svelte';
import { connect } from './api/call';
import { tauri } from './api/tauri';
import './styles/base.css';

async function start(): Promise<void> {
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { fakeFromAddress } = await import('./api/fake');
    connect(fakeFromAddress(window.location.search));
  } else {
    connect(tauri);
  }
  const target = document.getElementById('app');
  if (target) mount(App, { target });
}

void start();
