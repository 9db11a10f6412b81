// The face of the access room.
export { allow, anybody, isStranger, may, open311, type AccessEnv, type Who } from './who.ts'
export { addressed, readTrustedProxies, type TrustedProxies } from './address.ts'
export { authenticate, signIn } from './authenticate.ts'
export { putMember, removeDemoMembers } from './members.ts'
export { accessRoutes } from './routes.ts'
export { Tries } from './tries.ts'
