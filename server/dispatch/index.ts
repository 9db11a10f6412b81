// The face of dispatch: what other rooms and the laboratory may use.
export * from './planning/index.ts'
