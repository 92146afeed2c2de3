/** The core behind the shell. Nothing else may import from `@tauri-apps`. */
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import type { Transport } from './call';

export const tauri: Transport = {
  quit: (saved) => invoke('quit', { saved }),
  lock: () => invoke('lock'),
  locked: (place) => invoke('locked', { place }),
  place: () => invoke('place'),
  copy: (text) => invoke('copy', { text }),
  present: () => invoke('present'),
  call: (name, request, last) => invoke('call', { name, request, last }),
  // Written per system by the shell: luwtepage://localhost/1 or http://luwtepage.localhost/1.
  pageUrl: (page, version) => `${convertFileSrc(String(page), 'luwtepage')}?v=${version}`,
  pictureUrl: (id) => convertFileSrc(id, 'luwtepage'),
};
