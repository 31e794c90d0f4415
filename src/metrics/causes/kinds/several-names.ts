import { type CauseKind, written } from '../cause.ts';

/** Customers registered under several names: counted from the rows, nothing is inferred. */
export const severalNames: CauseKind = {
  find({ names, from, to }) {
    if (!names || names.customers === 0) return [];
    const hours = names.hidden_s / 3600;
    const [customers, contacts] = [written(names.customers), written(names.contacts)];
    const [hidden, repeats] = [written(names.hidden), written(names.repeats)];
    return [
      {
        kind: 'several-names',
        subject: 'customers',
        statement: {
          pt: `${customers.pt} clientes aparecem com dois ou mais nomes (${contacts.pt} atendimentos). Quem conta cada cadastro à parte não vê ${hidden.pt} das suas ${repeats.pt} rechamadas.`,
          en: `${customers.en} customers appear under two or more names (${contacts.en} contacts). Counting each registration apart hides ${hidden.en} of their ${repeats.en} repeat contacts.`,
        },
        todo: {
          pt: 'Una os cadastros e peça à fonte um código de cliente; até lá, conte pela identidade, não pelo nome.',
          en: 'Merge the registrations and ask the source for a customer code; until then, count by identity, not by name.',
        },
        metric: 'repeatRate',
        effectHours: hours,
        interval: null,
        pValue: null,
        evidence: {
          unit: 'count',
          n: names.contacts,
          points: [
            { label: 'hidden', value: names.hidden, usual: null, marked: true },
            { label: 'repeats', value: names.repeats, usual: null },
          ],
          rows: { from, to },
        },
      },
    ];
  },
};
