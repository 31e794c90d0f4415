import { holidayName, placeOf } from '../intake/reference/holidays.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import type { StaffingTables } from '../metrics/staffing/staffing-answers.ts';
import type { Reporting } from './reporting.ts';

/** What the reference tables say of days, as staffing takes it. */
export async function staffingTables({
  references,
  config,
}: Pick<Reporting, 'references' | 'config'>): Promise<StaffingTables> {
  const [holidays, deploys] = await Promise.all([
    references.entries(referenceKind('holidays')),
    references.entries(referenceKind('deploys')),
  ]);
  const place = placeOf(config.place);
  return {
    roster: (from, to) => references.entriesOn(referenceKind('rosters'), from, to),
    isHoliday: (day) => holidayName(holidays, day, place) !== null,
    events: new Set(deploys.map(({ key }) => key.day ?? '')),
  };
}
