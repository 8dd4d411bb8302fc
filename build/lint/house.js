/**
 * The rules of the house, as an oxlint plugin (ESLint's plugin interface).
 *
 *   house/layers       imports run one way through the folders of src
 *   house/determinism  time and chance come from platform, so that a run can be repeated byte for byte
 *   house/custody      key material has no name outside custody
 *   house/approved     only the risk gates make an ApprovedTrade, and only the confirmation desk a ConfirmedTrade
 *
 * A file's place is what follows the last `/src/` of its path, so the rules judge a planted tree
 * (tests/build/house.test.ts) as they judge this one.
 */
import { builtinModules } from 'node:module';
import path from 'node:path';

/** The folders and files of src/main from the ground up. What shares a line are peers and don't import each other. */
const ORDER = [
  ['platform'],
  ['domain'],
  ['storage', 'market', 'custody'],
  ['venues'],
  ['risk'],
  ['execution'],
  ['engine', 'portfolio'],
  ['simulation', 'live'],
  ['commands'],
  ['app.ts'],
  ['desktop', 'loopback', 'terminal'],
  ['index.ts', 'cli.ts'],
  ['launch.mjs'],
];
const RANK = new Map(ORDER.flatMap((peers, rank) => peers.map((layer) => [layer, rank])));

/** The other folders of src. Each imports only itself and shared. */
const AREAS = ['shared', 'preload', 'renderer'];
/** What domain may have of src/shared. */
const DOMAIN_SHARED = ['money', 'contract', 'never.ts'];

const BUILTINS = new Set(builtinModules);
/** What src may reach outside itself. */
const OUTSIDE = /^\.\.\/(?:package\.json$|resources\/)/;

/** Of the parts of a path below src: `shared/money/usd.ts` → area `shared`, layer `money`. */
function placeOf(file) {
  const [area, layer] = file.split('/');
  return { file, area, layer };
}

/** Where a linted file stands below src; undefined when it isn't in src. */
function placeOfFile(context) {
  const file = `/${path.relative(context.cwd, context.filename).replaceAll('\\', '/')}`;
  const at = file.lastIndexOf('/src/');
  return at === -1 ? undefined : placeOf(file.slice(at + '/src/'.length));
}

const isMain = (place, ...layers) => place?.area === 'main' && layers.includes(place.layer);

/** A rule that looks only at files of src for which `applies` holds. */
function rule(description, applies, visitors) {
  return {
    meta: { type: 'problem', docs: { description }, schema: [] },
    create(context) {
      const place = placeOfFile(context);
      return applies(place) ? visitors(context, place) : {};
    },
  };
}

/** The text of a string, or of a template without holes; undefined for anything else. */
function literal(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0].value.cooked;
  return undefined;
}

/** Visits every way a file can name another module. `specifier` is undefined where it isn't a literal. */
function onImports(visit) {
  const declaration = (node) => {
    if (node.source) visit(node.source, literal(node.source));
  };
  return {
    ImportDeclaration: declaration,
    ExportNamedDeclaration: declaration,
    ExportAllDeclaration: declaration,
    ImportExpression: declaration,
    TSImportType: declaration,
    TSExternalModuleReference: (node) => visit(node.expression, literal(node.expression)),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0])
        visit(node.arguments[0], literal(node.arguments[0]));
    },
  };
}

const packageOf = (specifier) => specifier.replace(/^node:/, '').split('/')[0];
const isBuiltin = (specifier) => specifier.startsWith('node:') || BUILTINS.has(packageOf(specifier));

/** Why `from` may not import the package or builtin `specifier`; undefined when it may. */
function whyNotPackage(from, specifier) {
  if (/^(?:[#/]|file:|data:)/.test(specifier)) return 'name a file of the project by its relative path';
  if (isMain(from, 'domain')) return 'domain is pure: no packages and no node: builtins';
  if (packageOf(specifier) === 'electron') {
    if (from.area === 'preload' || isMain(from, 'index.ts', 'desktop')) return undefined;
    return 'only src/main/index.ts, src/main/desktop and src/preload import electron';
  }
  if (from.area !== 'main' && isBuiltin(specifier)) return `src/${from.area} runs without node: builtins`;
  return undefined;
}

/** Why `from` may not import the file `to`; undefined when it may. */
function whyNotFile(from, to) {
  if (from.area !== 'main') {
    if (to.area === from.area || to.area === 'shared') return undefined;
    return from.area === 'shared'
      ? 'src/shared imports only itself'
      : `src/${from.area} imports only itself and src/shared`;
  }
  if (isMain(from, 'domain')) {
    if (isMain(to, 'domain') || (to.area === 'shared' && DOMAIN_SHARED.includes(to.layer))) return undefined;
    return 'domain imports only src/shared/money, src/shared/contract and src/shared/never.ts';
  }
  if (to.area === 'shared') return undefined;
  if (to.area !== 'main') return `src/main does not import src/${to.area}`;
  if (to.layer === from.layer) return undefined;
  const [own, other] = [RANK.get(from.layer), RANK.get(to.layer)];
  if (other === undefined) return `src/main/${to.layer} is no declared layer`;
  if (other === own) return `${from.layer} and ${to.layer} are peers and do not import each other`;
  return other < own ? undefined : `${from.layer} is below ${to.layer}: imports run downwards only`;
}

function whyNot(from, specifier) {
  if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return whyNotPackage(from, specifier);
  const target = path.posix.join(path.posix.dirname(from.file), specifier);
  if (!target.startsWith('..')) return whyNotFile(from, placeOf(target));
  if (from.area !== 'shared' && !isMain(from, 'domain') && OUTSIDE.test(target)) return undefined;
  return 'it lies outside src';
}

const layers = rule(
  'Imports run one way through the folders of src',
  (place) => place !== undefined,
  (context, from) => {
    const inMain = from.area === 'main';
    if (!(inMain ? RANK.has(from.layer) : AREAS.includes(from.area))) {
      const folder = inMain ? `src/main/${from.layer}` : `src/${from.area}`;
      const message = `${folder} is no declared layer: give it its place in ${inMain ? 'ORDER' : 'AREAS'} of build/lint/house.js.`;
      return { Program: (node) => context.report({ node, message }) };
    }
    return onImports((node, specifier) => {
      const reason =
        specifier === undefined
          ? 'a path that is worked out at run time can not be checked'
          : whyNot(from, specifier);
      if (reason)
        context.report({
          node,
          message: `src/${from.file} may not import ${specifier ?? 'this'}: ${reason}.`,
        });
    });
  },
);

/** What makes one run differ from the next, by the path that leads to it from a global or a builtin module. */
const UNREPEATABLE = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'performance.timeOrigin',
  'process.hrtime',
  'process.uptime',
  'crypto.randomUUID',
  'crypto.randomBytes',
  'crypto.randomInt',
  'crypto.randomFill',
  'crypto.randomFillSync',
  'crypto.getRandomValues',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'scheduler.wait',
  'AbortSignal.timeout',
]);
/** Builtins that are wholly about time. */
const TIMERS = new Set(['timers', 'timers/promises']);
/** Builtins whose exports are globals under another name, and the global an import of the whole module stands for. */
const HOMES = new Map([
  ['crypto', 'crypto'],
  ['process', 'process'],
  ['perf_hooks', ''],
]);
const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self', 'webcrypto']);

const nameOf = (key, computed) => (computed ? literal(key) : (key.name ?? key.value));
const joined = (...names) => names.filter((name) => name && name !== 'default').join('.');

/** The path an imported name stands for: `{ randomUUID as id } from 'node:crypto'` → crypto.randomUUID. */
function importedPath(specifier, source) {
  const home = HOMES.get(source.replace(/^node:/, ''));
  if (home === undefined) return undefined;
  return joined(home, specifier.imported && nameOf(specifier.imported));
}

/** The path a name stands for where it is used; undefined for a name of the file's own. */
function rootPath(reference) {
  const definition = reference.resolved?.defs[0];
  if (!definition) return reference.identifier.name;
  return definition.type === 'ImportBinding'
    ? importedPath(definition.node, definition.parent.source.value)
    : undefined;
}

/** Every path read from a name on: `Date.now`, and both of `const { now, parse } = Date`. */
function pathsFrom(identifier, root) {
  let [node, name] = [identifier, GLOBAL_OBJECTS.has(root) ? '' : root];
  const found = [name];
  while (node.parent.type === 'MemberExpression' && node.parent.object === node) {
    node = node.parent;
    const next = nameOf(node.property, node.computed);
    name =
      name === 'crypto' && next === 'webcrypto' ? name : joined(name, GLOBAL_OBJECTS.has(next) ? '' : next);
    found.push(name);
  }
  const { parent } = node;
  if (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'ObjectPattern')
    for (const { key, computed } of parent.id.properties)
      if (key) found.push(joined(name, nameOf(key, computed)));
  return { node, found };
}

const determinism = rule(
  'Time and chance come from platform',
  (place) => place?.area === 'shared' || (place?.area === 'main' && place.layer !== 'platform'),
  (context) => {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what} makes a run unrepeatable: take time and chance from platform.`,
      });

    const visitReference = (reference) => {
      const { identifier } = reference;
      const root = rootPath(reference);
      if (
        root === undefined ||
        reference.isValueReference === false ||
        identifier.parent.type === 'TSTypeQuery'
      )
        return;
      const { node, found } = pathsFrom(identifier, root);
      const culprit = found.find((name) => UNREPEATABLE.has(name));
      if (culprit) return report(node, culprit);
      const { parent } = node;
      const isCalled =
        parent.callee === node && (parent.type === 'CallExpression' || parent.arguments?.length === 0);
      if (found.at(-1) === 'Date' && isCalled) report(parent, 'The current Date');
    };

    return {
      ...onImports((node, specifier) => {
        const module = specifier?.replace(/^node:/, '');
        if (TIMERS.has(module)) return report(node, specifier);
        if (!HOMES.has(module)) return;
        if (!node.parent.specifiers) return report(node, `All of ${specifier}`);
        for (const named of node.parent.specifiers) {
          const name = importedPath({ imported: named.imported ?? named.local }, specifier);
          if (
            named.type !== 'ImportNamespaceSpecifier' &&
            named.type !== 'ImportDefaultSpecifier' &&
            UNREPEATABLE.has(name)
          )
            report(named, name);
        }
      }),
      'Program:exit'() {
        for (const scope of context.sourceCode.scopeManager.scopes) scope.references.forEach(visitReference);
      },
    };
  },
);

const KEY_MATERIAL = new Set(['Keypair', 'SecretKey', 'PrivateKey', 'Signer']);

const custody = rule(
  'Key material has no name outside custody',
  (place) => place !== undefined && !isMain(place, 'custody'),
  (context) => {
    const seen = new Set();
    return {
      // Any mention, not only imports: a namespace, a destructured import() and an alias lead to the same key.
      Identifier(node) {
        if (!KEY_MATERIAL.has(node.name) || seen.has(node.range[0])) return;
        seen.add(node.range[0]);
        context.report({ node, message: `${node.name} is key material: it stays in src/main/custody.` });
      },
    };
  },
);

/** Types that are a proof, and where the proof is made: below src/main. */
const PROOFS = new Map([
  ['ApprovedTrade', 'risk/'],
  ['ConfirmedTrade', 'risk/confirmation/'],
]);

/** The assertion or type guard a type stands in, however deep (`as Readonly<ApprovedTrade>[]`). */
function claimAround(typeName) {
  let node = typeName;
  while (node.parent?.type.startsWith('TS')) {
    const { parent } = node;
    if (
      parent.typeAnnotation === node &&
      (parent.type === 'TSAsExpression' || parent.type === 'TSTypeAssertion')
    )
      return parent;
    if (parent.type === 'TSTypePredicate') return parent;
    node = parent;
  }
  return undefined;
}

const isMaker = (place, proof) => place.file.startsWith(`main/${PROOFS.get(proof)}`);

const approved = rule(
  'Only the risk gates make an ApprovedTrade, and only the confirmation desk a ConfirmedTrade',
  () => true,
  (context, place) => ({
    Identifier(node) {
      const { name, parent } = node;
      if (!PROOFS.has(name) || (place !== undefined && isMaker(place, name))) return;
      const isRenamed =
        parent.type === 'ImportSpecifier' && parent.imported === node && parent.local.name !== name;
      const claim = claimAround(node);
      if (isRenamed) context.report({ node, message: `Import ${name} by its own name.` });
      if (claim)
        context.report({
          node: claim,
          message: `Only src/main/${PROOFS.get(name)} makes an ${name}.`,
        });
    },
  }),
);

export default { meta: { name: 'house' }, rules: { layers, determinism, custody, approved } };
