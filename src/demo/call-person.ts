import { type ByteWriter, latin1 } from './byte-writer.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { LANDLINE, type People } from './people.ts';

const SEMICOLON = 59;
const DASH = 45;
const SPACE = 32;
const NINE = 57;
const FIRST = FIRST_NAMES.map((name) => latin1(`${name} `));
const LAST = LAST_NAMES.map((name) => latin1(name));
const NO_PERSON = [';;;;', ';ANONIMO;;;', '0;0;;;', ';;NAO IDENTIFICADO;;'].map(latin1);
const BRAZIL = latin1('+55');

/** Writes the columns DDD;TELEFONE;CLIENTE;CPF; of the call report in the many ways in which agents type them. */
export class CallPerson {
  private readonly people: People;
  private readonly writer: ByteWriter;

  constructor(people: People, writer: ByteWriter) {
    this.people = people;
    this.writer = writer;
  }

  anonymous(style: number): void {
    this.writer.put(NO_PERSON[style & 3]!);
  }

  identified(phone: number, name: number, style: number): void {
    this.phone(phone, (style >>> 8) % 20);
    this.name(name);
    this.writer.byte(SEMICOLON);
    if (!this.people.firm && (style >>> 16) % 10 < 7) this.cpf((style >>> 20) % 10 < 3);
    this.writer.byte(SEMICOLON);
  }

  /**
   * Of 20 ways: 0–8 digits, 9–13 with a dash, 14–16 without the ninth digit, 17 DDD with a zero, 18 all in TELEFONE after
   * +55, 19 all in TELEFONE as (11) 98765-4321.
   */
  private phone(slot: number, way: number): void {
    const { writer, people } = this;
    const mobile = slot !== LANDLINE;
    const full = way >= 18;
    if (!full) {
      if (way === 17) writer.byte(48);
      writer.digits(people.ddd, 2);
    }
    writer.byte(SEMICOLON);
    if (way === 18) {
      writer.put(BRAZIL);
      writer.digits(people.ddd, 2);
    } else if (way === 19) {
      writer.byte(40);
      writer.digits(people.ddd, 2);
      writer.byte(41);
      writer.byte(SPACE);
    }
    const withoutNinth = way >= 14 && way <= 16;
    if (mobile && !withoutNinth) writer.byte(NINE);
    writer.digits(mobile ? (slot === 0 ? people.mobileLead : 9) : people.landlineLead, 1);
    const dashed = (way >= 9 && way !== 18) || way === 16;
    const front = Math.floor(people.ending / 10_000);
    writer.digits(front, 3);
    if (dashed) writer.byte(DASH);
    writer.digits(people.ending - front * 10_000, 4);
    writer.byte(SEMICOLON);
  }

  private name(variant: number): void {
    const { writer, people } = this;
    if (people.firm) {
      const name = people.name(0);
      writer.text(/[;"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
      return;
    }
    if (variant > 0) {
      writer.text(people.name(variant));
      return;
    }
    writer.put(FIRST[people.first]!);
    writer.put(LAST[people.last]!);
    writer.byte(SPACE);
    writer.put(LAST[people.otherLast]!);
  }

  private cpf(masked: boolean): void {
    const { writer, people } = this;
    const base = people.cpfBase;
    const refused = base % 111_111_111 === 0 || base === 123_456_789;
    if (refused) return;
    const high = Math.floor(base / 1_000_000);
    const middle = Math.floor(base / 1000) % 1000;
    writer.digits(high, 3);
    if (masked) writer.byte(46);
    writer.digits(middle, 3);
    if (masked) writer.byte(46);
    writer.digits(base % 1000, 3);
    if (masked) writer.byte(DASH);
    let first = 0;
    let second = 0;
    let rest = base;
    for (let weight = 2; weight <= 10; weight++) {
      const digit = rest % 10;
      rest = Math.floor(rest / 10);
      first += digit * weight;
      second += digit * (weight + 1);
    }
    const checkOne = first % 11 < 2 ? 0 : 11 - (first % 11);
    second += checkOne * 2;
    writer.digits(checkOne * 10 + (second % 11 < 2 ? 0 : 11 - (second % 11)), 2);
  }
}
