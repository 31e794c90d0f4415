import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultless } from '../src/demo/fake-faults.ts';
import type { WorldCall, WorldTicket } from '../src/demo/fake-world.ts';
import { mix } from '../src/kernel/random.ts';
import { NOON, sourceWorld, useBench } from './connectors.ts';

const bench = useBench();

const nov = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `2026-11-${from + index}`);
const startedOn = (list: readonly WorldTicket[], day: string) =>
  list.filter(({ startedAt }) => startedAt.startsWith(day));
/** A ticket of the day, by its protocol. */
const oneOf = async (day: string) => startedOn((await sourceWorld()).tickets, day)[0]!;

test('days up to yesterday are fetched, oldest first, as many as a run may, and nothing twice', async () => {
  await bench.tickets('2026-11-12', { daysPerRun: 5 });
  const first = await bench.pull('chamados');
  expect([first.error, first.days.map(({ day }) => day)]).toEqual([null, nov(12, 17)]);
  const second = await bench.pull('chamados');
  expect(second.days.map(({ day }) => day)).toEqual(nov(17, 20));
  const asked = bench.servers.tickets.log.length;
  expect((await bench.pull('chamados')).days).toEqual([]);
  // Only what changed is asked for, and nothing did.
  expect(bench.servers.tickets.log.length).toBe(asked + 2);
  const world = (await sourceWorld()).tickets;
  const expected = nov(12, 20).map((day) => ({ day, rows: startedOn(world, day).length }));
  expect(expected.some(({ rows }) => rows === 0)).toBe(true);
  expect(expected.some(({ rows }) => rows > 4)).toBe(true);
  expect(await bench.ledger('chamados')).toEqual(
    expected.map(({ day, rows }) => ({
      ...{ day, rows, state: rows > 0 ? 'extracted' : 'empty', provisional: false, corrected: false },
    })),
  );
  const lake = await bench.lake('chamados');
  const protocols = nov(12, 20).flatMap((day) => startedOn(world, day).map(({ protocol }) => protocol));
  expect(lake.map(({ contact_id }) => contact_id)).toEqual(protocols.sort());
  expect(readdirSync(join(bench.home.folder, 'tmp')).filter((name) => name.startsWith('pull-'))).toEqual([]);
});

test('a ticket is read as the platform nests it', async () => {
  const ticket = (await sourceWorld()).tickets.find(
    ({ startedAt, user, endedAt, customFields, tags }) =>
      startedAt > '2026-11-11' &&
      startedAt < '2026-11-18' &&
      user &&
      endedAt &&
      tags.length > 0 &&
      customFields.length > 1,
  )!;
  const day = ticket.startedAt.slice(0, 10);
  await bench.tickets(day);
  await bench.pull('chamados', { from: day, limit: 1 });
  await bench.home.build();
  const [row] = await bench.home.rows(
    `SELECT protocol, queue, reason, tags, custom_fields, agent_id, agent_name, agent_email, contact_name, account, status,
       CAST(updated_at AS VARCHAR) AS updated_at, CAST(ended_at AS VARCHAR) AS ended_at FROM silver.contact
     WHERE contact_id = $protocol`,
    { protocol: ticket.protocol },
  );
  const wall = (time: string) => time.slice(0, 19).replace('T', ' ');
  expect(row).toEqual({
    protocol: ticket.protocol,
    queue: ticket.department.name,
    reason: ticket.ticketTopic.name,
    tags: ticket.tags[0]!.label,
    custom_fields: JSON.stringify({
      contact_customFieldValues_customField_name: ticket.customFields.map(({ name }) => name).join(', '),
      contact_customFieldValues_value: ticket.customFields.map(({ value }) => value).join(', '),
    }),
    agent_id: ticket.user!.id,
    agent_name: ticket.user!.name,
    agent_email: ticket.user!.email.toLowerCase(),
    contact_name: ticket.contact.name,
    account: ticket.account.name,
    status: 'closed',
    updated_at: wall(ticket.updatedAt),
    ended_at: wall(ticket.endedAt!),
  });
});

test('of calls with one time, protocol and origin the last counts; without a protocol they are quarantined', async () => {
  const style = ({ PROTOCOLO, PERNA }: WorldCall) =>
    mix(Number(PROTOCOLO!.slice(8)) ^ Number(PERNA) ^ 0x72657074) >>> 0;
  const lacks = (leg: WorldCall) => style(leg) % 499 === 0;
  const comesTwice = (leg: WorldCall) => style(leg) % 397 === 1 && !lacks(leg);
  const world = (await sourceWorld()).calls.filter(({ day }) => day! < '2026-11-20');
  const chosen = [world.findLast(lacks)!.day!, world.findLast(comesTwice)!.day!];
  const legs = world.filter(({ day }) => chosen.includes(day!));
  const [lacking, twice] = [legs.filter(lacks).length, legs.filter(comesTwice).length];
  await bench.calls('2026-06-01');
  const days: { state: string; rows: number }[] = [];
  for (const from of new Set(chosen)) days.push(...(await bench.pull('ligacoes', { from, limit: 1 })).days);
  expect(days.every(({ state }) => state === 'extracted')).toBe(true);
  const batches = await bench.home.batches.inState('loaded');
  const sum = (name: 'rows_read' | 'loaded' | 'quarantined' | 'duplicate') =>
    batches.reduce((total, batch) => total + batch[name], 0);
  expect([sum('rows_read'), sum('loaded'), sum('quarantined'), sum('duplicate')]).toEqual([
    legs.length + twice,
    legs.length - lacking,
    lacking,
    twice,
  ]);
  expect(days.reduce((total, { rows }) => total + rows, 0)).toBe(legs.length);
  const lake = await bench.lake('ligacoes');
  expect(lake.filter(({ status }) => status === 'EM ATENDIMENTO')).toEqual([]);
  const leg = legs.find(comesTwice)!;
  const seconds = (text: string) => text.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  expect(lake.find(({ contact_id }) => String(contact_id).includes(leg.PROTOCOLO!))).toMatchObject({
    day: leg.day,
    started_at: `${leg.day} ${leg.HORA}`,
    agent_id: leg.COD_ATENDENTE,
    talk_s: seconds(leg.TEMPO_CONVERSA!),
  });
});

describe('a day that cannot be had', () => {
  test('is empty only when the source says so; a failed page is none', async () => {
    await bench.calls('2026-11-17');
    bench.servers.calls.hide('2026-11-18');
    bench.servers.calls.faults = ({ page }) => (page > 1 ? 'error' : null);
    const { days } = await bench.pull('ligacoes');
    expect(days.map(({ day, state: is, rows }) => [day, is, rows])).toEqual([
      ['2026-11-17', 'partial', 0],
      ['2026-11-18', 'empty', 0],
      ['2026-11-19', 'partial', 0],
    ]);
    expect(days[0]?.message).toBe(
      'A fonte ligacoes falhou: a fonte respondeu com erro na página 2 (tentativas: 6). O dia fica pendente para a próxima extração.',
    );
    expect(await bench.lake('ligacoes')).toEqual([]);
    expect((await bench.pulling.connections.get('ligacoes')).message).toContain('página 2');
    bench.servers.calls.faults = faultless;
    const again = await bench.pull('ligacoes');
    expect(again.days.map(({ day, state: is }) => [day, is])).toEqual([
      ['2026-11-17', 'extracted'],
      ['2026-11-19', 'extracted'],
    ]);
    expect((await bench.pulling.connections.get('ligacoes')).message).toBeNull();
  });

  test('a source that is down is left alone after three days in a row', async () => {
    await bench.calls('2026-11-10');
    bench.servers.calls.faults = () => '500';
    const { days, error } = await bench.pull('ligacoes');
    expect(days.map(({ state: is }) => is)).toEqual(['failed', 'failed', 'failed']);
    expect(error?.code).toBe('sourceFailed');
    // Days that cannot be had do not keep the others waiting.
    bench.servers.calls.faults = faultless;
    const next = await bench.pull('ligacoes', { limit: 2 });
    expect(next.days.map(({ day }) => day)).toEqual(['2026-11-13', '2026-11-14']);
  });

  test('a wrong password is one clear error, and is not tried again', async () => {
    await bench.calls('2026-11-10');
    await bench.pulling.connections.change('ligacoes', {}, { password: 'Senha-Errada-77' });
    const { days, error, changed } = await bench.pull('ligacoes');
    expect(error).toMatchObject({
      code: 'connectionDenied',
      message: 'A fonte ligacoes recusou o acesso (HTTP 401). Confira o usuário, a senha ou o token da conexão.',
    });
    expect([days.length, changed, bench.servers.calls.log.length]).toEqual([1, false, 1]);
  });
});

describe('a day that changes', () => {
  test('at a source that tells: it alone is fetched again, and its batch takes the former’s place', async () => {
    await bench.tickets('2026-11-17');
    await bench.pull('chamados');
    const ticket = await oneOf('2026-11-18');
    bench.clock.at = new Date('2026-11-20T20:00:00Z');
    bench.servers.tickets.correct(ticket.protocol, { ticketTopic: { name: 'Motivo corrigido' } });
    bench.clock.at = new Date('2026-11-21T09:00:00Z');
    const { days } = await bench.pull('chamados');
    // Tickets that were open at noon of the 20th and are not any more changed too.
    const since = NOON.getTime() - 600_000;
    const ended = (await sourceWorld()).tickets.filter(
      ({ startedAt, updatedAt }) =>
        startedAt >= '2026-11-17' &&
        Date.parse(updatedAt) >= since &&
        Date.parse(updatedAt) <= bench.clock.at.getTime(),
    );
    const changed = new Set(['2026-11-18', '2026-11-20', ...ended.map(({ startedAt }) => startedAt.slice(0, 10))]);
    expect(days.map(({ day }) => day)).toEqual([...changed].filter((day) => day < '2026-11-21').sort());
    const lake = await bench.lake('chamados');
    expect(lake.filter(({ reason }) => reason === 'Motivo corrigido').map(({ contact_id }) => contact_id)).toEqual([
      ticket.protocol,
    ]);
    expect((await bench.home.batches.inState('superseded')).length).toBeGreaterThan(0);
    bench.clock.at = new Date('2026-11-21T10:00:00Z');
    expect((await bench.pull('chamados')).days).toEqual([]);
  });

  test('at a source that does not tell: the last days are read again once a day, and what is the same loads nothing', async () => {
    await bench.calls('2026-11-15');
    await bench.pull('ligacoes');
    const batches = (await bench.home.batches.inState('loaded')).length;
    const leg = (await sourceWorld()).calls.findLast(({ day }) => day === '2026-11-19')!;
    bench.servers.calls.correct(leg.PROTOCOLO!, { status: 'CORRIGIDA' });
    expect((await bench.pull('ligacoes')).days).toEqual([]);
    bench.clock.at = new Date('2026-11-21T09:00:00Z');
    const { days } = await bench.pull('ligacoes');
    expect(days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-19']);
    expect((await bench.home.batches.inState('loaded')).length).toBe(batches + 1);
    const corrected = (await bench.lake('ligacoes')).filter(({ status }) => status === 'CORRIGIDA');
    expect(new Set(corrected.map(({ day }) => day))).toEqual(new Set(['2026-11-19']));
    expect((await bench.pull('ligacoes')).days).toEqual([]);
  });

  test('there and back again: the lake follows', async () => {
    await bench.tickets('2026-11-12');
    const ticket = await oneOf('2026-11-12');
    const day = { from: '2026-11-12', to: '2026-11-13' };
    await bench.pull('chamados', day);
    const first = await bench.lake('chamados');
    const { updatedAt } = ticket;
    bench.servers.tickets.correct(ticket.protocol, { department: { name: 'Outra fila' } });
    await bench.pull('chamados', day);
    expect(await bench.lake('chamados')).not.toEqual(first);
    // The fake dates a correction by its clock; this one goes back to the old date too.
    bench.clock.at = new Date(Date.parse(updatedAt));
    bench.servers.tickets.correct(ticket.protocol, { department: ticket.department });
    bench.clock.at = new Date(NOON.getTime() + 3_600_000);
    const { days, changed } = await bench.pull('chamados', day);
    expect([days[0]?.state, changed]).toEqual(['extracted', true]);
    expect(await bench.lake('chamados')).toEqual(first);
    expect((await bench.pull('chamados', day)).changed).toBe(false);
  });

  test('today is provisional: read again and again, and once more when it is over', async () => {
    await bench.calls('2026-11-20');
    const morning = await bench.pull('ligacoes', { today: true });
    expect(await bench.ledger('ligacoes')).toMatchObject([
      { day: '2026-11-20', state: 'extracted', provisional: true },
    ]);
    bench.clock.at = new Date('2026-11-20T20:00:00Z');
    const evening = await bench.pull('ligacoes', { today: true });
    expect(evening.days[0]!.rows).toBeGreaterThan(morning.days[0]!.rows);
    expect((await bench.pull('ligacoes')).days).toEqual([]);
    bench.clock.at = new Date('2026-11-21T09:00:00Z');
    const final = await bench.pull('ligacoes');
    const legs = (await sourceWorld()).calls.filter(({ day }) => day === '2026-11-20').length;
    expect(final.days).toEqual([{ day: '2026-11-20', state: 'extracted', rows: legs, message: null }]);
    expect(await bench.ledger('ligacoes')).toMatchObject([{ rows: legs, provisional: false }]);
    expect((await bench.home.batches.inState('loaded')).length).toBe(1);
  });

  test('that had records and says it is empty keeps them, until a person asks for that day', async () => {
    await bench.calls('2026-11-18');
    await bench.pull('ligacoes');
    const before = await bench.lake('ligacoes');
    bench.servers.calls.hide('2026-11-19');
    bench.clock.at = new Date('2026-11-21T09:00:00Z');
    const { days } = await bench.pull('ligacoes');
    expect(days.find(({ day }) => day === '2026-11-19')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('agora diz que 2026-11-19 não teve registros'),
    });
    const kept = (await bench.lake('ligacoes')).filter(({ day }) => String(day) < '2026-11-20');
    expect(kept).toEqual(before);
    await bench.pull('ligacoes', { from: '2026-11-19', to: '2026-11-20' });
    expect((await bench.lake('ligacoes')).filter(({ day }) => day === '2026-11-19')).toEqual([]);
    expect((await bench.ledger('ligacoes'))[1]).toMatchObject({ day: '2026-11-19', state: 'empty', rows: 0 });
  });
});
