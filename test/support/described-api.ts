import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EVENTS, type EventName } from '../../src/server/schemas/event-schema.ts';
import { ProblemDetails } from '../../src/server/schemas/problem-schema.ts';

/** A response in the API description. */
interface Described {
  headers?: Record<string, object>;
  content?: Record<string, { schema: object }>;
}

interface Operation {
  responses: Record<string, Described>;
}

/** Headers that any answer can have without a description: HTTP, connection, session and browser security headers. */
const GENERAL =
  /^(date|connection|keep-alive|transfer-encoding|content-(type|length|encoding|security-policy)|cache-control|vary|set-cookie|cross-origin-[\w-]+|origin-agent-cluster|referrer-policy|strict-transport-security|x-(content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection))$/;

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
/** Validators by schema text: the servers of one test share the description. */
const validators = new Map<string, ValidateFunction>();

/**
 * Compares an answer with the API description: status, media type, headers and a JSON body.
 *
 * @throws Error when the answer does not match the description
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
  if (operation === undefined) return checkUndescribed(where, method, Object.keys(methods), answer);
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

/** Compares the data of an event with its schema. @throws Error when it does not match */
export function checkEvent(name: EventName, data: unknown): void {
  validate(`event ${name}`, z.toJSONSchema(EVENTS[name]), data);
}

/** Checks the answer of an unknown path (404) or a method that the path does not have (405). */
async function checkUndescribed(
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
