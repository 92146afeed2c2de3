/** An organisation as it begins, and how one gets its id. */
import type { OrganisationView } from '../api/bindings.gen';
import { call } from '../api/call';
import { session } from './session.svelte';

export const emptyOrganisation = (): OrganisationView => ({
  id: null,
  name: '',
  aliases: [],
  places: [],
  departments: [],
  sector: null,
  headcount: null,
  adviser_role: 'both',
  accused_policy: 'second_vpo',
  second_adviser: '',
  year_start_month: 1,
  threshold: 5,
  hidden_tables: ['K8'],
  retention_months: 24,
  active: true,
});

/** Saves an organisation and answers its id, which a new one gets only then. */
export async function saveOrganisation(organisation: OrganisationView): Promise<string | null> {
  const before = new Set(session.practice?.organisations.map((one) => one.id));
  session.practice = await call('save_organisation', organisation);
  if (organisation.id !== null) return organisation.id;
  // Another computer's may have come along; no two have one name.
  const fresh = session.practice.organisations.filter((one) => !before.has(one.id));
  return (fresh.find((one) => one.name === organisation.name.trim()) ?? fresh[0])?.id ?? null;
}
