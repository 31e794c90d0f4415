const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Hoje: the shift so far. */
export const shift = {
  day: 'Dia',
  previous: 'Dia anterior',
  next: 'Dia seguinte',
  at: 'Até as',
  now: 'Agora',
  untilToday: (time: string) => `Dados até ${time} de hoje`,
  untilDay: (day: string, time: string) => `${day}, até ${time}`,
  wholeDay: (day: string) => `${day}, o dia inteiro`,
  lastDay: (day: string) => `O último dia com dados é ${day}.`,
  otherDay: (first: string | undefined, last: string) =>
    first ? `Há dados de ${first} a ${last}.` : `Há dados até ${last}.`,
  see: (day: string) => `Ver ${day}`,
  empty: 'Ainda não há ligações de nenhuma fonte que guarde também as abandonadas.',
  emptyHere: (one: boolean): string =>
    one
      ? 'A fonte em vista não traz ligações com as abandonadas: não há turno a mostrar.'
      : 'As fontes em vista não trazem ligações com as abandonadas: não há turno a mostrar.',
  sources: 'Ver todas as fontes',
  /** The same basis as the page’s corner says: up to an hour, or the whole day. */
  nothing: (day: string, at?: string) => `Nenhuma ligação em ${day}${at ? ` até ${at}` : ', o dia inteiro'}.`,
  below: (queue: string, level: string, target: string) => `${queue} está abaixo da meta (${level}, meta ${target})`,
  belowAt: (half: string) => `, mais às ${half}`,
  belowToo: (count: number) => ` e mais ${count} ${s(count, 'fila também está', 'filas também estão')}`,
  noneBelow: 'Nenhuma fila claramente abaixo da meta',
  level: (offered: string, level: string, seconds: number) =>
    `De ${offered} ligações, ${level} atendidas em ${seconds} s`,
  offered: (count: number, text: string, at: string) => `${text} ${s(count, 'ligação', 'ligações')} até ${at}`,
  lack: (people: number, text: string, half: string) =>
    `${s(people, 'falta', 'faltam')} ${text} ${s(people, 'pessoa', 'pessoas')} às ${half}`,
  lackLater: (text: string, half: string) => `, ${text} às ${half}`,
  toCall: (count: number, text: string) => `${text} ${s(count, 'pessoa', 'pessoas')} a chamar de volta`,
  nobodyToCall: 'ninguém a chamar de volta',
  nobodyToCallKnown: 'ninguém identificado a chamar de volta',
  nobodyKnown: (count: number, text: string) =>
    `${text} ${s(count, 'abandonou', 'abandonaram')} sem identificação: não se sabe a quem chamar de volta`,
  notNarrowed: (names: string) => `${names} não filtra esta página: a escala não o conhece.`,
  drop: 'Tirar',
  ages: 'Idade dos dados',
  age: (name: string, newest: string) => `${name}: até ${newest}`,
  batch: (received: string, age: string) => `último lote ${received}, há ${age}`,
  usually: (age: string) => `a esta hora costuma ter até ${age}`,
  expected: (opens: string, closes: string) => `não veio das ${opens} às ${closes}`,
  minutes: (count: number) =>
    count < 1
      ? 'menos de 1 min'
      : count < 120
        ? `${count} min`
        : count < 2880
          ? `${Math.round(count / 60)} h`
          : `${Math.round(count / 1440)} dias`,
  queues: {
    title: 'Filas',
    note: (seconds: number, short: number) =>
      `Nível de serviço: atendidos em até ${seconds} s, só os de espera conhecida. Abandonados sem os de até ${short} s.`,
    noTarget: 'Sem meta de nível de serviço, nenhuma fila é julgada.',
    setTarget: 'Dizer a meta',
    columns: {
      queue: 'Fila',
      offered: 'Oferecidos',
      answered: 'Atendidos',
      abandoned: 'Abandonados',
      level: 'Nível',
      interval: 'IC 95%',
      target: 'Meta',
      against: 'Situação',
      worst: 'Pior meia hora',
    },
    against: { below: 'abaixo', near: 'no limite', few: 'poucos casos', met: 'na meta' },
    unsure: 'acima da meta, incerto',
    worst: (half: string, inTime: string, n: string) => `${half} (${inTime} de ${n})`,
  },
  halves: {
    above: (share: string) => `Vieram ${share} a mais que o previsto`,
    under: (share: string) => `Vieram ${share} a menos que o previsto`,
    few: (came: string, expected: string) => `Vieram ${came}, previstas ${expected}`,
    asExpected: 'O que veio está dentro do previsto',
    asExpectedInAll: 'Ao todo veio o previsto',
    none: 'Ligações por meia hora',
    outside: (count: number, text: string) => `; ${text} ${s(count, 'meia hora', 'meias horas')} fora do intervalo`,
    subtitle: (channel: string, at: string) => `Canal ${channel}, por meia hora, até ${at}`,
    legend: 'Área: atendidos. Linha: oferecidos. Tracejado: previsto com os dias anteriores, e seu intervalo de 95%.',
    legendAlone: 'Área: atendidos. Linha: oferecidos.',
    filling: 'Quadrado: a meia hora que ainda se enche.',
    naiveWins: 'A previsão não é certamente melhor que a ingênua.',
    error: (own: string, naive: string) => `Erro da previsão ${own}, da ingênua ${naive}.`,
    noForecast: 'Ainda não há 35 dias de história para prever.',
    columns: ['Meia hora', 'Oferecidos', 'Previstos', 'Intervalo', 'Ingênua', 'Atendidos', 'Abandonados'],
    ends: { offered: 'oferecidos', expected: 'previstos' },
    states: { over: '', filling: ' (em curso)', ahead: ' (à frente)' },
  },
  people: {
    lacking: (people: number, text: string, half: string) =>
      `${s(people, 'Falta', 'Faltam')} ${text} ${s(people, 'pessoa', 'pessoas')} às ${half}`,
    enough: 'Daqui em diante a escala cobre o previsto',
    covered: 'A escala cobriu o que veio',
    lacked: (half: string) => `Faltou mais gente às ${half}`,
    noRoster: (atWork: boolean) =>
      `Sem escala deste dia: só se sabe quem ${atWork ? 'esteve em atividade' : 'atendeu'}`,
    unknown: 'Pessoas por meia hora',
    subtitle: (level: string, seconds: number, model: string) =>
      `Pessoas, para atender ${level} em ${seconds} s, ${model}`,
    models: { 'erlang-a': 'Erlang A', 'erlang-c': 'Erlang C' },
    legend: (atWork: boolean, rostered: boolean) =>
      `Barras: agentes ${atWork ? 'atendendo ou disponíveis, em média' : 'que atenderam'}. Linha azul: necessárias; tracejada, pelo previsto.${rostered ? ' Escura: escaladas.' : ''}`,
    note: 'Quem esperou por uma ligação não aparece entre os que atenderam.',
    columns: ['Meia hora', 'Necessárias', 'Escaladas', 'Falta', 'Atenderam', 'Em atividade'],
    ends: { needed: 'necessárias', rostered: 'escaladas' },
  },
  callbacks: {
    flags: { true: 'sim', false: 'não' } as Record<string, string>,
    may: 'Abra uma pessoa para ver o telefone e o nome dela; cada vez fica registrada.',
    title: 'Chamar de volta',
    of: (count: number, text: string, isToday: boolean) =>
      `${text} ${s(count, 'pessoa', 'pessoas')} ${isToday ? 'de hoje' : 'do dia'}`,
    ofBefore: (text: string) => `${text} do dia anterior`,
    some: (people: string) => `${people}: abandonaram, e ninguém atendeu desde então, por nenhum canal.`,
    none: 'Quem abandonou já foi atendido depois.',
    noneKnown: 'Ninguém identificado a chamar de volta.',
    anonymous: (count: number, text: string) =>
      `${text} ${s(count, 'abandono sem identificação não se lista', 'abandonos sem identificação não se listam')}.`,
    silent: {
      'only-answered': (names: string) => `Só há atendidos em ${names}: ali não se sabe quem desistiu.`,
      'no-abandons': (names: string) => `Nunca veio um abandono de ${names}.`,
    },
  },
};
