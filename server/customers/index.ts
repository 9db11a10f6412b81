// The face of the customers room.
export { customerRoutes, type CustomerDeps } from './routes.ts'
export { PublicPages } from './pages.ts'
export { serveCrowd } from './serve-crowd.ts'
export { readPublic, Shapes, type PublicState, type Shape } from './public.ts'
export { hearReply } from './hear-reply.ts'
export type { AnswerDeps, Submit } from './still-out.ts'
