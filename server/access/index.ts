// The face of the access room.
export { allow, anybody, may, type AccessEnv, type Who } from './who.ts'
export { authenticate, signIn } from './authenticate.ts'
export { putMember, removeDemoMembers } from './members.ts'
export { accessRoutes } from './routes.ts'
