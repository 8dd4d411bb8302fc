import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { settingsView } from '../src/shared/contract/commands/appCommands.ts';
import { confirmationView, standingTerms, standingView } from '../src/shared/contract/confirmation.ts';
import { operation } from '../src/shared/contract/commands/operationCommands.ts';
import { marketSource, vaultView } from '../src/shared/contract/commands/vaultCommands.ts';
import { engineEvent, engineStatusData } from '../src/shared/contract/engineStatus.ts';
import { errorReply } from '../src/shared/contract/errorReply.ts';
import { differencesView } from '../src/shared/contract/difference.ts';
import { healthAlertView } from '../src/shared/contract/healthAlert.ts';
import { liveCheck } from '../src/shared/contract/liveCheck.ts';
import { subAccountView } from '../src/shared/contract/subAccount.ts';
import { eventEntry } from '../src/shared/contract/eventEntry.ts';
import { fundingUpdateData } from '../src/shared/contract/fundingUpdate.ts';
import { runReport } from '../src/shared/contract/runReport.ts';
import type { CommandSpec } from '../src/shared/contract/command.ts';
import { COMMAND_GROUPS } from '../src/shared/contract/commands.ts';
import { ERROR_CODES, errorCode } from '../src/shared/contract/errorCodes.ts';
import {
  engineStatusFrame,
  fundingUpdateFrame,
  requestFrame,
  resultFrame,
} from '../src/shared/contract/frames.ts';
import * as limits from '../src/shared/contract/protocol.ts';

/** docs/commands.md, made from the schemas themselves. `npm run -s docs:commands` writes it; a test compares. */
const FILE = new URL('../docs/commands.md', import.meta.url);

/** What JSON Schema says of a value, as far as this contract uses it. */
interface Shape {
  readonly type?: string | string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly not?: unknown;
  readonly $ref?: string;
}

/** Numbers that say "any whole number", and are no bound of ours. */
const UNBOUNDED = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);
/** The last moment that a Date can tell. */
const LAST_MS = 8_640_000_000_000_000;
const DECIMAL = String.raw`(\.\d+)?$`;

/** Shapes that are told once, by name. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ErrorCode: errorCode,
  Error: errorReply,
  Event: eventEntry,
  EngineEvent: engineEvent,
  EngineStatus: engineStatusData,
  FundingUpdate: fundingUpdateData,
  Vault: vaultView,
  MarketSource: marketSource,
  Settings: settingsView,
  Operation: operation,
  Report: runReport,
  Confirmation: confirmationView,
  StandingTerms: standingTerms,
  StandingConfirmation: standingView,
  LiveCheck: liveCheck,
  Differences: differencesView,
  HealthAlert: healthAlertView,
  SubAccount: subAccountView,
};

const KINDS: Readonly<Record<CommandSpec['kind'], string>> = {
  read: 'changes nothing',
  act: 'done once for an id',
  settle: 'done once for an id; done again where a crash lost its answer',
};

export function commandsDoc(): string {
  const head = [
    '# Commands',
    '',
    'Made from the code by `npm run -s docs:commands`. Every command is a frame `{"id", "command", "payload"}`, answered',
    'with a `COMMAND_RESULT` of the same id; every frame is checked against these shapes in both directions. `?` marks what',
    'may be left out; a decimal is a string such as "12.5"; times are Unix milliseconds.',
    '',
    '`none yet` as a reply means that this version answers `NOT_SUPPORTED`, after the payload has been checked.',
    '',
  ];
  const groups = Object.entries(COMMAND_GROUPS).map(([title, group]) => {
    const commands = Object.entries<CommandSpec>(group).map(([name, spec]) => section(name, spec));
    return `## ${title}\n\n${commands.join('\n')}`;
  });
  return [...head, ...groups, shapes(), frames(), errors()].join('\n');
}

export const writtenCommandsDoc = (): string => readFileSync(FILE, 'utf8');

function section(name: string, { about, payload, reply, kind }: CommandSpec): string {
  return [
    `### ${name}`,
    '',
    `${about} (${KINDS[kind]})`,
    '',
    '```',
    `→ ${shapeOf(payload, 'input')}`,
    `← ${shapeOf(reply, 'output')}`,
    '```',
    '',
  ].join('\n');
}

function shapes(): string {
  const written = Object.entries(NAMED)
    .filter(([name]) => name !== 'ErrorCode')
    .map(([name, schema]) => `### ${name}\n\n\`\`\`\n${shapeOf(schema, 'output', name)}\n\`\`\`\n`);
  return `## Shapes\n\n${written.join('\n')}`;
}

function frames(): string {
  const bounds = Object.entries(limits)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, limit]) => `| \`${name}\` | ${limit} |`);
  const shapes = {
    request: requestFrame,
    result: resultFrame,
    FUNDING_UPDATE: fundingUpdateFrame,
    ENGINE_STATUS: engineStatusFrame,
  };
  const written = Object.entries(shapes).map(
    ([name, schema]) => `### ${name}\n\n\`\`\`\n${shapeOf(schema, 'output')}\n\`\`\`\n`,
  );
  return `## Frames\n\n${written.join('\n')}\n| limit | |\n| --- | --- |\n${bounds.join('\n')}\n`;
}

function errors(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return `## Error codes\n\n| code | meaning |\n| --- | --- |\n${rows.join('\n')}\n`;
}

/** @param own the name under which the shape itself is told, and not only mentioned */
function shapeOf(schema: z.ZodType, io: 'input' | 'output', own?: string): string {
  return text(jsonOf(schema, io), '', own);
}

const jsonOf = (schema: z.ZodType, io: 'input' | 'output'): Shape =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', cycles: 'ref' }) as Shape;

const names = new Map<string, string>();

function nameOf(shape: Shape): string | undefined {
  if (names.size === 0)
    for (const [name, schema] of Object.entries(NAMED)) names.set(key(jsonOf(schema, 'output')), name);
  return names.get(key(shape));
}

/** What a shape is, without the heading that only an outermost one has. */
const key = (shape: Shape): string =>
  JSON.stringify(shape, (name, part: unknown) =>
    name === '$schema' || name === '$ref' || name === '$defs' ? undefined : part,
  );

function text(shape: Shape, indent: string, own?: string): string {
  const name = nameOf(shape);
  if (name !== undefined && name !== own) return name;
  if (shape.$ref !== undefined) return '{…}';
  if (shape.not !== undefined) return 'none yet';
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum !== undefined) return shape.enum.map((one) => JSON.stringify(one)).join(' | ');
  const either = shape.anyOf ?? shape.oneOf;
  if (either !== undefined) return either.map((one) => text(one, indent)).join(' | ');
  const { type } = shape;
  if (Array.isArray(type))
    return type.map((one: string) => text({ ...shape, type: one }, indent)).join(' | ');
  if (type === 'object') return objectText(shape, indent);
  if (type === 'array') return `[${text(shape.items ?? {}, indent)}]${bound('at most', shape.maxItems)}`;
  if (type === 'string') return stringText(shape);
  if (type === 'integer' || type === 'number') return numberText(shape);
  return typeof type === 'string' ? type : 'any';
}

function objectText({ properties, required = [], additionalProperties }: Shape, indent: string): string {
  if (properties === undefined) {
    const inner = typeof additionalProperties === 'object' ? text(additionalProperties, indent) : 'any';
    return `{ [name]: ${inner} }`;
  }
  const names = Object.keys(properties);
  if (names.length === 0) return '{}';
  const deeper = `${indent}  `;
  const fields = names.map((name) => {
    const mark = required.includes(name) ? '' : '?';
    return `${deeper}${name}${mark}: ${text(properties[name] ?? {}, deeper)}`;
  });
  return `{\n${fields.join('\n')}\n${indent}}`;
}

function stringText({ format, pattern, maxLength }: Shape): string {
  if (format !== undefined) return format;
  if (pattern?.endsWith(DECIMAL) === true) return pattern.includes('-?') ? 'decimal' : 'positive decimal';
  return `string${bound('at most', maxLength)}`;
}

function numberText({ type, minimum, maximum }: Shape): string {
  const low = minimum === undefined || UNBOUNDED.has(minimum) ? undefined : minimum;
  const high = maximum === undefined || UNBOUNDED.has(maximum) ? undefined : maximum;
  if (high === LAST_MS) return 'Unix ms';
  const name = type === 'integer' ? 'whole number' : 'number';
  if (low !== undefined && high !== undefined) return `${name} from ${low} to ${high}`;
  return `${name}${bound('from', low)}${bound('to', high)}`;
}

const bound = (word: string, limit: number | undefined): string =>
  limit === undefined ? '' : ` ${word} ${limit}`;

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1])
  writeFileSync(FILE, commandsDoc());
