import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { checkDigit } from './check-digit.ts';
import { pattern } from './pattern.ts';
import { range } from './range.ts';
import { reference } from './reference.ts';
import { required } from './required.ts';
import { type Phrases, type Rule, type RuleKind, RuleSchema } from './rule.ts';
import { isTrailer, trailer } from './trailer.ts';
import { type as typeRule } from './type.ts';
import { unique } from './unique.ts';

export { type Phrases, type Rule, RuleSchema, type Severity } from './rule.ts';

/** Rules whose bits fit into one number of 64. */
const MOST_RULES = 62;

const KINDS: ReadonlyMap<string, RuleKind> = new Map(
  [required, typeRule, range, pattern, checkDigit, reference, unique, trailer].map((one) => [
    one.kind,
    one as unknown as RuleKind,
  ]),
);

/** The kind of a rule that {@link ruleProblem} found nothing wrong with. */
export function kindOf({ kind }: Rule): RuleKind {
  return KINDS.get(kind)!;
}

/** What is wrong with a layout's rules, in Portuguese, or null. `format` is the kind of file they are of. */
export function ruleProblem(rules: readonly Rule[], format: string): string | null {
  if (rules.length > MOST_RULES) return `regras demais: ${rules.length}; cabem ${MOST_RULES}`;
  for (const [index, rule] of rules.entries()) {
    const kind = KINDS.get(rule.kind);
    const where = `regra ${rule.id}`;
    if (!kind) return `${where}: tipo de regra desconhecido: ${rule.kind}; use ${[...KINDS.keys()].join(', ')}`;
    if (rules.findIndex(({ id }) => id === rule.id) < index) return `${where}: dois nomes iguais`;
    const schema = Type.Object({ ...RuleSchema.properties, ...kind.parameters }, { additionalProperties: false });
    for (const error of Value.Errors(schema, rule))
      return `${where}: ${error.instancePath.slice(1) || '/'} ${error.message}`;
    const problem = kind.problem?.(rule) ?? null;
    if (problem !== null) return `${where}: ${problem}`;
    if (isTrailer(rule) && format !== 'fixed' && format !== 'delimited')
      return `${where}: um arquivo ${format} não tem linha final`;
    if (isTrailer(rule) && (typeof rule.field === 'object') !== (format === 'fixed'))
      return `${where}: o campo é um número em texto delimitado, e posições {"from", "to"} em largura fixa`;
  }
  return null;
}

/** Source columns that the rules read. */
export function ruleColumns(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule) => [...kindOf(rule).columns(rule)]);
}

/** A rule whose source columns are called otherwise. */
export function renameColumns<R extends Rule>(rule: R, called: (name: string) => string): R {
  const { column, columns, sums } = rule as R & { column?: string; columns?: string[]; sums?: string };
  return {
    ...rule,
    ...(column === undefined ? {} : { column: called(column) }),
    ...(columns === undefined ? {} : { columns: columns.map(called) }),
    ...(sums === undefined ? {} : { sums: called(sums) }),
  };
}

/** Whether a file must be checked by itself: it may be refused, or what it brings decides on the next. */
export function standsAlone(rules: readonly Rule[] = []): boolean {
  return rules.some((rule) => rule.severity === 'stop' || rule.kind === 'reference' || isWithinSource(rule));
}

function isWithinSource(rule: Rule): boolean {
  return rule.kind === 'unique' && (rule as Rule & { within?: string }).within === 'source';
}

/** What the screen calls a rule: the layout's own label, else a phrase made of it. */
export function ruleLabel(rule: Rule): Phrases {
  return rule.label === undefined ? kindOf(rule).label(rule) : { pt: rule.label, en: rule.label };
}

const REASON = 'rule:';

/** The quarantine reason of a rule. */
export function ruleReason({ id }: Rule): string {
  return `${REASON}${id}`;
}

/** The rule that a quarantine reason names. */
export function ruleOfReason(rules: readonly Rule[] | undefined, reason: string): Rule | undefined {
  return reason.startsWith(REASON) ? rules?.find(({ id }) => id === reason.slice(REASON.length)) : undefined;
}
