/** Common first and last names, to be combined at random: a full name here names nobody. */
export const FIRST_NAMES =
  'Adriana Alana Alice Aline Amanda Ana André Antônia Antônio Ariane Arthur Aurélio Beatriz Benício Bernardo Bianca Breno Bruna Bruno Caio Camila Carla Carlos Cássia Cauã Cecília Célia César Cícero Clara Cláudia Cláudio Cristiane Dalva Daniel Daniela Davi Débora Denise Diego Edson Eduarda Eduardo Elaine Eliane Elisa Emanuel Enzo Érica Estela Eva Fábio Fátima Felipe Fernanda Fernando Flávia Francisca Francisco Gabriel Gabriela Geraldo Gilberto Gisele Gláucia Guilherme Gustavo Heitor Helena Heloísa Henrique Hugo Iara Igor Inês Ingrid Irene Isabela Ísis Ivan Jaqueline Joana João Joaquim Jonas Jorge José Josefa Joyce Júlia Juliana Júlio Karina Laís Larissa Laura Leandro Leonardo Letícia Lívia Lorena Luan Lucas Lúcia Luciana Luís Luísa Maíra Manuela Marcela Marcelo Márcia Marcos Maria Mariana Marina Mário Marta Mateus Mauro Melissa Miguel Milena Mônica Murilo Natália Nelson Nicolas Nilza Olívia Otávio Patrícia Paula Paulo Pedro Priscila Rafael Rafaela Raimundo Raquel Rebeca Regina Renan Renata Ricardo Rita Roberta Roberto Rodrigo Rogério Rosa Rosana Rui Samuel Sandra Sara Sebastião Sérgio Silvana Sílvia Simone Sofia Sônia Tainá Tânia Tatiane Teresa Thiago Tomás Valentina Valéria Vanessa Vera Vicente Vinícius Vitória Wagner Wesley William Yasmin'.split(
    ' ',
  );

export const LAST_NAMES =
  'Abreu Aguiar Albuquerque Alencar Almeida Alves Amaral Amorim Andrade Antunes Aragão Araújo Assis Assunção Azevedo Bandeira Barbosa Barcelos Barreto Barros Bastos Batista Bezerra Bittencourt Borges Braga Brandão Brito Bueno Cabral Caldas Camargo Campos Cardoso Carneiro Carvalho Castro Cavalcante Chaves Coelho Conceição Cordeiro Corrêa Costa Coutinho Couto Cruz Cunha Damasceno Dantas Dias Diniz Domingues Duarte Dutra Esteves Falcão Farias Ferraz Ferreira Figueiredo Fonseca França Franco Freire Freitas Furtado Galvão Garcia Gomes Gonçalves Goulart Guerra Guimarães Gusmão Henriques Holanda Jardim Junqueira Lacerda Leal Leite Leme Lemos Lima Linhares Lobo Lopes Macedo Machado Maciel Magalhães Maia Malta Marinho Marques Martins Matos Medeiros Meireles Melo Mendes Menezes Mesquita Miranda Monteiro Moraes Moreira Mota Moura Nascimento Nery Neves Nogueira Novaes Nunes Oliveira Pacheco Paiva Peixoto Penha Pereira Pessoa Pimentel Pinheiro Pires Portela Prado Queiroz Quintana Ramos Rangel Rego Reis Rezende Ribeiro Rocha Rodrigues Sales Salgado Sampaio Santana Santiago Santos Saraiva Serra Severo Silva Silveira Simões Siqueira Soares Sobral Souza Tavares Teixeira Teles Toledo Torres Trindade Vargas Vasconcelos Vaz Veiga Veloso Viana Vidal Vieira Vilela Xavier'.split(
    ' ',
  );

/** Small firms that call like people do; some names hold the characters that a CSV must quote. */
export const FIRM_KINDS = ['Padaria', 'Mercado', 'Oficina', 'Farmácia', 'Papelaria', 'Clínica', 'Transportes', 'Bar'];
export const FIRM_NAMES = [
  'Estrela; filial',
  'Boa Vista; loja',
  '"Dois Irmãos"',
  '"Pé de Serra"',
  'Ipê Amarelo',
  'São Jorge',
  'Três Pontes',
  'Manacá',
];

/** Invented client companies of Aurora Atendimento, with their share of the contacts. */
export const ACCOUNTS: readonly { name: string; share: number }[] = [
  { name: 'Vivaz Saúde', share: 30 },
  { name: 'Nexo Fibra', share: 24 },
  { name: 'Banco Ipê Branco', share: 18 },
  { name: 'Lar Sereno Seguros', share: 12 },
  { name: 'Trilha Energia', share: 10 },
  { name: 'Mercado Jatobá', share: 6 },
];

export const EXCHANGES = ['CENTRAL SP', 'CENTRAL RJ', 'CENTRAL BH'] as const;
