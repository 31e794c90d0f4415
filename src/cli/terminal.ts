import { type Moment, secondsLeft } from '../kernel/progress.ts';

/** Progress on stderr: one line that renews itself on a terminal, a line now and then elsewhere; silent under a second. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  #started = performance.now();
  #phase = '';
  #lastMs = 0;
  #shown = false;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.#out = out;
  }

  /** @param phase the work that `done` and `total` count; time left starts anew with another. */
  show(moment: Moment & { secondsLeft?: number | null }, phase = ''): void {
    const now = performance.now();
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#started = now;
    }
    const elapsed = (now - this.#started) / 1000;
    const every = this.#out.isTTY ? 100 : 5000;
    if (elapsed < 1 || now - this.#lastMs < every || moment.step === '') return;
    this.#lastMs = now;
    const left = moment.secondsLeft ?? secondsLeft(moment, elapsed);
    const share = moment.total > 0 ? ` ${Math.min(100, Math.floor((100 * moment.done) / moment.total))}%` : '';
    const text = `${moment.step}${share}${left === null ? '' : `, faltam ${duration(left)}`}`;
    this.#out.write(this.#out.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    this.#shown = true;
  }

  end(): void {
    if (this.#shown && this.#out.isTTY) this.#out.write('\r\u001b[2K');
  }
}

/** `8 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Rows as aligned text columns. */
export function textTable(rows: readonly Readonly<Record<string, unknown>>[]): string {
  if (rows.length === 0) return '';
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => cell(row[name])));
  const widths = names.map((name, index) => Math.max(name.length, ...cells.map((line) => line[index]!.length)));
  const numeric = names.map((name) => rows.every((row) => isFigure(row[name])));
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => (numeric[index] ? value.padStart(widths[index]!) : value.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd();
  return [line(names), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}

/** A number, or one as it is shown: they are aligned right. */
function isFigure(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'number') return true;
  return typeof value === 'string' && /^(–|[−-]?\d[\d.,:–]*%?)$/.test(value);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Math.round(value * 10_000) / 10_000).replace('.', ',');
  return String(value);
}
