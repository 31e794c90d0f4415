import { open, readFile } from 'node:fs/promises';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';
import { zipDirectory } from './zip-directory.ts';

/** What a file is by its content, whatever it is called: text, or something that intake reads. */
export type FileKind = 'text' | 'xlsx' | 'xls' | 'html' | 'parquet' | 'zip';

/** What each is to a person. */
export const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  text: 'um texto',
  xlsx: 'uma planilha XLSX',
  xls: 'uma planilha XLS',
  html: 'uma página da web (HTML)',
  parquet: 'um Parquet',
  zip: 'um pacote ZIP',
};

const HEAD = 1 << 16;

const AS_TABLE = 'Peça os dados em planilha ou CSV';
const AS_XLSX = 'Abra no Excel e salve como XLSX';

/** Beginnings of what is no table, how a person knows it, and what to do. */
const FOREIGN: readonly (readonly [starts: RegExp | readonly string[], what: string, todo: string])[] = [
  [/^\s{0,8}%PDF-/, 'um documento PDF', AS_TABLE],
  [['{\\rtf'], 'um documento de texto (RTF)', AS_TABLE],
  [['\x89PNG', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*'], 'uma imagem', AS_TABLE],
  [/^RIFF[\s\S]{4}WEBP/, 'uma imagem', AS_TABLE],
  [/^RIFF[\s\S]{4}WAVE/, 'uma gravação de áudio', 'Confira o arquivo'],
  [['ID3\x03', 'ID3\x04', 'OggS', 'fLaC'], 'uma gravação de áudio', 'Confira o arquivo'],
  [['PARE'], 'um Parquet cifrado', 'Peça-o sem cifra'],
  [['Rar!\x1a'], 'um pacote RAR', 'Extraia o arquivo e envie-o'],
  [['\xfd7zXZ', '(\xb5/\xfd'], 'um pacote XZ ou Zstandard', 'Extraia o arquivo e envie-o'],
  [['\x09\x00', '\x09\x02', '\x09\x04'], 'uma planilha de Excel anterior ao 97', AS_XLSX],
  [['7z\xbc\xaf'], 'um pacote 7-Zip', 'Extraia o arquivo e envie-o'],
  [/^MIME-Version:/i, 'uma página da web (MHTML) com nome de planilha', AS_XLSX],
  [/^\s*<\?xml[\s\S]*<(?:\w+:)?Workbook\b/, 'uma planilha XML de 2003', AS_XLSX],
  [/^\s*<\?xml/, 'um XML', AS_TABLE],
];

const HTML = /^\s*(?:<!doctype html|<html|<head|<meta|<style|<table|<div|<body|<!--)/i;
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\u0005\u0006', 'latin1');

/**
 * What a file is, by its first bytes and, of a package, by what it holds.
 * @throws RamalError `fileForeign` when it is something that holds no table, `filePassword` when it is locked.
 */
export async function fileKind(file: SourceFile): Promise<FileKind> {
  const handle = await open(file.path, 'r');
  const buffer = Buffer.alloc(Math.min(HEAD, file.bytes));
  try {
    await handle.read(buffer, 0, buffer.length, 0);
  } finally {
    await handle.close();
  }
  if (buffer.subarray(0, 4).equals(ZIP) || buffer.subarray(0, 4).equals(EMPTY_ZIP)) return packageKind(file);
  if (buffer.subarray(0, 8).equals(OLE)) return compoundKind(file);
  if (buffer.toString('latin1', 0, 4) === 'PAR1') return 'parquet';
  const bom = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  const text = buffer.toString('latin1', bom);
  for (const [starts, what, todo] of FOREIGN) {
    const found = starts instanceof RegExp ? starts.test(text) : starts.some((start) => text.startsWith(start));
    if (found) throw new RamalError('fileForeign', { file: file.name, what, todo });
  }
  return HTML.test(text) ? 'html' : 'text';
}

async function packageKind(file: SourceFile): Promise<FileKind> {
  const entries = await zipDirectory(file);
  const names = new Set(entries.map(({ name }) => name));
  const has = (start: string) => [...names].some((name) => name.startsWith(start));
  const foreign = (what: string, todo: string) => new RamalError('fileForeign', { file: file.name, what, todo });
  if (names.has('xl/workbook.bin')) throw foreign('uma planilha XLSB', AS_XLSX);
  if (has('xl/')) return 'xlsx';
  if (has('word/')) throw foreign('um documento do Word', AS_TABLE);
  if (has('ppt/')) throw foreign('uma apresentação do PowerPoint', AS_TABLE);
  if (names.has('content.xml')) throw foreign('um documento do LibreOffice', 'Abra-o e salve como XLSX');
  return 'zip';
}

/** Names of streams stand in the directory of an old Office file in UTF-16. */
const stream = (name: string) => Buffer.from(`${name}\0`, 'utf16le');
const LARGEST_XLS = 100_000_000;

async function compoundKind(file: SourceFile): Promise<FileKind> {
  if (file.bytes > LARGEST_XLS)
    throw new RamalError('fileTooLarge', {
      file: file.name,
      what: `uma planilha XLS de ${Math.round(file.bytes / 1e6)} MB`,
    });
  const bytes = await readFile(file.path);
  const holds = (name: string) => bytes.includes(stream(name));
  if (holds('EncryptedPackage') || isLocked(bytes)) throw new RamalError('filePassword', { file: file.name });
  if (holds('Workbook') || holds('Book')) return 'xls';
  const what = holds('WordDocument') ? 'um documento do Word' : 'um documento antigo do Office';
  throw new RamalError('fileForeign', { file: file.name, what, todo: AS_TABLE });
}

/** The record that begins a workbook of Excel 97 to 2003, and the one that says that the rest is ciphered. */
const WORKBOOK = Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]);
const CIPHERED = 0x2f;

function isLocked(bytes: Buffer): boolean {
  for (let start = bytes.indexOf(WORKBOOK); start >= 0; start = bytes.indexOf(WORKBOOK, start + 1)) {
    if (start % 64 !== 0) continue;
    for (let at = start, record = 0; record < 8 && at + 4 <= bytes.length; record++) {
      if (bytes.readUInt16LE(at) === CIPHERED) return true;
      at += 4 + bytes.readUInt16LE(at + 2);
    }
  }
  return false;
}
