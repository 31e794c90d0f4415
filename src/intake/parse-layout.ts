import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { RamalError } from '../kernel/errors.ts';
import { type Field, type Layout, LayoutSchema, mappedColumns } from './layout.ts';
import { RECORD_LAYOUTS } from './record-layouts/index.ts';
import { ruleProblem } from './rules/index.ts';
import { checkSteps } from './steps/index.ts';
import { targetOf } from './targets/index.ts';
import { TRANSFORMS } from './transforms/index.ts';

/**
 * A layout out of parsed JSON, checked whole.
 * @throws RamalError `layoutInvalid` with the place and what was received.
 */
export function parseLayout(received: unknown, origin: string): Layout {
  for (const error of Value.Errors(LayoutSchema, received)) {
    const where = error.instancePath || '/';
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `${where} ${error.message}`,
      todo: 'Corrija o arquivo',
    });
  }
  const layout = received as Layout;
  const target = targetOf(layout);
  for (const name of Object.keys(layout.columns)) {
    if (target.mappable(name)) continue;
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `coluna canônica desconhecida: ${name}`,
      todo: layout.into === 'list' ? 'Use letras minúsculas, números e _' : 'Use um nome do dicionário',
    });
  }
  for (const [name, { as }] of Object.entries(layout.columns)) {
    if (TRANSFORMS.has(as)) continue;
    const todo = `Use uma de ${[...TRANSFORMS.keys()].join(', ')}`;
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `transformação desconhecida: ${as} em ${name}`,
      todo,
    });
  }
  if ((layout.into === 'event') !== (layout.of !== undefined)) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: layout.of === undefined ? 'eventos de nenhuma fonte' : 'of em um layout que não é de eventos',
      todo: 'Com "into": "event" diga em "of" a fonte dos atendimentos',
    });
  }
  if (layout.agents !== undefined && !['contact', 'agent_time'].includes(layout.into ?? 'contact')) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: 'agents em um layout que não traz agentes',
      todo: 'Tire agents: é de layouts de atendimentos e de tempo de agente',
    });
  }
  const lacking = target.mandatory(layout).find((name) => !(name in layout.columns));
  if (lacking !== undefined) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `falta ${lacking}`,
      todo: 'Diga de que colunas ela vem',
    });
  }
  if (layout.steps) checkSteps(layout.steps, mappedColumns(layout), origin);
  if (layout.format.kind === 'fixed') checkFields(layout.format.fields ?? [], origin);
  if (layout.format.kind === 'records' && !RECORD_LAYOUTS.has(layout.format.recordLayout ?? '')) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `layout de registros desconhecido: ${layout.format.recordLayout ?? 'nenhum'}`,
      todo: `Em format.recordLayout use um de ${[...RECORD_LAYOUTS.keys()].join(', ')}`,
    });
  }
  const problem = ruleProblem(layout.rules ?? [], layout.format.kind);
  if (problem !== null)
    throw new RamalError('layoutInvalid', { layout: origin, what: problem, todo: 'Veja docs/regras.md' });
  if (layout.format.kind !== 'fixed' && layout.format.header === false && !layout.format.columns) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: 'sem cabeçalho e sem nomes de colunas',
      todo: 'Liste format.columns',
    });
  }
  return layout;
}

function checkFields(fields: readonly Field[], origin: string): void {
  const refuse = (what: string, todo: string) => new RamalError('layoutInvalid', { layout: origin, what, todo });
  if (fields.length === 0) throw refuse('largura fixa sem campos', 'Liste format.fields');
  for (const { name, from, to } of fields)
    if (to < from) throw refuse(`o campo ${name} termina em ${to}, antes de começar em ${from}`, 'Troque as posições');
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw refuse(`dois campos de nome ${twice}`, 'Dê um nome a cada um');
}

const SHIPPED = join(import.meta.dirname, 'layouts');

/** The layouts that come with the product, newest version of each source. */
export function shippedLayouts(): Layout[] {
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => parseLayout(JSON.parse(readFileSync(join(SHIPPED, name), 'utf8')), name));
}
