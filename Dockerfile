# Bulk Invite in a container: docs/containers.md
#
# The program alone. Redis and Postgres are containers of their own (docker-compose.yml), so that each
# can be restarted, upgraded and backed up without the others.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No scripts: one of them would bring in a Node.js, and there is one.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY scripts scripts
# The page offers the sample files.
COPY fixtures fixtures
COPY src src
COPY workers workers
RUN npm run build

FROM node:24-slim
# A large file is sorted beside the data: /tmp may be memory.
ENV NODE_ENV=production \
    DATA_DIR=/data \
    TMPDIR=/data \
    HOST=0.0.0.0
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/dist dist
# Commands are typed as `docker compose exec app bulk-invite …`.
RUN chmod 755 dist/cli.js && ln -s /app/dist/cli.js /usr/local/bin/bulk-invite
# A volume that is mounted here for the first time takes its owner over.
RUN mkdir -m 700 /data && chown node:node /data
USER node
EXPOSE 3000
# Alive, rather than ready: a program that waits for its Redis is not mended by a restart.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
