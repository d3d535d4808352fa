import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { VERSION } from '../platform/version.ts';
import { JsonRows, UploadForm } from './schemas/upload-schema.ts';
import { FILE_TYPES } from './uploads/upload-body.ts';

/** Streamed bodies, which no schema validates. */
const STREAMED = {
  'multipart/form-data': {
    schema: z.toJSONSchema(UploadForm, { io: 'input', unrepresentable: 'any' }),
  },
  ...Object.fromEntries(
    FILE_TYPES.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  ),
  'application/json': { schema: z.toJSONSchema(JsonRows, { io: 'input' }) },
};

const DESCRIPTION = `Fields, query parameters and media types that are not described here are refused (400, 415),
as are numbers that are not plain digits (\`01\`, \`+1\` and \`0x1\` are 400). Every error is \`application/problem+json\`
(RFC 9457); a method that a path does not support is 405 with \`Allow\`. Every path that supports GET supports HEAD.`;

/**
 * Describes the API from the schemas of its routes. Register it before them.
 *
 * @param cookie name of the session's cookie
 * @param basePath as in `Config`
 */
export async function describeApi(
  app: FastifyInstance,
  cookie: string,
  basePath: string,
): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bulk Invite', version: VERSION, description: DESCRIPTION },
      ...(basePath !== '' && { servers: [{ url: basePath }] }),
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: cookie },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: (asked) => {
      const { schema, url } = jsonSchemaTransform(asked);
      addHeaders(asked.schema?.response, schema.response);
      const isPublic = asked.route.config?.access === 'public';
      return { schema: isPublic ? { ...schema, security: [] } : schema, url };
    },
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document);
      for (const path of Object.values(described.paths ?? {})) allowNoBody(path?.post?.requestBody);
      const upload = described.paths?.['/api/imports']?.post;
      const requestBody = { required: true, content: STREAMED };
      if (upload !== undefined) Object.assign(upload, { requestBody });
      return described;
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** Adds the headers of each response, which are not part of the schema of its content. */
function addHeaders(given: unknown, described: unknown): void {
  if (!isObject(given) || !isObject(described)) return;
  for (const [status, answer] of Object.entries(described)) {
    const { headers } = Object(given[status]);
    if (isObject(answer) && isObject(headers)) answer.headers = headers;
  }
}

/** Describes a nullable body as optional: it can be left out, but null is refused. */
function allowNoBody(body: unknown): void {
  if (!isObject(body) || !isObject(body.content)) return;
  const json = Object(body.content['application/json']);
  const kinds: unknown = json.schema?.anyOf;
  if (!Array.isArray(kinds) || !kinds.some(({ type }) => type === 'null')) return;
  body.required = false;
  [json.schema] = kinds.filter(({ type }) => type !== 'null');
}

const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null;
