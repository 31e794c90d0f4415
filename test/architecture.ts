import { posix } from 'node:path';
import ts from 'typescript';

/** The house, from top to bottom: a folder imports only from itself and from folders before it. */
export const HOUSE = [
  'kernel',
  'contracts',
  'demo',
  'storage',
  'access',
  'jobs',
  'intake',
  'lake',
  'metrics',
  'people',
  'scoring',
  'mailing',
  'dialer',
  'customers',
  'custody',
  'reports',
  'api',
  'cli',
] as const;

/** Path from the repository's root, with `/`, to the file's text. */
export type Tree = ReadonlyMap<string, string>;

/** One sentence per breach: where and what. */
export type Rule = (tree: Tree) => string[];

const DRIVERS = /^(@duckdb\/|@electric-sql\/|postgres$|ioredis$)/;
const MAX_LINES = 400;
const THEME = 'web/theme.css';

/** Imports follow the order of the house; nothing imports main.ts; src knows nothing of web, bench and test. */
export const importOrder: Rule = (tree) =>
  inSources(tree, 'src/').flatMap(([path, text]) => {
    const from = placeOf(path);
    return importsOf(path, text).flatMap(({ target, line }) => {
      const to = placeOf(target);
      const where = `${path}:${line} imports ${target}`;
      if (target.startsWith('test/')) return isTest(path) ? [] : [`${where}: only tests use test/`];
      if (/^(web|bench|start\.mjs)/.test(target)) return [`${where}: src/ stands without it`];
      if (to === undefined || from === to || from === 'main') return [];
      if (to === 'main') return [`${where}: nothing imports main.ts`];
      return rank(from) > rank(to) ? [] : [`${where}: ${from} stands above ${to}`];
    });
  });

/** The screens take only types from src/. */
export const typesOnlyInWeb: Rule = (tree) =>
  inSources(tree, 'web/').flatMap(([path, text]) =>
    importsOf(path, text)
      .filter(({ target, typeOnly }) => target.startsWith('src/') && !typeOnly && !isTest(path))
      .map(({ target, line }) => `${path}:${line} imports ${target}: from src/ only "import type"`),
  );

/** Database drivers are imported in storage/ alone. */
export const driversInStorage: Rule = (tree) =>
  [...inSources(tree, 'src/'), ...inSources(tree, 'web/')].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter(({ target }) => DRIVERS.test(target) && !path.startsWith('src/storage/'))
      .map(({ target, line }) => `${path}:${line} imports ${target}: only src/storage/ may`),
  );

/** Observable Plot is imported in web/charts/ alone. */
export const plotInCharts: Rule = (tree) =>
  [...inSources(tree, 'src/'), ...inSources(tree, 'web/')].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter(({ target }) => target.startsWith('@observablehq/plot') && !path.startsWith('web/charts/'))
      .map(({ target, line }) => `${path}:${line} imports ${target}: only web/charts/ may`),
  );

/** Colours are written in the theme file alone; elsewhere they are var(--name). */
export const coloursInTheme: Rule = (tree) =>
  inFiles(tree, /^web\/(?!dist\/).*\.(svelte|css|ts)$/)
    .filter(([path]) => path !== THEME && !isTest(path))
    .flatMap(([path, text]) =>
      coloursOf(path, text).map(({ colour, line }) => `${path}:${line} has the colour ${colour}: only ${THEME} may`),
    );

/** Files and folders are kebab-case. */
export const kebabCase: Rule = (tree) =>
  inFiles(tree, /^(src|web|test|bench|docs)\/(?!golden\/|dist\/|public\/)/)
    .filter(([path]) => !path.split('/').every((part) => /^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(part)))
    .map(([path]) => `${path}: names are kebab-case`);

/** A file over 400 lines says why among its first lines: `// long: <reason>`. */
export const shortFiles: Rule = (tree) =>
  inFiles(tree, /^(?:(?:src|web|test|bench)\/(?!golden\/|dist\/|public\/).*|[^/]+)\.(?:ts|mjs|js|svelte|css|sql)$/)
    .filter(([, text]) => text.split('\n').length - 1 > MAX_LINES)
    .filter(([, text]) => !/^\s*(?:\/\/|--|\/\*+|<!--)\s*long: \S/m.test(text.split('\n').slice(0, 5).join('\n')))
    .map(([path, text]) => `${path} has ${text.split('\n').length - 1} lines: say why in a first line "// long: …"`);

/** Directly under src/ there are only the house's folders and main.ts. */
export const onlyHouseFolders: Rule = (tree) => {
  const first = [...tree.keys()].filter((path) => path.startsWith('src/')).map((path) => path.split('/')[1] ?? '');
  const known = new Set<string>([...HOUSE, 'main.ts', 'main.test.ts']);
  return [...new Set(first)].filter((name) => !known.has(name)).map((name) => `src/${name} is not in the house`);
};

/** The list in README.md is the house; without a README there is nothing to compare. */
export const houseInReadme: Rule = (tree) => {
  const readme = tree.get('README.md');
  if (readme === undefined) return [];
  const printed = printedHouse(readme);
  const same = printed.length === HOUSE.length && printed.every((name, index) => name === HOUSE[index]);
  return same ? [] : [`README.md prints the house as ${printed.join(', ') || 'nothing'}; it is ${HOUSE.join(', ')}`];
};

/** src/ writes to the console only from the command line and main.ts. */
export const noConsole: Rule = (tree) =>
  inSources(tree, 'src/')
    .filter(([path]) => !/^src\/(cli\/|main\.ts)/.test(path) && !isTest(path))
    .flatMap(([path, text]) =>
      nodesOf(path, text, (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console').map(
        (line) => `${path}:${line} uses the console: only src/cli/ and src/main.ts may`,
      ),
    );

/** String unions, not enums. */
export const noEnums: Rule = (tree) =>
  inSources(tree, '').flatMap(([path, text]) =>
    nodesOf(path, text, ts.isEnumDeclaration).map((line) => `${path}:${line} declares an enum: use a string union`),
  );

/** No notes to self in what is delivered. */
export const noLeftovers: Rule = (tree) =>
  inFiles(tree, /\.(ts|mjs|js|svelte|css|sql|html)$/).flatMap(([path, text]) =>
    linesWith(text, /\b(?:TO[D]O|FIX[M]E)\b/).map((line) => `${path}:${line} has a leftover note: do it or delete it`),
  );

export const RULES: Record<string, Rule> = {
  importOrder,
  typesOnlyInWeb,
  driversInStorage,
  plotInCharts,
  coloursInTheme,
  kebabCase,
  shortFiles,
  onlyHouseFolders,
  houseInReadme,
  noConsole,
  noEnums,
  noLeftovers,
};

interface Import {
  /** A path from the root for a relative import, otherwise the package's name as written. */
  target: string;
  typeOnly: boolean;
  line: number;
}

/** Every import, re-export, `import()` and import type of a TypeScript or Svelte file. */
export function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, written: string, typeOnly: boolean) => {
    const target = written.startsWith('.') ? posix.join(posix.dirname(path), written) : written;
    found.push({ target, typeOnly, line: lineOf(node) });
  };
  visit(path, text, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node, node.argument.literal.text, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) add(node, argument.text, false);
    }
  });
  return found;
}

/** The folder names that a README prints, indented, below its line `src/`. */
export function printedHouse(readme: string): string[] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => /^src\/(\s|$)/.test(line));
  if (start < 0) return [];
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (!/^\s+\S/.test(line)) break;
    const name = /^\s+([a-z-]+)\//.exec(line)?.[1];
    if (name !== undefined) names.push(name);
  }
  return names;
}

interface Colour {
  colour: string;
  line: number;
}

/** Colours written out in a stylesheet, a component or the strings of a script. */
export function coloursOf(path: string, text: string): Colour[] {
  if (path.endsWith('.css')) return coloursOfCss(text, 1);
  if (path.endsWith('.ts')) return coloursOfScript(path, text);
  const found = coloursOfScript(path, text);
  for (const match of text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) {
    found.push(...coloursOfCss(match[1] ?? '', lineAt(text, match.index)));
  }
  const markup = blank(blank(text, /<(script|style)[^>]*>[\s\S]*?<\/\1>/g), /<!--[\s\S]*?-->/g);
  for (const match of markup.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>{]+))/g)) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    const line = lineAt(text, match.index);
    if (match[1] === 'style') found.push(...coloursOfCss(`*{${value}}`, line));
    else if (COLOURED.test(match[1] ?? '')) found.push(...inValue(value, true, line));
  }
  for (const match of markup.matchAll(/\{([^{}]*)\}/g)) {
    const strings = [...(match[1] ?? '').matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)];
    for (const string of strings) found.push(...inValue(string.slice(1).join(''), false, lineAt(text, match.index)));
  }
  return found;
}

const HEX = /(?<![\w&/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/gi;
const FUNCTIONS = /(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(\s*(?!from\s+var\()[^)]*\)/gi;
const COLOURED = /(?:^|[:-])(?:fill|stroke|color|background|border|outline|shadow|stop)(?:$|-)|Color$/i;
const NAMED = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
  cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
  darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
  darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
  firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
  hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
  lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
  mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
  midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
  palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
  rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
  slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
  yellowgreen`.split(/\s+/),
);

function coloursOfCss(css: string, firstLine: number): Colour[] {
  const clean = blank(blank(css, /\/\*[\s\S]*?\*\//g), /url\([^)]*\)/g);
  return [...clean.matchAll(/[\w-]+\s*:\s*([^;{}]+)(?=[;}])/g)].flatMap((match) =>
    inValue(match[1] ?? '', true, firstLine + lineAt(clean, match.index) - 1),
  );
}

function coloursOfScript(path: string, text: string): Colour[] {
  const found: Colour[] = [];
  visit(path, text, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node)) return;
    const owner = node.parent;
    const name = ts.isPropertyAssignment(owner)
      ? owner.name.getText()
      : ts.isBinaryExpression(owner)
        ? (owner.left.getText().split('.').at(-1) ?? '')
        : '';
    found.push(...inValue(node.text, COLOURED.test(name), lineOf(node)));
  });
  return found;
}

function inValue(value: string, named: boolean, line: number): Colour[] {
  const words = named ? value.replace(/'[^']*'|"[^"]*"/g, ' ').match(/(?<![\w-])[a-z]+(?![\w-])/gi) : null;
  const names = (words ?? []).filter((word) => NAMED.has(word.toLowerCase()));
  const written = [...value.matchAll(HEX), ...value.matchAll(FUNCTIONS)].map((match) => match[0]);
  return [...written, ...names].map((colour) => ({ colour, line }));
}

function inFiles(tree: Tree, pattern: RegExp): [string, string][] {
  return [...tree].filter(([path]) => pattern.test(path));
}

function inSources(tree: Tree, folder: string): [string, string][] {
  return [...tree].filter(([path]) => path.startsWith(folder) && /\.(ts|svelte)$/.test(path));
}

function isTest(path: string): boolean {
  return /\.test\.ts$/.test(path);
}

function placeOf(path: string): string | undefined {
  const [src, folder] = path.split('/');
  return src === 'src' ? folder?.replace(/(\.test)?\.ts$/, '') : undefined;
}

function rank(place: string | undefined): number {
  return (HOUSE as readonly string[]).indexOf(place ?? '');
}

function visit(path: string, text: string, each: (node: ts.Node) => void): void {
  const walk = (node: ts.Node) => {
    each(node);
    ts.forEachChild(node, walk);
  };
  walk(parse(path, text));
}

const parsed = new Map<string, { text: string; source: ts.SourceFile }>();

function parse(path: string, text: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known.source;
  const script = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const source = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  parsed.set(path, { text, source });
  return source;
}

/** The scripts of a component, everything else blanked so that lines keep their numbers. */
function scriptsOf(text: string): string {
  let scripts = '';
  let end = 0;
  for (const match of text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1] ?? '').length;
    scripts += text.slice(end, start).replace(/[^\n]/g, ' ') + (match[2] ?? '');
    end = start + (match[2] ?? '').length;
  }
  return scripts;
}

function nodesOf(path: string, text: string, wanted: (node: ts.Node) => boolean): number[] {
  const lines: number[] = [];
  visit(path, text, (node) => {
    if (wanted(node)) lines.push(lineOf(node));
  });
  return lines;
}

function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function linesWith(text: string, pattern: RegExp): number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}

function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '));
}
