const CONTROLS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Marks that turn the direction of a text or are not seen: `relatorio\u202Evsc.exe` reads `relatorioexe.csv`. */
const DISGUISES =
  /[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]|[\uFE00-\uFE0F]/u;
const DEVICES = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
const LONGEST = 200;
const DEEPEST = 10;

/** A file's name, part by part, that could lead elsewhere or show what it is not: why it is refused, or null. */
export function nameTrick(path: string): string | null {
  const parts = path.split('/');
  if (parts.length > DEEPEST) return `está a mais de ${DEEPEST} pastas de fundo`;
  for (const part of parts) {
    const trick = partTrick(part);
    if (trick) return trick;
  }
  return null;
}

function partTrick(part: string): string | null {
  if (part === '') return 'o nome tem uma parte vazia';
  if (part === '.' || part === '..') return `o nome tem ${part}, que leva a outra pasta`;
  if (CONTROLS.test(part)) return 'o nome tem caracteres de controle';
  if (part.includes('\uFFFD')) return 'o nome não está em UTF-8';
  if (part.includes('\\')) return 'o nome tem barra invertida, que separa pastas em outros sistemas';
  if (DISGUISES.test(part)) return 'o nome tem caracteres invisíveis ou que mudam o sentido da leitura';
  if (DEVICES.test(part)) return 'o nome é o nome de um dispositivo em outros sistemas';
  if (/^\s|[\s.]$/u.test(part)) return 'o nome começa com espaço, ou termina com espaço ou ponto';
  return Buffer.byteLength(part) > LONGEST ? `o nome passa de ${LONGEST} bytes` : null;
}

/** A name as it may be shown and kept: what cannot be seen is written out, what is too long is cut. */
export function shownName(path: string): string {
  const visible = path.replaceAll(new RegExp(`${CONTROLS.source}|${DISGUISES.source}`, 'gu'), (sign) =>
    [...sign].map((one) => `\\u{${one.codePointAt(0)!.toString(16)}}`).join(''),
  );
  return visible.length > 500
    ? `${visible.slice(0, 250).toWellFormed()}…${visible.slice(-200).toWellFormed()}`
    : visible;
}

/**
 * The name that a fetched file has on this machine's disk: its own where that is plain letters, digits, dot, dash,
 * underscore and space, else as near as these allow. Of a path only the last part is kept.
 */
export function diskName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const plain = name.normalize('NFC').replaceAll(/[^\p{L}\p{N}._ -]/gu, '_');
  const trimmed = plain.replaceAll(/^[\s.]+|[\s.]+$/gu, '');
  const kept = DEVICES.test(trimmed) ? `_${trimmed}` : trimmed;
  return shorten(kept) || 'arquivo';
}

/** Cut in the middle, so that the ending still says what the file is. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  const letters = [...name];
  let [head, tail] = ['', ''];
  for (const letter of letters.slice(-20)) tail += letter;
  for (const letter of letters) {
    if (Buffer.byteLength(head) + Buffer.byteLength(letter) + Buffer.byteLength(tail) > LONGEST - 1) break;
    head += letter;
  }
  return `${head}_${tail}`.replaceAll(/^[\s.]+|[\s.]+$/gu, '');
}
