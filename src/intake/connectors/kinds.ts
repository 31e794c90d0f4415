import type { Declaration } from './declaration.ts';

/** A kind of source that connections are made to: one asked day by day, or one whose tables are read whole. */
export interface SourceKind {
  readonly name: string;
  readonly label: { readonly pt: string; readonly en: string };
  /** The shipped layout that its sources begin with; of tables each has its own. */
  readonly layout: string | null;
  readonly secrets: readonly string[];
  readonly reads: 'days' | 'tables';
  readonly corrections: 'changed' | 'recheck' | 'none';
}

/** A CRM's database: its tables become lists. */
const CRM: SourceKind = {
  name: 'crm-postgres',
  label: { pt: 'CRM em PostgreSQL', en: 'CRM in PostgreSQL' },
  layout: null,
  secrets: ['username', 'password'],
  reads: 'tables',
  corrections: 'none',
};

/** Every kind by name, those that are declared first. */
export function sourceKinds(declarations: ReadonlyMap<string, Declaration>): Map<string, SourceKind> {
  const declared = [...declarations.values()].map(
    ({ name, label, layout, auth, corrections }): SourceKind => ({
      name,
      label,
      layout,
      secrets: auth.secrets,
      reads: 'days',
      corrections: corrections?.kind ?? 'none',
    }),
  );
  return new Map([...declared, CRM].map((kind) => [kind.name, kind]));
}
