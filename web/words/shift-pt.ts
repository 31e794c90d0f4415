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
  notNarrowed: (names: string) => `O filtro por ${names} não vale nesta página: a escala só tem fila e conta.`,
  drop: 'Tirar',
  ages: 'Idade dos dados',
  age: (name: string, newest: string) => `${name}, dados até ${newest}`,
  batch: (received: string, age: string) => `último arquivo: ${received}, há ${age}`,
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
      `Nível de serviço: parte atendida em até ${seconds} s, só dos que têm a espera conhecida. Quem desistiu em até ${short} s não conta como abandonado.`,
    noTarget: 'Nenhuma meta de nível de serviço vale aqui: por isso não se diz que fila está abaixo dela.',
    setTarget: 'Definir a meta',
    columns: {
      queue: 'Fila',
      offered: 'Oferecidos',
      answered: 'Atendidos',
      abandoned: 'Abandonados',
      level: 'Nível de serviço',
      interval: 'IC 95%',
      target: 'Meta',
      against: 'Situação',
      worst: 'Pior meia hora',
    },
    against: { below: 'abaixo', near: 'no limite', few: 'poucos casos', met: 'na meta' },
    unsure: 'acima da meta, incerto',
    worst: (half: string, inTime: string, n: string) => `${half} (${inTime} de ${n} no tempo)`,
  },
  halves: {
    above: (share: string) => `Vieram ${share} a mais que o previsto`,
    under: (share: string) => `Vieram ${share} a menos que o previsto`,
    few: (came: string, expected: string) => `Vieram ${came}, previstas ${expected}`,
    asExpected: 'O que veio está dentro do previsto',
    asExpectedInAll: 'No total veio o previsto',
    none: 'Ligações por meia hora',
    outside: (count: number, text: string) =>
      `; ${text} ${s(count, 'meia hora', 'meias horas')} fora do intervalo previsto`,
    subtitle: (channel: string, at: string) => `Canal ${channel}, por meia hora, até ${at}`,
    legend:
      'Área azul: atendidos. Linha: oferecidos. Tracejado: o previsto com os dias anteriores; faixa cinza: seu intervalo de 95%.',
    legendAlone: 'Área azul: atendidos. Linha: oferecidos.',
    filling: 'Quadrado: a meia hora em curso.',
    naiveWins: 'A diferença pode ser acaso.',
    error: (own: string, naive: string) =>
      `Nos dias passados, a previsão errou ${own} das ligações, e repetir a semana anterior (ingênua), ${naive}.`,
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
      `Pessoas necessárias para atender ${level} em ${seconds} s, ${model}`,
    models: { 'erlang-a': 'Erlang A', 'erlang-c': 'Erlang C' },
    legend: (atWork: boolean, rostered: boolean) =>
      `Barras: agentes ${atWork ? 'atendendo ou disponíveis, em média' : 'que atenderam'}. Linha azul: pessoas necessárias; tracejada, pelo previsto.${rostered ? ' Linha escura: pessoas na escala.' : ''}`,
    note: 'Quem ficou disponível e não recebeu ligação não aparece entre os que atenderam.',
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
    some: (count: number, people: string) =>
      `${s(count, 'Abandonou e ainda não foi atendida', 'Abandonaram e ainda não foram atendidas')}, por nenhum canal: ${people}.`,
    none: 'Quem abandonou já foi atendido depois.',
    noneKnown: 'Ninguém identificado a chamar de volta.',
    anonymous: (count: number, text: string) =>
      `${text} ${s(count, 'abandono sem identificação não se lista', 'abandonos sem identificação não se listam')}.`,
    silent: {
      'only-answered': (names: string) => `Não se sabe quem desistiu em ${names}: ali só vêm os atendidos.`,
      'no-abandons': (names: string) => `Nunca veio um abandono de ${names}.`,
    },
  },
};
