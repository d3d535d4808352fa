import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EVENTS, type EventName } from '../../src/server/schemas/event-schema.ts';
import { ProblemDetails } from '../../src/server/schemas/problem-schema.ts';

/** An answer as the description of the API has it. */
interface Described {
  headers?: Record<string, object>;
  content?: Record<string, { schema: object }>;
}

interface Operation {
  responses: Record<string, Described>;
}

/** What any answer may carry, described or not: of HTTP itself, of the connection, of sessions, of the browser's rules. */
const GENERAL =
  /^(date|connection|keep-alive|transfer-encoding|content-(type|length|encoding|security-policy)|cache-control|vary|set-cookie|cross-origin-[\w-]+|origin-agent-cluster|referrer-policy|strict-transport-security|x-(content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection))$/;

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
/** By the schema as text: servers of one test describe the same. */
const validators = new Map<string, ValidateFunction>();

/**
 * Compares an answer with the description of the API: status, media type, headers, and what is in it when that is
 * JSON.
 *
 * @throws Error when the API answers what it does not describe
 */
export async function checkAnswer(
  http: FastifyInstance,
  method: string,
  path: string,
  answer: Response,
): Promise<void> {
  const url = new URL(path, 'http://here').pathname;
  if (!/^\/(api\/|healthz$|readyz$|metrics$)/.test(url) || url === '/api/openapi.json') return;
  const where = `${method} ${url} ${answer.status}`;
  const methods = methodsAt(http, url);
  const operation = methods[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (operation === undefined) return checkNothing(where, method, Object.keys(methods), answer);
  const { status, headers } = answer;
  const described = operation.responses[status] ?? operation.responses[`${String(status)[0]}XX`];
  if (described === undefined) throw new Error(`${where} is not described`);
  const known = Object.keys(described.headers ?? {});
  const unknown = [...headers.keys()].filter(
    (name) => !GENERAL.test(name) && !known.includes(name),
  );
  if (unknown.length > 0) throw new Error(`${where}: ${unknown} are not described`);
  const content = described.content;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (content === undefined ? type !== '' : content[type] === undefined) {
    throw new Error(`${where}: “${type}” is not described`);
  }
  const schema = content?.[type]?.schema;
  if (schema !== undefined && type.endsWith('json')) await checkBody(where, schema, method, answer);
}

/** What an event brings is described as well. */
export function checkEvent(name: EventName, data: unknown): void {
  validate(`event ${name}`, z.toJSONSchema(EVENTS[name]), data);
}

/** Where there is nothing, or another method, all are told so alike. */
async function checkNothing(
  where: string,
  method: string,
  methods: string[],
  answer: Response,
): Promise<void> {
  if (answer.status < 400) throw new Error(`${where} is not described`);
  if (answer.status === 405) {
    const described = methods.flatMap((name) =>
      name === 'get' ? ['GET', 'HEAD'] : [name.toUpperCase()],
    );
    const allowed = answer.headers.get('allow');
    if (allowed !== described.toSorted().join(', ')) throw new Error(`${where}: Allow: ${allowed}`);
  }
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`${where}: ${type}`);
  await checkBody(where, z.toJSONSchema(ProblemDetails), method, answer);
}

async function checkBody(
  where: string,
  schema: object,
  method: string,
  answer: Response,
): Promise<void> {
  const text = await answer.clone().text();
  if (method === 'HEAD' && text === '') return;
  validate(where, schema, JSON.parse(text));
}

function validate(where: string, schema: object, data: unknown): void {
  const text = JSON.stringify(schema);
  const validator = validators.get(text) ?? ajv.compile(schema);
  validators.set(text, validator);
  if (!validator(data)) throw new Error(`${where}: ${ajv.errorsText(validator.errors)}`);
}

function methodsAt(http: FastifyInstance, url: string): Record<string, Operation> {
  const { paths = {} } = http.swagger();
  const found = Object.entries(paths).find(([path]) =>
    new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(url),
  );
  return (found?.[1] ?? {}) as Record<string, Operation>;
}
