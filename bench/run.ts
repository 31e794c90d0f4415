import { readdirSync } from 'node:fs';
import { machine } from './measure.ts';

/** Every bench, in order, or the one named. */
export async function runBenches(name?: string): Promise<void> {
  const names = readdirSync(import.meta.dirname)
    .filter(
      (file) => file.endsWith('.ts') && !['run.ts', 'measure.ts', 'world.ts', 'blobs.ts', 'owners.ts'].includes(file),
    )
    .map((file) => file.slice(0, -3));
  const order = [
    'detection',
    'drift',
    'intake',
    'fixed',
    'marks',
    'hundred-million',
    'day',
    'screens',
    'cards',
    'segments',
    'customers',
    'offers',
  ];
  const chosen = name ? names.filter((one) => one === name) : order.filter((one) => names.includes(one));
  if (chosen.length === 0) throw new Error(`Não existe o bench ${name}; existem ${names.join(', ')}`);
  process.stdout.write(`${machine()}\n`);
  for (const one of chosen) {
    process.stdout.write(`\n${one}\n`);
    await import(`./${one}.ts`);
  }
}
