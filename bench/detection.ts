import { dirtyFile, judge } from '../src/intake/recognise/dirty.fixture.ts';
import { printLines } from './measure.ts';

/** Dirty files of known truth, delimited and of fixed width, recognised: what is right, what is asked, and what is wrong without asking. */
const FILES = 2000;
const judged = Array.from({ length: FILES }, (_, seed) => judge(dirtyFile(10_000 + seed)));
const wrong = judged.filter((one) => one.wrong.length > 0);
const asked = judged.filter((one) => one.asked && one.wrong.length === 0);
const share = (some: readonly unknown[]) => (100 * some.length) / FILES;
const kinds = Map.groupBy(
  wrong.flatMap((one) => one.wrong),
  (what) => what,
);
const told = [...kinds].map(([what, times]) => `${what} ${times.length}`).join(', ');
process.stdout.write(
  `      ${FILES} files: right ${100 - share(wrong) - share(asked)} %, asked ${share(asked)} %; wrong: ${told || 'none'}\n`,
);
printLines([{ what: 'wrong without asking', got: share(wrong), unit: '%', target: 1, atMost: true }]);
