// The face of the access room.
export { allow, anybody, may, type AccessEnv, type Who } from './who.ts'
export { authenticate, putMember, signIn } from './authenticate.ts'
export { accessRoutes } from './routes.ts'
