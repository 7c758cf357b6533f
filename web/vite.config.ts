import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport } from 'vite'

const OUTPUT = '../src/gqlregistry/ui/dist'
const SERVER = process.env.GQLREGISTRY_URL ?? 'http://127.0.0.1:8000'

/** Writes `.br` and `.gz` beside each asset, so that the server has nothing to compress. */
function precompress(): Plugin {
  const folder = join(import.meta.dirname, OUTPUT, 'assets')
  const brotli = (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return {
    name: 'precompress',
    apply: 'build',
    async closeBundle() {
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg|ttf)$/.test(name))
      await Promise.all(
        names.map(async (name) => {
          const bytes = await readFile(join(folder, name))
          await writeFile(join(folder, `${name}.br`), await brotli(bytes))
          await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }))
        }),
      )
    },
  }
}

/** Lists the text of every operation that the app sends, for a server that executes none but those it knows. */
function documents(): Plugin {
  const generated = join(import.meta.dirname, 'src/api/generated/graphql.ts')
  return {
    name: 'documents',
    apply: 'build',
    async generateBundle() {
      const { module } = await runnerImport<Record<string, unknown>>(generated)
      const texts = Object.entries(module)
        .filter(([name, value]) => name.endsWith('Document') && value instanceof String)
        .map(([, value]) => String(value))
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(texts) })
    },
  }
}

export default defineConfig({
  base: '/ui/',
  plugins: [react(), documents(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: { app: 'index.html', graphiql: 'graphiql.html' } },
  },
  // It loads its workers by `?worker`, which only Vite itself understands.
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'] },
  server: { proxy: { '^/(graphql|files|session|healthz|readyz)': { target: SERVER, ws: true } } },
})
