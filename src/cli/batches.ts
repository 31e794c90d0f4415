import { resolve } from 'node:path';
import type { BatchView } from '../api/batch-view.ts';
import type { BatchDetail } from '../api/schema.ts';
import type { RuleView } from '../api/schema-quarantine.ts';
import { type Decisions, suggestedDecisions } from '../intake/drift/propose.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import type { Client } from './client.ts';
import { askedText, type Counts, date, state, sumText, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import type { Context } from './work.ts';

type Job = <T>(client: Client, url: string, body: unknown) => Promise<T>;

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

/** `ramal intake …`. */
export async function intakeCommand({ client, rest, options }: Context, job: Job): Promise<string> {
  if (rest.length === 0)
    throw new RamalError('usage', { what: 'Nenhum arquivo', todo: 'Use ramal intake CAMINHO… --source NOME' });
  if (!options.source) throw new RamalError('usage', { what: 'Falta --source', todo: 'Veja ramal layout list' });
  const version = layoutVersion(options);
  const body = {
    paths: rest.map((path) => resolve(path)),
    source: options.source,
    ...(version === undefined ? {} : { layout: version }),
    ...(options.yes ? { yes: true } : {}),
  };
  const result = await job<{
    batches: (BatchView & { already: boolean })[];
    read: number;
    loaded: number;
    quarantined: number;
    duplicate: number;
  }>(client, '/api/intake', body);
  if (options.json) return asJson(result);
  const rows = result.batches.map(({ batch, file, already, ...own }) => ({
    ...{ lote: batch, arquivo: file },
    situação: already ? 'já recebido: nada mudou' : state(own.state, own.quarantined),
    ...countCells(own),
  }));
  const early = result.batches.filter(({ eventsWithoutContact }) => eventsWithoutContact !== undefined).map(earlyText);
  const held = result.batches.filter((one) => one.state === 'waiting' || one.state === 'refused');
  const sum = sumText(result, held);
  const todo = result.quarantined > 0 ? 'As linhas em quarentena e o motivo: ramal quarantine list LOTE' : '';
  return [textTable(rows), sum, todo, ...early, ...held.map(askedText)].filter(Boolean).join('\n');
}

/** `ramal batch …`. */
export async function batchCommand({ client, rest, options }: Context, job: Job): Promise<string> {
  const [action = 'list', number] = rest;
  if (action === 'list') {
    const source = options.source ? `&source=${encodeURIComponent(options.source)}` : '';
    const { batches } = await client.json<{ batches: BatchView[] }>('GET', `/api/batches?size=500${source}`);
    return options.json ? asJson(batches) : textTable(batches.map(listedRow));
  }
  if (!number) throw new RamalError('usage', { what: 'Falta o número do lote', todo: 'Veja ramal batch list' });
  const url = `/api/batches/${encodeURIComponent(number)}`;
  if (action === 'show') {
    const found = await client.json<BatchDetail>('GET', url);
    return options.json ? asJson(found) : batchText(found);
  }
  if (action === 'rollback') {
    if (!options.yes)
      throw new RamalError('usage', { what: 'Falta --yes', todo: `Repita com --yes para desfazer o lote ${number}` });
    const { file, loaded } = await client.json<BatchView>('GET', url);
    const result = await job(client, `${url}/rollback`, undefined);
    if (options.json) return asJson(result);
    const { source, layout, retirable } = await client.json<BatchDetail>('GET', url);
    const unused = `A versão ${layout} do layout ${source}, que só ele usava, continua em uso; para aposentá-la: ramal layout retire ${source}@${layout} --yes`;
    return [
      `Lote ${number} (${file}) desfeito: ${whole(loaded)} linhas dele saíram dos números. O arquivo pode ser carregado de novo.`,
      retirable ? unused : '',
    ]
      .filter(Boolean)
      .join('\n');
  }
  if (action === 'approve') {
    const waiting = await client.json<BatchView>('GET', url);
    if (!options.yes)
      throw new RamalError('usage', {
        what: `${askedText(waiting)}\nFalta --yes`,
        todo: `Repita com --yes para aprovar o lote ${number} como se sugere`,
      });
    const decisions = { ...suggestedDecisions(waiting.drift), ...saidOf(options) };
    const loaded = await job<BatchView>(client, `${url}/approve`, { decisions, once: options.once === true });
    return options.json ? asJson(loaded) : `Lote ${number} carregado: ${sumText(loaded)}`;
  }
  if (action === 'send-back') {
    if (!options.message)
      throw new RamalError('usage', { what: 'Falta --message', todo: 'Diga ao cliente o que mudou' });
    const held = await client.json<BatchView>('POST', `${url}/send-back`, { message: options.message });
    return options.json ? asJson(held) : `Lote ${number} devolvido: aguardando o cliente.`;
  }
  throw new RamalError('usage', {
    what: `Ação desconhecida: ${action}`,
    todo: 'Use list, show, approve, send-back ou rollback',
  });
}

/** A batch of a list. */
function listedRow({ batch, source, file, eventsWithoutContact: early = 0, ...own }: BatchView) {
  const events = `${whole(early)} ${early === 1 ? 'evento' : 'eventos'} sem atendimento`;
  return {
    ...{ lote: batch, fonte: source, arquivo: file },
    situação: [state(own.state, own.quarantined), ...(early > 0 ? [events] : [])].join(', '),
    ...countCells(own),
  };
}

const countCells = ({ read, loaded, quarantined, duplicate }: Counts) => ({
  lidas: read,
  carregadas: loaded,
  quarentena: quarantined,
  repetidas: duplicate,
});

/** How many events of a batch count in no figure yet. */
function earlyText({ batch, file, loaded, eventsWithoutContact }: BatchView): string {
  const some = `${whole(eventsWithoutContact ?? 0)} de ${whole(loaded)} eventos`;
  return `${file} (lote ${batch}): ${some} são de atendimentos que ainda não estão aqui, e até lá não contam.`;
}

/** What `--now` and `--gone` say of columns. @throws RamalError `usage` when one names no new column. */
function saidOf({ now = [], gone = [] }: Options): Decisions {
  const same = now.map((text) => {
    const [, column, name] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (column && name) return [column, { now: name }] as const;
    throw new RamalError('usage', { what: `Não é COLUNA=NOVA: ${text}`, todo: 'Use --now COD_AGENTE=ID_OPERADOR' });
  });
  return { ...Object.fromEntries(gone.map((column) => [column, 'gone'] as const)), ...Object.fromEntries(same) };
}

/** The version of `--layout NAME@VERSION`. @throws RamalError `usage` when the name is not the source's. */
function layoutVersion({ layout: text, source }: Options): number | undefined {
  if (text === undefined) return undefined;
  const [, name, version] = /^([a-z0-9-]+)(?:@(\d+))?$/.exec(text) ?? [];
  if (name === source) return version === undefined ? undefined : Number(version);
  throw new RamalError('usage', { what: `Layout ${text} não é da fonte ${source}`, todo: 'Use --layout NOME@VERSÃO' });
}

function batchText(batch: BatchDetail): string {
  return [
    `Lote ${batch.batch}: ${batch.file}, ${state(batch.state, batch.quarantined)}`,
    `fonte ${batch.source}, layout v${batch.layout}; ${batch.from ? `dados de ${date(batch.from)} a ${date(batch.to)}` : 'sem dias'}`,
    sumText(batch, batch.state === 'waiting' || batch.state === 'refused' ? [batch] : []),
    ...batch.reasons.map(({ label, rows }) => `quarentena: ${label}, ${whole(rows)}`),
    ...batch.rules.map(ruleText),
    ...batch.warnings.map(({ message }) => `aviso: ${message}`),
    batch.message ?? '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** A rule, how many rows it is about and failed, and some of the lines. */
function ruleText({ label, severity, rows, failed, samples, told, found }: RuleView): string {
  const effect = { stop: 'recusa o arquivo', quarantine: 'quarentena', warn: 'só avisa' }[severity];
  const disagrees = `o arquivo diz ${told ?? 'nada'}, as linhas dão ${found}`;
  const compared = failed === 0 ? 'confere' : disagrees;
  const result = found === null ? `${whole(failed)} de ${whole(rows)} não passam` : compared;
  const lines = samples.map(({ line, value }) => `${line}${value === null ? '' : ` (${value})`}`).join(', ');
  return `regra: ${label}, ${effect}: ${result}${lines === '' ? '' : `; linhas ${lines}`}`;
}
