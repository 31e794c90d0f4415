import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWindows1252, repairUtf8, repairWindows1252 } from './encoding.ts';

const none = () => ({ brokenCharacters: 0, mixedEncoding: 0, controlCharacters: 0 });
const latin = (text: string) => Buffer.from(text, 'latin1');

describe('Windows-1252', () => {
  it('becomes what a decoder of the platform makes of it, whatever the alignment', () => {
    const decoder = new TextDecoder('windows-1252');
    const bytes = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(bytes, fc.nat(3), (content, skip) => {
        const part = Buffer.from(Buffer.concat([Buffer.alloc(skip), content]).subarray(skip));
        expect(fromWindows1252(part).toString('utf8')).toBe(decoder.decode(content));
      }),
    );
    const all = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
    expect(fromWindows1252(all).toString('utf8')).toBe(decoder.decode(all));
  });

  it('keeps a record that is UTF-8 already, and counts it', () => {
    for (const pad of ['', 'a', 'ab', 'abc']) {
      const block = Buffer.concat([latin(`${pad}Técnico;ação\n`), Buffer.from('Técnico;1\n'), latin('fim;º\n')]);
      const warnings = none();
      expect(repairWindows1252(block, warnings).toString('utf8')).toBe(`${pad}Técnico;ação\nTécnico;1\nfim;º\n`);
      expect(warnings).toEqual({ ...none(), mixedEncoding: 1 });
    }
  });

  it('is not taken for UTF-8 where two accents stand together', () => {
    const warnings = none();
    expect(repairWindows1252(latin('ÇÃO;ção;Éº fim ã\n'), warnings).toString('utf8')).toBe('ÇÃO;ção;Éº fim ã\n');
    const quoted = latin('\x93CAL\xc7\x94;ITA\xda\x94\n').subarray(1);
    expect(repairWindows1252(quoted, warnings).toString('utf8')).toBe('CALÇ”;ITAÚ”\n');
    expect(warnings).toEqual(none());
  });
});

describe('UTF-8', () => {
  it('that was read as Windows-1252 before is kept, its records counted once', () => {
    const text = 'TÃ©cnico \ufffd Ã£\nok\nSÃ£o\n\ufffd\n';
    const warnings = none();
    expect(repairUtf8(Buffer.from(text), warnings).toString('utf8')).toBe(text);
    expect(warnings).toEqual({ ...none(), brokenCharacters: 3 });
  });

  it('of capitals with accents is not broken', () => {
    const warnings = none();
    repairUtf8(Buffer.from('SÃO PAULO; CANÇÃO; Ã\n'), warnings);
    expect(warnings).toEqual(none());
  });
});
