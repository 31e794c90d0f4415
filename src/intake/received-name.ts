/** Bytes of a name that every file system takes. */
const LONGEST = 200;
/** Names that Windows keeps for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The name under which a file that somebody sent is written: its last part alone, whatever system named it, of plain
 * characters, never empty, hidden, a device's or too long; its ending stays, for it says how the file is packed.
 */
export function receivedName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/[^\p{L}\p{M}\p{N}._ ()-]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const named = plain === '' ? 'arquivo' : DEVICE.test(plain) ? `_${plain}` : plain;
  return shortened(named);
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  const ending = /(?:\.[A-Za-z0-9]{1,8}){1,2}$/.exec(name)?.[0] ?? '';
  let start = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(start + ending) > LONGEST) start = [...start].slice(0, -1).join('');
  return `${start}${ending}`;
}
