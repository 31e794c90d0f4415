import { maskCell } from '../access/masking.ts';
import { type Column, contact } from '../contracts/index.ts';
import { ANCHOR_COLUMNS, areAnchors } from '../metrics/came-back.ts';
import { areCharged, contactExport, type RowQuestion, SHOWN } from '../metrics/contact-rows.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { chosenSources, spanOf } from '../metrics/scope.ts';
import type { Lake, Parameters } from '../storage/lake.ts';
import { aboutScope, ruleLines, sourceNames } from './about.ts';
import type { Reporting } from './reporting.ts';
import type { ReportTable } from './table-file.ts';
import { contractColumn, namedCell, orderText } from './table-rows.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** The columns of contacts that are shown, in the contract's order. */
const CONTACT_COLUMNS = SHOWN.map((name) => ({ name, ...contact.columns[name] }));
const RETURNS = Object.entries(ANCHOR_COLUMNS).map(([name, column]) => ({ name, ...column }));

/** Those of a question: of anchors, also whether they came back and, where some windows may be open, whether theirs is. */
export function shownColumns({ repeat }: Pick<RowQuestion, 'repeat'>): readonly (Column & { readonly name: string })[] {
  if (!areAnchors(repeat)) return CONTACT_COLUMNS;
  return [...CONTACT_COLUMNS, ...RETURNS.filter(({ name }) => name !== 'matured' || repeat === 'anchor')];
}

const columnOf: Readonly<Record<string, Column>> = { ...contact.columns, ...ANCHOR_COLUMNS };

/** As the screen has them: what a reader looks for first leads, the key stays out. */
const FIRST = ['started_at', 'came_back', 'matured', 'repeats', 'first_repeat_days', 'queue', 'agent_name', 'status'];
const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
const fileColumns = (question: RowQuestion) =>
  shownColumns(question)
    .filter(({ name }) => name !== 'row_id')
    .toSorted((a, b) => rank(a.name) - rank(b.name));

/** The contacts of a scope, masked, as the screen lists them. */
export async function contactTable(to: Reporting, question: RowQuestion): Promise<ReportTable> {
  const { lake, config, lang } = to;
  const words = FILE_WORDS[lang];
  const { sql, parameters } = await contactExport(lake, question);
  const columns = (await filled(lake, fileColumns(question), sql, parameters)).map((column) => {
    const { name } = column;
    const headed = contractColumn(name, column, lang);
    return name in ANCHOR_COLUMNS ? { ...headed, name: words.marked[name] ?? name } : headed;
  });
  const sources = sourceNames(to);
  const chosen = chosenSources((await lakeFacts(lake)).sources, question.scope);
  const cell = (key: string, value: unknown) =>
    namedCell(key, maskCell(value, columnOf[key]), sources, config.missingLabel, lang);
  async function* blocks() {
    for await (const rows of lake.stream(sql, parameters)) {
      yield rows.map((row) => columns.map(({ key }) => cell(key, row[key])));
    }
  }
  const { repeat, bucket, times, rule = 'house', batch, search, sort = '-started_at' } = question;
  const { codes } = words;
  const shown = [
    repeat && codes.repeat![repeat],
    repeat === 'repeat' && bucket && codes.bucket![bucket],
    areCharged(question) && words.charged,
    times && `${words.callers.count}: ${words.callers.counts[times]}`,
  ];
  return {
    name: fileName(words.titles.contacts, spanOf(question.scope, chosen)),
    title: words.titles.contacts,
    columns,
    rows: blocks(),
    about: () =>
      aboutScope(to, {
        title: words.titles.contacts,
        scope: question.scope,
        search,
        by: words.perLeg,
        order: orderText(columns, sort, lang),
        view: question.view === 'gross' ? 'gross' : 'net',
        rule: [
          ...(repeat || times
            ? [[words.about.shown, shown.filter(Boolean).join(', ')] as const, ...ruleLines(rule, lang)]
            : []),
          ...(batch === undefined ? [] : [[words.about.batch, String(batch)] as const]),
        ],
        personal: true,
      }),
  };
}

/** The columns that hold a value in some row. */
async function filled(
  lake: Lake,
  columns: ReturnType<typeof fileColumns>,
  sql: string,
  parameters: Parameters,
): Promise<ReturnType<typeof fileColumns>> {
  const asked = columns.map(({ name }) => `count(${name}) AS ${name}`).join(', ');
  const [counts = {}] = await lake.rows<Record<string, number>>(`SELECT ${asked} FROM (${sql})`, parameters);
  const some = columns.some(({ name }) => counts[name]);
  return columns.filter(({ name }) => !some || counts[name]);
}
