import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types of every operation in `src`, from the schema that the server prints. */
const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/api/generated/**'],
  generates: {
    'src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', Int64: 'number | string', JSON: 'unknown' },
      },
    },
  },
}

export default config
