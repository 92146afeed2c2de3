/** How an organisation gets its id. */
import type { OrganisationView } from '../api/bindings.gen';
import { call } from '../api/call';
import { session } from './session.svelte';

/** Saves an organisation and answers its id, which a new one gets only then. */
export async function saveOrganisation(organisation: OrganisationView): Promise<string | null> {
  const before = new Set(session.practice?.organisations.map((one) => one.id));
  session.practice = await call('save_organisation', organisation);
  if (organisation.id !== null) return organisation.id;
  // Another computer's may have come along; no two have one name.
  const fresh = session.practice.organisations.filter((one) => !before.has(one.id));
  return (fresh.find((one) => one.name === organisation.name.trim()) ?? fresh[0])?.id ?? null;
}
