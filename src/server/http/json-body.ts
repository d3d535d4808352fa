import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../../messages/problems.ts';
import { noObject } from './field-issues.ts';
import { HttpProblem, typeNotTaken, wrongFields } from './http-problem.ts';

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/**
 * Reads JSON bodies in UTF-8, as RFC 8259 requires, and accepts objects only: otherwise a body of
 * `null` would count as no body. Keys such as `__proto__` stay plain keys, which no schema
 * contains.
 */
export function readJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => {
      const [, charset = 'utf-8'] = CHARSET.exec(headers['content-type'] ?? '') ?? [];
      if (charset.toLowerCase() !== 'utf-8') throw typeNotTaken();
      const value = parse(body);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
      throw wrongFields([noObject()], 'body');
    },
  );
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new HttpProblem('invalid_request', problem('json_malformed', {}));
  }
}
