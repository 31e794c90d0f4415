import { RamalError } from '../../kernel/errors.ts';
import type { Layout } from '../layout.ts';
import { ruleLabel } from './index.ts';
import type { RuleResult } from './judge.ts';

/** Why a file is refused, when a rule that stops does not hold; nothing of it may be loaded. */
export function refusalOf(file: string, { rules = [] }: Layout, results: readonly RuleResult[]): RamalError | null {
  const failed = results.filter(({ severity, failed: rows }) => severity === 'stop' && rows > 0);
  if (failed.length === 0) return null;
  const what = failed.map((result) => {
    const rule = rules.find(({ id }) => id === result.id);
    return `${rule ? ruleLabel(rule).pt : result.id} (${detail(result)})`;
  });
  return new RamalError('fileRefused', { file, what: what.join('; ') });
}

function detail({ failed, samples, told, found }: RuleResult): string {
  if (found !== undefined) return told ? `o arquivo diz ${told}, as linhas dão ${found}` : 'não há essa linha';
  const lines = samples.map(({ line }) => line).join(', ');
  return `${failed === 1 ? '1 linha não passa' : `${failed} linhas não passam`}: ${lines}${failed > samples.length ? ', …' : ''}`;
}
