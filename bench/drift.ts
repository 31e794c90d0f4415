import { CHANGE_KINDS, clientOf, plant } from '../src/intake/drift/clients.fixture.ts';
import { judgeDrift } from '../src/intake/drift/judged.fixture.ts';
import { printLines } from './measure.ts';

/** Files of invented clients with planted changes: what is suggested, what is silent, and what is asked for nothing. */
const CLIENTS = 400;
const judged = Array.from({ length: CLIENTS }, (_, seed) => {
  const client = clientOf(10_000 + seed);
  return CHANGE_KINDS.map((kind) => judgeDrift(client, plant(client, 3, kind)));
}).flat();
const sum = (pick: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + pick(one), 0);
const [suggested, right, planted] = [sum((one) => one.suggested), sum((one) => one.right), sum((one) => one.planted)];
const unseen = (index: 0 | 1 | 2) => sum((one) => one.unseen[index]);
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
  {
    what: 'rows with values never seen that quarantine takes',
    got: (100 * (unseen(1) - unseen(2))) / unseen(0),
    unit: '%',
    target: 100,
    atMost: false,
  },
  { what: 'mandatory columns broken in silence', got: sum(({ silent }) => silent), unit: '', target: 0, atMost: true },
]);
