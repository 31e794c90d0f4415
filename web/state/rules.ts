import type { RulesFrame } from './shapes.ts';

/** A rule as the layout keeps it: see docs/regras.md. */
export interface Rule {
  readonly id: string;
  readonly kind: string;
  readonly severity?: Severity;
  readonly label?: string;
  readonly [parameter: string]: unknown;
}
export type Severity = 'stop' | 'quarantine' | 'warn';

export const KINDS = ['required', 'type', 'range', 'pattern', 'check-digit', 'unique', 'reference', 'trailer'] as const;
export type Kind = (typeof KINDS)[number];
export const TYPES = ['integer', 'decimal', 'date', 'date-time', 'duration', 'phone', 'email'] as const;
export const DIGITS = ['cpf', 'cnpj', 'taxpayer', 'mod10', 'mod11'] as const;

/** A rule as a form holds it: what every kind may ask for. */
export interface RuleDraft {
  kind: Kind;
  severity: Severity;
  label: string;
  /** Of kinds that look at several together. */
  columns: string[];
  column: string;
  as: string;
  min: string;
  max: string;
  /** Whether {@link form} is a regular expression and not a mask. */
  regex: boolean;
  form: string;
  of: string;
  within: 'file' | 'source';
  list: string;
  in: string;
  starts: string;
  field: string;
  from: string;
  to: string;
  tells: 'rows' | 'lines' | 'sums';
  decimals: string;
}

export const emptyDraft = (): RuleDraft => ({
  kind: 'required',
  severity: 'quarantine',
  label: '',
  columns: [],
  column: '',
  as: 'date',
  min: '',
  max: '',
  regex: false,
  form: '',
  of: 'cpf',
  within: 'file',
  list: '',
  in: '',
  starts: '',
  field: '2',
  from: '',
  to: '',
  tells: 'rows',
  decimals: '',
});

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));

/** Numbers as people of the language write them. */
const shownBound = (value: unknown, decimal: string) => {
  const bound = text(value);
  return /^-?\d+\.\d+$/.test(bound) ? bound.replace('.', decimal) : bound;
};

/** `1.000,50` as a number, with the language's decimal sign; days and words as they are. */
export function boundOf(written: string, decimal: string): string | number | undefined {
  const bound = written.trim();
  if (bound === '') return undefined;
  const group = decimal === ',' ? '.' : ',';
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`).test(bound);
  const plain = (grouped ? bound.replaceAll(group, '') : bound).replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : bound;
}

/** The form of a rule that is to be changed. */
export function draftOf(rule: Rule, decimal: string): RuleDraft {
  const field = rule.field as number | { from: number; to: number } | undefined;
  const positions = typeof field === 'object' ? field : undefined;
  const tells = rule.sums === undefined ? ((rule.counts as 'rows' | 'lines') ?? 'rows') : 'sums';
  return {
    ...emptyDraft(),
    kind: rule.kind as Kind,
    severity: rule.severity ?? (rule.kind === 'trailer' ? 'stop' : 'quarantine'),
    label: rule.label ?? '',
    columns: [...((rule.columns as string[] | undefined) ?? [])],
    column: text(rule.column ?? rule.sums),
    as: text(rule.as) || 'date',
    min: shownBound(rule.min, decimal),
    max: shownBound(rule.max, decimal),
    regex: rule.regex !== undefined,
    form: text(rule.regex ?? rule.mask),
    of: text(rule.of) || 'cpf',
    within: (rule.within as 'file' | 'source') ?? 'file',
    list: text(rule.list),
    in: text(rule.in),
    starts: text(rule.starts),
    field: typeof field === 'number' ? String(field) : '2',
    from: text(positions?.from),
    to: text(positions?.to),
    tells,
    decimals: text(rule.decimals),
  };
}

/** Where a rule is made: the names that others have, whether files are of fixed width, and the language's decimal sign. */
export interface Within {
  readonly taken: readonly string[];
  readonly fixed: boolean;
  readonly decimal: string;
}

/** The rule that a form says, or what it still lacks; `before` keeps its name and what the form does not ask. */
export function ruleOf(draft: RuleDraft, { taken, fixed, decimal }: Within, before?: Rule): Rule {
  const { kind, label } = draft;
  const parameters = parametersOf(draft, fixed, decimal);
  const severity = kind === 'trailer' && draft.severity === 'quarantine' ? 'stop' : draft.severity;
  const usual = kind !== 'trailer' && severity === 'quarantine' && before?.severity === undefined;
  const same = before?.kind === kind && before.column === parameters.column;
  const kept = same ? { ...(before.format === undefined ? {} : { format: before.format }) } : {};
  const read = same && kind === 'range' && before.as !== undefined ? { as: before.as } : {};
  return {
    id: before?.id ?? nameOf(kind, draft.columns[0] ?? draft.column, taken),
    kind,
    ...parameters,
    ...read,
    ...kept,
    ...(usual ? {} : { severity }),
    ...(label.trim() === '' ? {} : { label: label.trim() }),
  };
}

function parametersOf(draft: RuleDraft, fixed: boolean, decimal: string): Record<string, unknown> {
  const { column, columns } = draft;
  const [min, max] = [boundOf(draft.min, decimal), boundOf(draft.max, decimal)];
  switch (draft.kind) {
    case 'required':
      return { columns };
    case 'unique':
      return { columns, ...(draft.within === 'source' ? { within: 'source' } : {}) };
    case 'type':
      return { column, as: draft.as };
    case 'range':
      return { column, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    case 'pattern':
      return { column, ...(draft.regex ? { regex: draft.form } : { mask: draft.form }) };
    case 'check-digit':
      return { column, of: draft.of };
    case 'reference':
      return { column, list: draft.list, in: draft.in };
    case 'trailer':
      return {
        starts: draft.starts,
        field: fixed ? { from: Number(draft.from), to: Number(draft.to) } : Number(draft.field),
        ...(draft.tells === 'sums' ? { sums: column } : { counts: draft.tells }),
        ...(draft.tells === 'sums' && draft.decimals !== '' ? { decimals: Number(draft.decimals) } : {}),
      };
  }
}

/** Whether a form has all that its kind needs. */
export function isWhole(draft: RuleDraft, fixed: boolean): boolean {
  switch (draft.kind) {
    case 'required':
    case 'unique':
      return draft.columns.length > 0;
    case 'range':
      return draft.column !== '' && draft.min.trim() + draft.max.trim() !== '';
    case 'pattern':
      return draft.column !== '' && draft.form !== '';
    case 'reference':
      return draft.column !== '' && draft.list !== '' && draft.in !== '';
    case 'trailer': {
      const place = fixed ? Number(draft.from) > 0 && Number(draft.to) >= Number(draft.from) : Number(draft.field) > 0;
      return draft.starts !== '' && place && (draft.tells !== 'sums' || draft.column !== '');
    }
    default:
      return draft.column !== '';
  }
}

function nameOf(kind: string, column: string, taken: readonly string[]): string {
  const plain = column
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const name = [kind, plain].filter(Boolean).join('-');
  for (let number = 1; ; number++) {
    const one = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(one)) return one;
  }
}

export type Policy = RulesFrame['usual'][keyof RulesFrame['usual']];
export interface Policies {
  kinds: Record<string, Policy>;
  columns: Record<string, Policy>;
}
export const POLICIES: readonly Policy[] = ['accept', 'ask', 'quarantine', 'stop'];

/** A layout's policies as a form holds them: every kind has one. */
export function policiesOf({ layout, usual }: RulesFrame): Policies {
  return { kinds: { ...usual, ...layout.policies?.kinds }, columns: { ...layout.policies?.columns } };
}

/** What the layout keeps of policies: only what is not as usual. */
export function saidPolicies({ kinds, columns }: Policies, usual: RulesFrame['usual']): object | undefined {
  const said = Object.entries(kinds).filter(([kind, policy]) => usual[kind as keyof typeof usual] !== policy);
  const policies = {
    ...(said.length > 0 ? { kinds: Object.fromEntries(said) } : {}),
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
  };
  return Object.keys(policies).length > 0 ? policies : undefined;
}
