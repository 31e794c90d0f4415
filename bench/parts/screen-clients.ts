import { report } from '../measure.ts';

/** Clients that ask what the screens ask, with periods and filters that vary. */
const [, , address = '', token = '', clients = '8', requests = '2000', mode = 'fresh'] = process.argv;
const entered = await fetch(`${address}/api/session`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ token }),
});
const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
const refresh = mode === 'fresh' ? '&refresh=true' : '';
const { sources } = (await (await fetch(`${address}/api/sources`, { headers: { cookie } })).json()) as {
  sources: { to: string | null }[];
};
const last = sources
  .map(({ to }) => to ?? '')
  .sort()
  .at(-1)!;

const day = (back: number) => new Date(Date.parse(last) - back * 86_400_000).toISOString().slice(0, 10);
const questions = Array.from({ length: 26 }, (_, week) => `from=${day(7 * week + 28)}&to=${day(7 * week)}`).flatMap(
  (period) => [
    `/api/metrics/contacts?${period}&by=day`,
    `/api/metrics/avgHandleTime?${period}&by=agent`,
    `/api/metrics/serviceLevel?${period}&by=queue`,
    `/api/metrics/abandonRate?${period}&by=hour`,
    `/api/metrics/avgSatisfaction?${period}&by=reason`,
    `/api/repeats?${period}&rule=house&by=agent`,
    `/api/repeats?${period}&rule=house&by=week`,
    `/api/repeats?${period}&rule=previous-24h`,
  ],
);

const times: number[] = [];
let next = 0;
await report(async () => {
  const started = performance.now();
  await Promise.all(
    Array.from({ length: Number(clients) }, async () => {
      while (next < Number(requests)) {
        const question = questions[next++ % questions.length]!;
        const asked = performance.now();
        const response = await fetch(`${address}${question}${refresh}`, { headers: { cookie } });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${response.status} ${question}`);
        times.push(performance.now() - asked);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    perSecond: (1000 * times.length) / (performance.now() - started),
  };
});
