/** A file that a new client sends: `;`, Windows-1252, its day and its time in two columns, broken and repeated rows. */
export const NEWCOMER = { rows: 200, broken: 5, repeated: 5, abandoned: 38 } as const;

const HEADER = [
  ...['Código', 'Data da Chamada', 'Hora Início', 'Telefone do Cliente', 'Nome do Cliente', 'Atendente', 'Setor'],
  ...['Assunto', 'Situação', 'Espera (s)', 'Duração (s)', 'Obrigatória'],
];
const AGENTS = ['Ana Prado', 'Caio Lins', 'Davi Sá'];
const QUEUES = ['Financeiro', 'Suporte técnico', 'Vendas'];
const REASONS = ['Segunda via de boleto', 'Internet lenta', 'Mudança de plano', 'Cancelamento'];
const two = (value: number) => String(value).padStart(2, '0');

function call(index: number): string[] {
  const answered = index % 5 !== 0;
  return [
    `CH-${10_000 + index}`,
    `${two(2 + (index % 20))}/11/2026`,
    `${two(8 + (index % 10))}:${two(index % 60)}:00`,
    `(11) 9${8000 + (index % 90)}-${1000 + index}`,
    ['Rita Alves', 'João Costa', 'Lia Melo'][index % 3]!,
    answered ? AGENTS[index % 3]! : '',
    QUEUES[index % 3]!,
    REASONS[index % 4]!,
    answered ? 'Atendida' : 'Abandonada',
    String(5 + (index % 40)),
    answered ? String(60 + index) : '0',
    'S',
  ];
}

/** 190 calls of 19 days, 5 rows of days and times that do not exist, and 5 rows that are there twice. */
export function newcomerFile(names: Readonly<Record<string, string>> = {}): Buffer {
  const good = Array.from({ length: 190 }, (_, index) => call(index));
  const broken = ['31/02/2026', '32/11/2026', '', '00/00/0000', 'ontem'].map((day, index) =>
    call(190 + index).with(1, day),
  );
  const rows = [...good.slice(0, 100), ...broken, ...good.slice(100), ...good.slice(7, 12)];
  const lines = [HEADER.map((name) => names[name] ?? name), ...rows].map((cells) => cells.join(';'));
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

/** The body of a form with one file. */
export function formOf(name: string, content: Buffer): { headers: Record<string, string>; body: Buffer } {
  const boundary = 'corte';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
