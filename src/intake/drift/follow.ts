import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';
import type { ColumnType } from '../recognise/column-type.ts';
import { TRANSFORMS } from '../transforms/index.ts';
import type { Drift, DriftPolicy } from './drift.ts';

/**
 * Whether a policy can be followed of a difference without a row being read wrong in silence: taken only where it is
 * plain how, put into quarantine only where it is plain which rows. Where it cannot, a person is asked.
 */
export function canFollow(layout: Layout, drift: Omit<Drift, 'policy'>, policy: DriftPolicy): boolean {
  const { kind, suggestion } = drift;
  // A rename is never applied by itself; a column without a name in the file that moved is another.
  if (policy === 'accept')
    return kind !== 'renamed' && !(kind === 'moved' && suggestion) && !(kind === 'format' && !suggestion);
  if (policy !== 'quarantine') return true;
  if (kind === 'values' || kind === 'empties') return true;
  return (kind === 'type' || kind === 'format') && isRefused(layout, drift);
}

/** Whether the layout quarantines by itself every value that is as the column's are now. */
function isRefused({ columns, steps }: Layout, { kind, column, was, now }: Omit<Drift, 'policy'>): boolean {
  if (column === null || was === null || now === null || steps?.length) return false;
  return Object.values(columns).some((mapping) => {
    if (!mapping.from?.includes(column) || leavesEmpty(mapping)) return false;
    if (kind === 'type') return READS[mapping.as]?.includes(now as ColumnType) === false;
    return mapping.as.startsWith('date') && shapeOf(was) !== shapeOf(now);
  });
}

const leavesEmpty = ({ as, invalid }: Mapping) => (invalid ?? TRANSFORMS.get(as)?.invalid) === 'empty';

const DATES: readonly ColumnType[] = ['date', 'moment', 'time', 'integer'];
const NUMBERS: readonly ColumnType[] = [...DATES, 'decimal', 'phone', 'cpf', 'cnpj'];
/** Of transforms that do not read every text: what they may take for theirs. */
const READS: Readonly<Record<string, readonly ColumnType[]>> = {
  cpf: ['cpf'],
  taxpayer: ['cpf', 'cnpj'],
  email: ['email'],
  phone: ['phone', 'cpf', 'cnpj', 'integer'],
  date: DATES,
  'date-time': DATES,
  'date-time-plus': DATES,
  integer: NUMBERS,
  decimal: NUMBERS,
  duration: NUMBERS,
};

/** Day and month may change places, and a year of four digits reads one of two: such forms cannot be told apart. */
const shapeOf = (form: string): string => form.replace('yyyy', 'yy').replaceAll(/[a-z]/g, '9');
