import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';

test('without anything set, everything has a value', () => {
  expect(readConfig({}, '/srv')).toEqual({
    home: '/srv/ramal-data',
    port: 8390,
    host: '127.0.0.1',
    databaseUrl: '',
    timeZone: 'America/Sao_Paulo',
    week: { first: '2024-01-01', number: null },
    place: '',
    missingLabel: 'desconhecido',
    memoryMb: 2600,
    threads: availableParallelism(),
    smtpUrl: '',
    mailFrom: '',
    url: '',
    chromium: '',
    demoContacts: 120_000,
  });
});

test('each setting is read, blanks around a text removed; an empty one is not set', () => {
  const environment = {
    RAMAL_HOME: '/dados/ramal',
    PORT: '0',
    HOST: ' 0.0.0.0 ',
    DATABASE_URL: 'postgres://localhost/ramal',
    RAMAL_TIME_ZONE: 'America/Manaus',
    RAMAL_WEEK: '2025-06-13=25',
    RAMAL_PLACE: 'am / Manaus',
    RAMAL_MISSING_LABEL: 'Não informado',
    RAMAL_MEMORY: '256',
    RAMAL_THREADS: '1',
    RAMAL_SMTP_URL: 'smtps://r%40a:s@correio:465',
    RAMAL_MAIL_FROM: ' r@alfa.example ',
    RAMAL_URL: 'https://ramal.alfa.example/',
    RAMAL_CHROMIUM: '/usr/bin/chromium',
    RAMAL_DEMO_CONTACTS: '0',
  };
  expect(Object.keys(environment).sort()).toEqual(Object.keys(SETTINGS).sort());
  expect(readConfig(environment, '/srv')).toEqual({
    home: '/dados/ramal',
    port: 0,
    host: '0.0.0.0',
    databaseUrl: 'postgres://localhost/ramal',
    timeZone: 'America/Manaus',
    week: { first: '2025-06-13', number: 25 },
    place: 'AM/Manaus',
    missingLabel: 'Não informado',
    memoryMb: 256,
    threads: 1,
    smtpUrl: 'smtps://r%40a:s@correio:465',
    mailFrom: 'r@alfa.example',
    url: 'https://ramal.alfa.example',
    chromium: '/usr/bin/chromium',
    demoContacts: 0,
  });
  expect(readConfig({ PORT: '', RAMAL_HOME: '' }, '/srv')).toMatchObject({ port: 8390, home: '/srv/ramal-data' });
});

test('a relative home is under the working folder', () => {
  expect(readConfig({ RAMAL_HOME: '../casa' }, '/srv/ramal/app').home).toBe('/srv/ramal/casa');
});

describe('a wrong value names the setting, what was received and where', () => {
  test.each([
    ['PORT', '65536', 'um número de 0 a 65535 (0 escolhe uma livre)'],
    ['PORT', '80.5', 'um número de 0 a 65535 (0 escolhe uma livre)'],
    ['PORT', '-1', 'um número de 0 a 65535 (0 escolhe uma livre)'],
    ['PORT', '0x50', 'um número de 0 a 65535 (0 escolhe uma livre)'],
    ['RAMAL_MEMORY', '255', 'um número de 256 a 1048576'],
    ['RAMAL_MEMORY', '4 GB', 'um número de 256 a 1048576'],
    ['RAMAL_THREADS', '0', 'um número de 1 a 256'],
    ['RAMAL_TIME_ZONE', 'Brasilia', 'um fuso da IANA'],
    ['RAMAL_PLACE', 'Santos', 'SP, ou SP/Santos'],
    ['RAMAL_WEEK', '2025-02-30=25', 'um dia e um número, como 2025-06-13=25'],
    ['RAMAL_WEEK', '2025-06-13=0', 'um dia e um número, como 2025-06-13=25'],
    ['RAMAL_DEMO_CONTACTS', 'muitos', 'um número de 0 a 100000000'],
    ['RAMAL_URL', 'ramal.alfa.example', 'https://ramal.empresa.com.br'],
    ['RAMAL_HOME', '  ', 'um caminho'],
  ])('%s=%j', (name, value, expects) => {
    expect(() => readConfig({ [name]: value }, '/srv')).toThrow(
      expect.objectContaining({
        code: 'setting',
        exit: 2,
        message: `Ajuste ${name} inválido: recebido ${JSON.stringify(value)} em variável de ambiente ${name}; use ${expects}.`,
      }),
    );
  });
});

test('a wrong address of mail does not show the password that it holds', () => {
  expect(() => readConfig({ RAMAL_SMTP_URL: 'http://u:segredo@correio' }, '/srv')).toThrow(
    /^(?!.*segredo).*RAMAL_SMTP_URL/,
  );
});
