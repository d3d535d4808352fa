import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { VERSION } from '../version.ts';
import { UploadForm } from './schemas/upload.ts';

/** Bodies that are streamed, which no schema validates. */
const STREAMED = {
  'multipart/form-data': {
    schema: z.toJSONSchema(UploadForm, { io: 'input', unrepresentable: 'any' }),
  },
  'text/csv': { schema: { type: 'string', format: 'binary' } },
};

/** Describes the API from the schemas of its routes, at `/api/openapi.json`. Comes before them. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Bulk Invite', version: VERSION },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document);
      const upload = described.paths?.['/api/imports']?.post;
      if (upload !== undefined) Object.assign(upload, { requestBody: { content: STREAMED } });
      return described;
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
