import type { Indicator } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Whether an indicator is of the time of agents: no contacts stand behind it, and it is formed by seconds. */
export const isAgentTime = ({ kind }: Pick<Indicator, 'kind'>): boolean => kind === 'agentTime';

/** Whether customers are told and ranked by an indicator: a mean time of contacts. */
export const isCallerTime = ({ kind, group }: Pick<Indicator, 'kind' | 'group'>): boolean =>
  kind === 'quotient' && group === 'time';

/** What the observations of a figure are called. */
export const casesLabel = (indicator: Pick<Indicator, 'kind'>): string =>
  isAgentTime(indicator) ? ui.t.indicators.time : ui.t.indicators.contacts;

/** How many they are. */
export const casesText = (indicator: Pick<Indicator, 'kind'> | undefined, n: number): string =>
  indicator && isAgentTime(indicator) ? ui.f.duration(n) : ui.f.count(n);

/** Less of it says little: `30 casos`, `5 h de agentes`. */
export const fewText = (indicator: Pick<Indicator, 'kind' | 'few'>): string =>
  isAgentTime(indicator)
    ? ui.t.indicators.leastTime(ui.f.hours(indicator.few / 3600))
    : ui.t.indicators.leastCases(ui.f.count(indicator.few));
