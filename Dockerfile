# Bulk Invite in a container: docs/containers.md
#
# Only the program. Redis and Postgres run in separate containers (docker-compose.yml), so that each
# can be restarted, upgraded and backed up without the others.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No scripts: one of them would install another Node.js.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY scripts scripts
# The page contains the sample files.
COPY fixtures fixtures
COPY src src
COPY workers workers
RUN npm run build

FROM node:24-slim
# Large files are sorted in the data folder, because /tmp can be in memory.
ENV NODE_ENV=production \
    DATA_DIR=/data \
    TMPDIR=/data \
    HOST=0.0.0.0
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/dist dist
# Users run commands as `docker compose exec app bulk-invite …`.
RUN chmod 755 dist/cli.js && ln -s /app/dist/cli.js /usr/local/bin/bulk-invite
# A new volume that is mounted here gets the owner of this folder.
RUN mkdir -m 700 /data && chown node:node /data
USER node
EXPOSE 3000
# Checks liveness, not readiness: a restart does not help a program that waits for its Redis.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
