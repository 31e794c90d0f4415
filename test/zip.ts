import { crc32, deflateRawSync } from 'node:zlib';

interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  /** Stored as it is when false. */
  readonly packed?: boolean;
  /** What the directory says that it takes unpacked, when that is not true. */
  readonly says?: number;
}

/** A ZIP file, which may lie about its entries. */
export function zipOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, packed = true, says } of entries) {
    const data = packed ? deflateRawSync(content) : Buffer.from(content);
    const title = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x800, 6);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    for (const [header, at] of [
      [local, 0],
      [entry, 2],
    ] as const) {
      header.writeUInt16LE(packed ? 8 : 0, 8 + at);
      header.writeUInt32LE(crc32(content), 14 + at);
      header.writeUInt32LE(data.length, 18 + at);
      header.writeUInt32LE(says ?? content.length, 22 + at);
      header.writeUInt16LE(title.length, 26 + at);
    }
    entry.writeUInt16LE(0x800, 8);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, title, data);
    directory.push(entry, title);
    offset += 30 + title.length + data.length;
  }
  const tail = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(tail.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, tail, end]);
}
