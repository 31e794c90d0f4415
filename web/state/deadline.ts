/** By when a file is needed and what for: `09:30, mailing`; empty where nobody said. */
export function deadlineText({ dueAt, deadline }: { dueAt: string | null; deadline: string | null }): string {
  const label = deadline ?? '';
  // What was said before times had a column of their own may name it.
  return dueAt === null || label.includes(dueAt) ? label : [dueAt, label].filter(Boolean).join(', ');
}
