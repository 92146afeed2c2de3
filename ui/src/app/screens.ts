/** Every screen there is, with what it needs to know: ids only, never words of a case. */
export type Screen =
  | { name: 'today' }
  | { name: 'cases'; search?: boolean }
  | { name: 'new-case'; case?: string; note?: string; person?: string; task?: string }
  | { name: 'case'; case: string; note?: string; editing?: string; write?: boolean }
  | { name: 'organisations'; organisation?: string }
  | { name: 'reports' }
  | { name: 'annual-report'; organisation?: string; year?: number; tab?: string }
  | { name: 'intervision'; case?: string }
  | { name: 'backup' }
  | { name: 'settings'; part?: 'recovery' }
  | { name: 'help' };

export type ScreenName = Screen['name'];

/** The entry of the menu under which a screen lives. */
export function menuOf(
  screen: Screen,
): 'new-case' | 'today' | 'cases' | 'organisations' | 'reports' | 'backup' | 'settings' | 'help' {
  switch (screen.name) {
    case 'case':
      return 'cases';
    case 'annual-report':
    case 'intervision':
      return 'reports';
    default:
      return screen.name;
  }
}
