# The product as an image: pages built, no development tools. Serves API and pages, works on jobs, or serves the demo models.
FROM node:24-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional --no-fund --no-audit
COPY . .
RUN npm run build:ui

FROM node:24-slim
ENV NODE_ENV=production STELLWERK_HOST=0.0.0.0 STELLWERK_DATA=/data STELLWERK_UI=skip STELLWERK_DEMO=none
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-fund --no-audit && npm cache clean --force
COPY --from=pages /app/ui/dist ui/dist
COPY api api
COPY engine engine
COPY ledger ledger
COPY models models
COPY processes processes
COPY trust trust
COPY workers workers
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4600
CMD ["node", "api/main.ts"]
