import { quoted } from '../format/index.ts';
import { dimensionInText } from './dimensions.ts';
import type { Pareto } from './shapes.ts';
import { ui } from './ui.svelte.ts';

interface Slices {
  by: string;
  /** What they add up to, as the sentence ends. */
  what: string;
  /** Slices that the source does not name. */
  unnamed: { name: string; running?: number | null | undefined }[];
}

/** `7 de 42 motivos fazem 81,3% dos atendimentos.`: how few slices make most, where few do, and whether one has no name. */
export function paretoText(pareto: Pareto | undefined, { by, what, unnamed }: Slices): string | undefined {
  if (!pareto || pareto.of < 2 || 2 * pareto.slices > pareto.of) return undefined;
  const words = ui.t.measures;
  const { slices, of, share } = pareto;
  const text = words.pareto(slices, ui.f.count(of), words.many[by] ?? dimensionInText(by), ui.f.percent(share), what);
  const among = unnamed.find(({ running }) => running != null && running <= share);
  return among ? `${text} ${words.paretoUnnamed(quoted(among.name), slices)}` : text;
}
