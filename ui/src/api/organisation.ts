/** An organisation as it begins. */
import type { OrganisationView } from './bindings.gen';

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
