import { FILTERS } from '../contracts/index.ts';
import { REPEAT_RULES } from '../lake/rules/rules.ts';
import type { OptionName } from './arguments.ts';

/** A command: an API call, or the few that start or write what no server does. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** Most words after its name. */
  readonly words: number;
  /** Options it takes besides `--json` and `--help`. */
  readonly options: readonly OptionName[];
  /** What its words and options may be, a line each. */
  readonly details?: readonly string[];
}

/** Options that choose a scope, and what they may be. */
export const SCOPE = ['source', 'from', 'to', 'where', 'refresh'] as const;
export const SCOPE_DETAILS = [
  '--from e --to: dias como 2026-11-09 ou 09/11/2026; o dia de --to não entra',
  `--where: ${FILTERS.map(({ name }) => (name === 'agent' ? 'agent (o código)' : name)).join(', ')}, como queue=Vendas; pode repetir`,
];
export const RULES = `--rule: ${REPEAT_RULES.map(({ name }) => name).join(', ')}; sem ela, house, a da casa`;
