/** A cell as text: dates in ISO form, times of day as hh:mm:ss; null where there is nothing. Times of day and durations are dates of the sheet's first day, 1899-12-30 or 31. */
export function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined || cell === '') return null;
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return null;
    const text = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
    return cell.getUTCFullYear() < 1901 ? clock(cell) : text.slice(0, 19).replace(/T00:00:00$/, '');
  }
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell === 'object') return 'text' in cell ? String(cell.text) : JSON.stringify(cell);
  return String(cell);
}

function clock(cell: Date): string {
  const day = Math.floor(cell.getTime() / 86_400_000) * 86_400_000;
  const seconds = Math.round((cell.getTime() - day) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
