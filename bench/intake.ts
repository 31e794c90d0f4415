import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { measure, printLines, round } from './measure.ts';
import { benchFolder, benchHome, contactsAsked } from './world.ts';

/** A file of about 1 GB in Windows-1252, through the whole intake, against `read_csv` to Parquet of the same in UTF-8. */
const { files } = await benchHome(contactsAsked());
const big = join(benchFolder(), 'big.csv');
const utf8 = join(benchFolder(), 'big-utf8.csv');
if (!existsSync(big)) {
  const calls = join(files, 'calls');
  let bytes = 0;
  for (const [index, day] of readdirSync(calls).sort().entries()) {
    if (bytes > 1e9) break;
    const path = join(calls, day);
    const header = index === 0 ? 0 : headerBytes();
    await pipeline(createReadStream(path, { start: header }), createWriteStream(big, { flags: 'a' }));
    bytes += statSync(path).size - header;
  }
}
const mb = statSync(big).size / 1e6;
if (!existsSync(utf8)) {
  const decoder = new TextDecoder('windows-1252');
  await pipeline(
    createReadStream(big),
    async function* (source) {
      for await (const chunk of source) yield Buffer.from(decoder.decode(chunk as Buffer, { stream: true }), 'utf8');
    },
    createWriteStream(utf8),
  );
}
const bare = await measure('bare-read-csv', [utf8, join(benchFolder(), 'bare.parquet')]);
const home = join(benchFolder(), 'intake-home');
rmSync(home, { recursive: true, force: true });
const ours = await measure('intake-file', [home, big]);
rmSync(home, { recursive: true, force: true });
process.stdout.write(
  `      ${round(mb)} MB; bare read_csv to Parquet: ${round(bare.wallSeconds)} s, ${round(mb / bare.wallSeconds)} MB/s, ${round(bare.peakGb)} GB\n`,
);
process.stdout.write(
  `      intake: ${round(ours.wallSeconds)} s, ${round(mb / ours.wallSeconds)} MB/s, ${round(ours.peakGb)} GB ${JSON.stringify(ours.result)}\n`,
);
printLines([
  {
    what: 'intake / bare read_csv, MB/s',
    got: bare.wallSeconds / ours.wallSeconds,
    unit: '×',
    target: 0.5,
    atMost: false,
  },
  { what: 'peak memory of intake', got: ours.peakGb, unit: 'GB', target: 3.5, atMost: true },
]);

function headerBytes(): number {
  return 'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA\r\n'
    .length;
}
