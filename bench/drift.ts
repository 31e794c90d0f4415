import { CHANGE_KINDS, clientOf, judgeDrift, plant } from '../src/intake/drift/clients.fixture.ts';
import { printLines } from './measure.ts';

/** Files of invented clients with planted changes: what is suggested, what is silent, and what is asked for nothing. */
const CLIENTS = 400;
const judged = Array.from({ length: CLIENTS }, (_, seed) => {
  const client = clientOf(10_000 + seed);
  return CHANGE_KINDS.map((kind) => judgeDrift(client, plant(client, 3, kind)));
}).flat();
const sum = (pick: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + pick(one), 0);
const [suggested, right, planted] = [sum((one) => one.suggested), sum((one) => one.right), sum((one) => one.planted)];
const harmless = judged.filter(({ kind }) =>
  ['nothing', 'moved', 'new column', 'delimiter and encoding'].includes(kind),
);
const needless = harmless.filter(({ needless: asked }) => asked).length;
process.stdout.write(
  `      ${CLIENTS} clients × ${CHANGE_KINDS.length} changes: ${planted} renames planted, ${suggested} suggested, ${right} right; ` +
    `${needless} of ${harmless.length} harmless files asked\n`,
);
printLines([
  { what: 'renames suggested that are right', got: (100 * right) / suggested, unit: '%', target: 98, atMost: false },
  { what: 'mandatory columns broken in silence', got: sum(({ silent }) => silent), unit: '', target: 0, atMost: true },
]);
